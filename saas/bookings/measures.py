"""What can be counted of bookings."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from saas.bookings.models import Booking
from saas.bookings.permissions import SEE
from saas.figures.cut import Cut
from saas.figures.dividing import by_place
from saas.figures.facts import Definition, Facts, Grouping, Measure, Records
from saas.kernel.i18n import lazy_gettext as _l
from saas.territory.measures import TREE

FACTS: Final = Facts(
    Booking,
    Booking.unit_id,
    TREE,
    Booking.state,
    time=Booking.starts_at,
    groupings={"unit": Grouping(_l("By place"), by_place)},
)


def _asked(state: str) -> Any:
    def asked(cut: Cut) -> dict[str, str]:
        found = {"state": state}
        if cut.unit:
            found["street"] = cut.unit.code
        if cut.start:
            first, after = cut.moments()[0], cut.moments()[-1]
            last = after - timedelta(days=1)  # the list has its last day in it
            found |= {"from": f"{first:%Y-%m-%d}", "to": f"{last:%Y-%m-%d}"}
        return found

    return asked


def _measure(code: str, name: object, text: object, states: set[str], unit: object, **more: Any
             ) -> Measure:  # fmt: skip
    return Measure(code, Definition(name, text), FACTS, frozenset(states), unit=unit,
                   grain="booking", owner="bookings", **more)  # fmt: skip


MEASURES: Final = (
    _measure("room_uses", _l("Uses of rooms"),
             _l("Bookings to which somebody came, each date once."), {"in_use", "done"},
             _l("uses"), public=True),
    _measure("room_minutes", _l("Minutes in which rooms were used"),
             _l("From begin to end of the bookings to which somebody came; who left earlier"
                " counts until then."), {"in_use", "done"}, _l("minutes"), public=True,
             amount=Booking.minutes),
    _measure("room_no_shows", _l("Bookings to which nobody came"),
             _l("Freed by the clock after the time to come."), {"released"}, _l("uses"),
             no_target=_l("No aim is set for this: who is asked to have few of them counts none."),
             records=Records("bookings.listing", SEE, _asked("released"))),
)  # fmt: skip
