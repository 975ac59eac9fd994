"""How the seals of districts stand, and the roots that are kept of them: pages of operators."""

from __future__ import annotations

from flask import Response
from flask.typing import ResponseReturnValue

from saas.kernel.context import Actor
from saas.seals import rules
from saas.tenancy import sealing
from saas.web.pages import SIGNED_IN, Pages, render

pages = Pages("sealing", "saas.tenancy", plane="hub")
_SHOWN = 50


@pages.page("/hub/seals", needs=SIGNED_IN)
def overview(actor: Actor) -> ResponseReturnValue:
    """Every district: when it was sealed, what its last check found; the roots of these days."""
    return render(
        "tenancy/seals.html",
        rows=sealing.overview(),
        roots=sealing.exported(_SHOWN),
        books={book.code: book.words for book in sealing.books("hub") + sealing.books("tenant")},
        short=rules.short,
    )


@pages.page("/hub/seals/roots.txt", needs=SIGNED_IN)
def roots(actor: Actor) -> ResponseReturnValue:
    """Every root that is kept, to be carried out of this installation."""
    lines = [one.line for one in sealing.exported()]
    answer = Response("\n".join([*lines, ""]), mimetype="text/plain")
    answer.headers["Content-Disposition"] = 'attachment; filename="roots.txt"'
    answer.headers["Cache-Control"] = "no-store"
    return answer
