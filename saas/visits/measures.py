"""What can be counted of visits. None of it may ever be an aim."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from saas.figures.cut import Cut
from saas.figures.dividing import by_place
from saas.figures.facts import Definition, Facts, Grouping, Measure, Records
from saas.figures.words import NO_AIMS
from saas.kernel.i18n import lazy_gettext as _l
from saas.territory.measures import TREE
from saas.visits.models import Visit
from saas.visits.permissions import HANDLE

FACTS: Final = Facts(
    Visit,
    Visit.unit_id,
    TREE,
    Visit.state,
    time=Visit.starts_at,
    flags={level: Visit.level == level for level in ("leaders", "meeting", "peers")},
    groupings={"unit": Grouping(_l("By place"), by_place)},
)


def _asked(level: str) -> Callable[[Cut], dict[str, str]]:
    def asked(cut: Cut) -> dict[str, str]:
        found = {"level": level, "here": "1"}
        if cut.start:
            first, last = cut.moments()[0], cut.moments()[-1] - timedelta(days=1)
            found |= {"from": f"{first:%Y-%m-%d}", "to": f"{last:%Y-%m-%d}"}
        return found

    return asked


def _measure(code: str, level: str, name: object, text: object) -> Measure:
    return Measure(
        code, Definition(name, text), FACTS, frozenset({"held", "followed"}), unit=_l("visits"),
        grain="visit", owner="visits", flags=(level,), public=True, no_target=NO_AIMS,
        records=Records("visits.listing", HANDLE, _asked(level)),
    )  # fmt: skip


MEASURES: Final = (
    _measure("leader_visits", "leaders", _l("Visits of leaders"),
             _l("Delegations of leaders from above that were here, each once.")),
    _measure("onsite_meetings", "meeting", _l("On-site meetings"),
             _l("On-site meetings of the city or above that were held here.")),
    _measure("peer_visits", "peers", _l("Visits of peers"),
             _l("Delegations from other places and organisations that were here, each once.")),
)  # fmt: skip
