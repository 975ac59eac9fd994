"""What every command needs: errors in one sentence, lines or JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from saas import launch
from saas.settings import BadSettings

AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON value.")


def plainly(command: Callable[..., None]) -> Callable[..., None]:
    """Errors that a person can do something about end in one sentence, not in a traceback."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> None:
        try:
            command(*args, **kwargs)
        except (BadSettings, launch.CannotStart) as error:
            raise click.ClickException(str(error)) from error

    return run


def say(value: Any, as_json: bool, lines: list[str]) -> None:
    """Print one JSON value, or lines for a reader."""
    click.echo(json.dumps(value, ensure_ascii=False, default=str) if as_json else "\n".join(lines))
