"""What can be counted of volunteers."""

from __future__ import annotations

from typing import Final

from saas.figures.dividing import by_place
from saas.figures.facts import Definition, Facts, Grouping, Measure
from saas.kernel.i18n import lazy_gettext as _l
from saas.territory.measures import TREE
from saas.volunteers.models import Service
from saas.volunteers.queries import LIVE

FACTS: Final = Facts(
    Service,
    Service.unit_id,
    TREE,
    Service.what,
    time=Service.held_at,
    only=LIVE,
    groupings={"unit": Grouping(_l("By place"), by_place)},
)
_MARK: Final = frozenset({"mark"})
MEASURES: Final = (
    Measure(
        "volunteer_services",
        Definition(
            _l("Times that volunteers helped"),
            _l("Each shift of each volunteer once, as another has verified it; what was taken"
               " back does not count."),
        ),
        FACTS, _MARK, unit=_l("times"), grain="service", owner="volunteers", public=True,
    ),
    Measure(
        "volunteer_minutes",
        Definition(
            _l("Minutes that volunteers helped"),
            _l("Of these times, the minutes that were verified."),
        ),
        FACTS, _MARK, unit=_l("minutes"), grain="service", owner="volunteers",
        amount=Service.minutes, public=True,
    ),
)  # fmt: skip
