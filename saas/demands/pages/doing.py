"""What pages of knowledge and settings share: one press is one deed, and it says what it did."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, redirect
from flask.typing import ResponseReturnValue
from marshmallow import Schema

from saas.web.forms import Form


def do(
    command: Callable[..., Any], said: str | None, url: str, schema: type[Schema] = Schema
) -> ResponseReturnValue:
    """Run ``command`` with what ``schema`` takes, say ``said`` or why not, go on to ``url``."""
    form = Form(schema)
    if form.accepts(command):
        if said:
            flash(said, "done")
    else:
        for texts in form.errors.values():
            flash(str(texts[0]), "warn")
    return redirect(url)
