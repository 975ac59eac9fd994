"""What an address may hold: numbers that can be keys."""

from __future__ import annotations

from typing import Any

from flask import Flask
from werkzeug.routing import IntegerConverter

_LARGEST_KEY = 2**63 - 1


class Key(IntegerConverter):
    """``<int:...>``: a number that a row could have; larger ones lead nowhere."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max": _LARGEST_KEY, **kwargs})


def init_app(app: Flask) -> None:
    """Before any route is declared: the converter stands in its rules."""
    app.url_map.converters["int"] = Key
