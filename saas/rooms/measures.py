"""What can be counted of rooms."""

from __future__ import annotations

from typing import Final

from saas.figures.cut import Cut
from saas.figures.facts import Definition, Facts, Measure, Records
from saas.kernel.i18n import lazy_gettext as _l
from saas.rooms import queries
from saas.rooms.models import Room
from saas.territory.measures import TREE


def _asked(cut: Cut) -> dict[str, str] | None:
    """A street's list; rooms of several streets stand on no one page."""
    streets = {street.id for street in queries.streets()}
    return {"street": cut.unit.code} if cut.unit and cut.unit.id in streets else None


MEASURES: Final = (
    Measure(
        "rooms",
        Definition(
            _l("Function rooms"),
            _l("Rooms that a street has: open, paused or planned, but not given up."),
        ),
        Facts(Room, Room.unit_id, TREE, Room.status),
        frozenset({"planned", "open", "paused"}),
        unit=_l("rooms"),
        grain="room",
        owner="rooms",
        public=True,
        records=Records("rooms.listing", "", _asked),
    ),
)
