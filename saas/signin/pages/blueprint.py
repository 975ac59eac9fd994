"""The blueprint that the pages of signing in share; they are the same in districts and the hub."""

from __future__ import annotations

from saas.kernel.context import Actor, Proof
from saas.kernel.errors import NotFound
from saas.web.pages import Pages
from saas.web.shell import layout_of

pages = Pages("signin", "saas.signin", plane="any")


def own_proof(actor: Actor) -> Proof:
    """The sign-in of who asks; a program has none, so for it these pages do not exist."""
    if actor.proof is None:
        raise NotFound
    return actor.proof


def face_of(actor: Actor) -> str:
    """The layout: operators have the console's."""
    return "layout/console.html" if actor.kind == "operator" else layout_of(actor)
