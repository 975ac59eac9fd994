"""How the seals of districts stand, and the roots that are kept of them: pages of operators."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas.kernel.context import Actor
from saas.tenancy import sealing
from saas.web.pages import SIGNED_IN, Pages, render

pages = Pages("sealing", __name__, plane="hub")


@pages.page("/hub/seals", needs=SIGNED_IN)
def overview(actor: Actor) -> ResponseReturnValue:
    """Every district: until when it is sealed, what its last check found."""
    return render("tenancy/seals.html", rows=sealing.overview())
