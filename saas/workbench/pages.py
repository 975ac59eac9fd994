"""The start page: a card from each domain that has something to say to this person."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from flask.typing import ResponseReturnValue

from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.errors import NotFound
from saas.kernel.runtime import wired
from saas.web.pages import SIGNED_IN, Pages, render
from saas.web.shell import is_staff
from saas.workbench.declared import Card, Found

pages = Pages("workbench", __name__, plane="tenant")


@pages.page("/work", needs=SIGNED_IN)
def start(actor: Actor) -> ResponseReturnValue:
    """What waits for somebody who works here, what is late, and what is well."""
    if not is_staff(actor):
        raise NotFound
    cards = list(_cards(actor))
    return render(
        "workbench/start.html",
        cards=[(card, found) for card, found in cards if not found.silent],
        well=[str(card.words) for card, found in cards if found.silent],
        acts=[act for _, found in cards for act in found.acts],
        today=clock.now(),
    )


def _cards(actor: Actor) -> Iterator[tuple[Card, Found]]:
    for card in sorted(cast(tuple[Card, ...], wired().domains.cards), key=lambda one: one.order):
        if actor.may(card.needs) and (found := card.find(actor)) is not None:
            yield card, found
