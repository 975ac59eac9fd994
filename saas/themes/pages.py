"""The style sheet of a look, for every page."""

from __future__ import annotations

from flask import Response
from flask.typing import ResponseReturnValue

from saas.kernel.context import Actor
from saas.themes import queries
from saas.web.pages import EVERYBODY, PUBLIC, Pages

pages = Pages("themes", __name__, plane="any")


@pages.page("/look/<code>.css", needs=PUBLIC, early=EVERYBODY)
def css(actor: Actor, code: str) -> ResponseReturnValue:
    """The look's colours and drawings as CSS variables; the plain look for an unknown code."""
    response = Response(queries.look_css(code), mimetype="text/css")
    response.headers["Cache-Control"] = "public, max-age=300"
    response.add_etag()
    return response
