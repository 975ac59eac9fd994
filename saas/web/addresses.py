"""What an address may hold: numbers that can be keys; addresses that hold nothing; and those that
people paste with what stood behind them.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from urllib.parse import quote

from flask import Flask, current_app, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.routing import IntegerConverter, RequestRedirect

from saas.kernel.unseen import as_pasted

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


def page_above() -> tuple[str, str]:
    """The page from whose form an act is sent, with its endpoint (empty for a folder): the nearest
    above it that can be opened. The address of an act is no page; who reloads it, or comes back to
    it, wants its form.
    """
    adapter = current_app.create_url_adapter(request)
    path, endpoint = request.path.rstrip("/"), ""
    while adapter is not None and path and not endpoint:
        path = path.rpartition("/")[0]
        try:
            endpoint, _ = adapter.match(path or "/", method="GET")
        except RequestRedirect:
            break
        except HTTPException:
            continue
    return request.script_root + (path or "/"), endpoint


def meant_instead() -> str | None:
    """Where somebody wanted to go whose address leads nowhere only for what was pasted behind it:
    one page of the same district, to look at.
    """
    path = as_pasted(request.path) or "/"
    if request.method not in {"GET", "HEAD"} or path == request.path or path.startswith("//"):
        return None
    try:
        routes = current_app.create_url_adapter(request)
        assert routes is not None
        routes.match(path, method="GET")
    except HTTPException:  # nothing there either, or another address of it
        return None
    query = request.query_string.decode("ascii", "ignore")
    return quote(f"{request.script_root}{path}") + (f"?{query}" if query else "")


def init_app(app: Flask) -> None:
    """Before any route is declared: the converter stands in its rules."""
    app.url_map.converters["int"] = Key
