"""The style sheet of a pack, for every page."""

from __future__ import annotations

from flask import Response
from flask.typing import ResponseReturnValue

from saas.kernel.context import Actor
from saas.themes import queries
from saas.themes.pages.blueprint import pages
from saas.web.pages import EVERYBODY, PUBLIC


@pages.page("/look/<name>/<mark>.css", needs=PUBLIC, early=EVERYBODY)
def css(actor: Actor, name: str, mark: str) -> ResponseReturnValue:
    """The pack's colours and drawings as CSS variables.

    What the address names exactly never changes and is kept for ever. For anything else, such as
    a shipped pack from before an update of the product, the one of now has to do.
    """
    return _sheet(*queries.style_sheet(name, mark))


@pages.page("/look/<code>.css", needs=PUBLIC, early=EVERYBODY)
def css_of(actor: Actor, code: str) -> ResponseReturnValue:
    """The style sheet of a pack as it is now; the one shown here for an unknown code."""
    return _sheet(*queries.style_sheet(code, ""))


def _sheet(text: str, exact: bool) -> Response:
    response = Response(text, mimetype="text/css")
    kept = "31536000, immutable" if exact else "300"
    response.headers["Cache-Control"] = f"public, max-age={kept}"
    response.add_etag()
    return response
