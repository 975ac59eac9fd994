"""What an address may hold: numbers that can be keys; and addresses that hold nothing."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from flask import Flask, request, url_for
from werkzeug.routing import IntegerConverter

_LARGEST_KEY = 2**63 - 1


class Key(IntegerConverter):
    """``<int:...>``: a number that a row could have; larger ones lead nowhere."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max": _LARGEST_KEY, **kwargs})


def url_of(endpoint: str) -> str:
    """The address of a page that names nothing, below the prefix of this request.

    A page shows some twenty such; the route is looked up once a prefix.
    """
    return _url_of(request.script_root, endpoint)


@lru_cache(maxsize=8192)
def _url_of(root: str, endpoint: str) -> str:
    return url_for(endpoint)


def init_app(app: Flask) -> None:
    """Before any route is declared: the converter stands in its rules."""
    app.url_map.converters["int"] = Key
