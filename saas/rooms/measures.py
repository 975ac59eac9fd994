"""What can be counted of rooms."""

from __future__ import annotations

from datetime import time
from typing import Final

import sqlalchemy as sa

from saas.figures.cut import Cut
from saas.figures.facts import Definition, Facts, Measure, Records
from saas.kernel.i18n import lazy_gettext as _l
from saas.rooms import queries
from saas.rooms.models import Room, Spending, Venue
from saas.territory.measures import TREE


def _asked(cut: Cut) -> dict[str, str] | None:
    """A street's list; rooms of several streets stand on no one page."""
    streets = {street.id for street in queries.streets()}
    return {"street": cut.unit.code} if cut.unit and cut.unit.id in streets else None


def _spendings() -> sa.Subquery:
    """What was spent on venues and not voided, where the venue stands; the day at noon."""
    void = sa.orm.aliased(Spending)
    noon = sa.func.timezone("UTC", Spending.on + sa.literal(time(12), sa.Time))
    query = sa.select(
        Spending.amount_yuan, Venue.unit_id, noon.label("at"), sa.literal("spent").label("state")
    ).join(Venue, Venue.id == Spending.venue_id)
    stands = ~sa.exists().where(void.voids_id == Spending.id)
    return query.where(Spending.voids_id.is_(None), stands).subquery("spendings")


_SPENT: Final = _spendings()
#: What was spent on venues, for the measures of those above that divide it.
SPENDINGS: Final = Facts(_SPENT, _SPENT.c.unit_id, TREE, _SPENT.c.state, time=_SPENT.c.at)
AMOUNT: Final = _SPENT.c.amount_yuan
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
