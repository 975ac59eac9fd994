"""What can be counted of demands."""

from __future__ import annotations

from typing import Final

from saas.demands import permissions, words
from saas.demands.models import Demand
from saas.demands.queries import figures
from saas.figures.cut import Cut
from saas.figures.facts import Facts, Measure, Records
from saas.kernel.i18n import lazy_gettext as _l
from saas.territory.measures import TREE

FACTS: Final = Facts(Demand, Demand.unit_id, TREE, Demand.state, Demand.filed_at)


def _asked(measure: str, cut: Cut) -> dict[str, str] | None:
    if cut.start is None:
        return None
    span = {"from": f"{cut.start:%Y-%m}", "to": f"{cut.end:%Y-%m}"}
    return {"measure": measure, **span, **({"unit": cut.unit.code} if cut.unit else {})}


def _demands(name: str) -> Measure:
    return Measure(
        f"demands_{name}",
        words.MEASURE[name],
        FACTS,
        figures.MEASURES[name].states,
        unit=_l("demands"),
        grain="demand",
        owner="demands",
        public=True,
        records=Records("demands.records", permissions.VIEW, lambda cut: _asked(name, cut)),
    )


MEASURES: Final = (_demands("received"), _demands("resolved"))
