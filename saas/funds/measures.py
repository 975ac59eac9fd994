"""What can be counted of funds. How much is given may never be an aim."""

from __future__ import annotations

from datetime import time
from typing import Any, Final

import sqlalchemy as sa

from saas.figures.cut import Cut
from saas.figures.facts import Definition, Facts, Measure, Records
from saas.funds import queries
from saas.funds.models import Gift, Payout, Source
from saas.kernel.i18n import lazy_gettext as _l
from saas.territory.measures import TREE

_NO_LEVY: Final = _l("No aim is set for this: gifts are free, nobody may levy them (Charity Law,"
                     " article 32).")  # fmt: skip


def _noon(day: Any) -> Any:
    """Noon in London lies on the same day everywhere in China."""
    return sa.func.timezone("UTC", day + sa.literal(time(12), sa.Time))


def _asked(cut: Cut) -> dict[str, str] | None:
    return {} if cut.start is None else None


def _has_fund() -> bool:
    return bool(queries.purposes())


def _measure(code: str, name: object, text: object, facts: Facts, state: str, unit: object,
             page: str, **more: Any) -> Measure:  # fmt: skip
    return Measure(
        code, Definition(name, text), facts, frozenset({state}), unit=unit, grain=code,
        owner="funds", public=True, possible=_has_fund, records=Records(page, "", _asked), **more,
    )  # fmt: skip


MEASURES: Final = (
    _measure(
        "gifts_total", _l("Gifts to the fund"),
        _l("The sum of all gifts, less what of them was given back, to the fen."),
        Facts(Gift, Gift.unit_id, TREE, sa.case((queries.stands("reversed"), "back"), else_="kept"),
              time=_noon(Gift.received_on)),
        "kept", _l("yuan"), "funds.rows", amount=Gift.amount - queries.refunded(),
        no_target=_NO_LEVY, version=2,
    ),
    _measure(
        "care_projects", _l("Projects of care"),
        _l("Payouts of the fund for projects of care that were posted, each once."),
        Facts(Payout, Payout.unit_id, TREE, sa.case((Payout.care, Payout.state), else_="other"),
              time=_noon(Payout.posted_on)),
        "posted", _l("projects"), "funds.shown",
    ),
    _measure(
        "public_money", _l("Public money"),
        _l("What departments gave for programmes of the district, by its documents."),
        Facts(Source, Source.unit_id, TREE, sa.literal("given"), time=_noon(Source.since)),
        "given", _l("yuan"), "funds.sources", amount=Source.amount,
    ),
)  # fmt: skip
