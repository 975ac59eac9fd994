"""What can be counted of campaigns: how many there were, never how much they raised."""

from __future__ import annotations

from datetime import time
from typing import Any, Final

import sqlalchemy as sa

from saas.campaigns import queries
from saas.campaigns.models import Campaign, Fundraiser
from saas.figures.facts import Definition, Facts, Measure, Records
from saas.funds import queries as funds
from saas.kernel.i18n import lazy_gettext as _l
from saas.territory.measures import TREE


def _measure(code: str, name: object, text: object, facts: Facts, unit: object,
             page: str | None) -> Measure:  # fmt: skip
    records = Records(page, "", lambda cut: {} if cut.start is None else None) if page else None
    return Measure(code, Definition(name, text), facts, frozenset({"counted"}), unit=unit,
                   grain=code, owner="campaigns", public=True, records=records,
                   possible=lambda: bool(funds.bases()))  # fmt: skip


def _facts(model: Any, counted: Any) -> Facts:
    """Counted by the day it began; noon in London lies on the same day everywhere in China."""
    noon = sa.func.timezone("UTC", model.since + sa.literal(time(12), sa.Time))
    state = sa.case((counted, "counted"), else_="not")
    return Facts(model, model.unit_id, TREE, state, time=noon)


MEASURES: Final = (
    _measure("campaigns", _l("Campaigns for the fund"),
             _l("Campaigns that were made public, with every proof of their legal basis checked."),
             _facts(Campaign, queries.is_shown()), _l("campaigns"), "campaigns.shown"),
    _measure("fundraisers", _l("Fundraisers"), _l("Cards of fundraisers that were issued."),
             _facts(Fundraiser, sa.true()), _l("fundraisers"), None),
)  # fmt: skip
