"""The list of help texts, and one of them: as a page, or alone for the panel beside another."""

from __future__ import annotations

from flask import request
from flask.typing import ResponseReturnValue

from saas.help import queries, views
from saas.help.words import GROUPS
from saas.kernel.context import Actor, Hub, current_scope
from saas.web.pages import OPEN_TO_ALL, PUBLIC, Pages, render
from saas.web.shell import layout_of

pages = Pages("help", __name__, plane="any")


@pages.page("/help", needs=PUBLIC, keep=OPEN_TO_ALL)
def listing(actor: Actor) -> ResponseReturnValue:
    """Everything that this reader may read, by groups; ``?q=`` only what holds these words."""
    asked = request.args.get("q", "").strip()[:_LONGEST]
    texts = queries.search(asked, actor)
    return render(
        "help/list.html",
        layout=_layout(actor),
        asked=asked,
        sections=[] if asked else views.sections(texts),
        hits=views.entries(texts) if asked else [],
    )


@pages.page("/help/<code>", needs=PUBLIC, keep=OPEN_TO_ALL)
def show(actor: Actor, code: str) -> ResponseReturnValue:
    """One text. ``?page=`` is the endpoint it was opened from: its other texts are offered too."""
    text = queries.access_text(code, actor)
    alone = "HX-Request" in request.headers
    return render(
        "help/_text.html" if alone else "help/show.html",
        layout=_layout(actor),
        text=text,
        group=str(GROUPS[text.group]),
        body=views.body(text, actor),
        others=views.others(text, request.args.get("page", ""), actor),
        place=None if alone else views.place(text, actor),
    )


_LONGEST = 100


def _layout(actor: Actor) -> str:
    return "layout/console.html" if isinstance(current_scope(), Hub) else layout_of(actor)
