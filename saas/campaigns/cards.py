"""What campaigns put on the start page."""

from __future__ import annotations

from flask import url_for

from saas.campaigns.models import Campaign
from saas.funds import queries as funds
from saas.funds.permissions import MANAGE
from saas.kernel.context import Actor
from saas.kernel.i18n import lazy_gettext as _l
from saas.workbench.declared import Card, Count, Found


def _waiting(actor: Actor) -> Found | None:
    states = {"draft": _l("campaigns whose proofs are to be checked"),
              "ended": _l("campaigns to be accounted for")}  # fmt: skip
    counts = [
        Count(funds.count(Campaign, Campaign.state == state), word,
              url_for("campaigns.every", state=state))
        for state, word in states.items()
    ]  # fmt: skip
    return Found(counts) if any(one.number for one in counts) else None


CARDS = (Card("campaigns", _l("Campaigns"), MANAGE, 30, _waiting),)
