"""The page behind the box."""

from __future__ import annotations

from flask import request
from flask.typing import ResponseReturnValue

from saas.kernel.context import Actor
from saas.search import finding
from saas.web.pages import PUBLIC, Pages, render
from saas.web.shell import layout_of

pages = Pages("search", __name__, plane="tenant")
_LONGEST = 60


@pages.page("/search", needs=PUBLIC)
def found(actor: Actor) -> ResponseReturnValue:
    """What fits the words, of all that this reader may see; what has them as its code first."""
    typed = request.args.get("q", "")[:_LONGEST].strip()
    exact, groups = finding.found(typed, actor)
    return render(
        "search/found.html", layout=layout_of(actor), typed=typed, exact=exact, groups=groups
    )
