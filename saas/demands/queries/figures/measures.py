"""What is counted. A measure is in which states a demand must be, and what must be true of it.

So all measures of a group come out of one count by state, and the records of a number are found
by the very condition that it was counted by.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from saas.demands import rules
from saas.demands.models import Demand
from saas.territory.queries import Unit

#: What can be true of a demand whatever its state.
_MOST_STARS: Final = 5
FLAGS: Final[dict[str, sa.ColumnElement[bool]]] = {
    "accepted": Demand.accepted_at.is_not(None),
    "in_time": Demand.accepted_in_time.is_(True),
    "passed_up": Demand.passed_up > 0,
    "climbed": Demand.climbed > 0,
    "returned": Demand.returned > 0,
    "reopened": Demand.reopened > 0,
    **{f"stars_{number}": Demand.rating == number for number in range(1, _MOST_STARS + 1)},
}
STARS: Final = tuple(name for name in FLAGS if name.startswith("stars_"))


@dataclass(frozen=True, slots=True)
class Measure:
    """A demand counts when its state is one of ``states`` and one of ``flags`` is true of it;
    without flags, always.
    """

    states: frozenset[str]
    flags: tuple[str, ...] = ()

    @property
    def condition(self) -> sa.ColumnElement[bool]:
        """The same as a condition on demands."""
        states = Demand.state.in_(sorted(self.states))
        return sa.and_(states, sa.or_(*(FLAGS[f] for f in self.flags))) if self.flags else states

    def count(self, by_state: dict[str, dict[str, int]]) -> int:
        """How many there are, from counts by state and flag; "" counts all of a state."""
        return sum(
            counted[flag]
            for state, counted in by_state.items()
            if state in self.states
            for flag in self.flags or ("",)
        )


def _in(states: Iterable[str], *flags: str) -> Measure:
    return Measure(frozenset(states), flags)


#: What was merged into another is the same matter: counted once, in the one that goes on.
_ONCE = [state for state in rules.STATES if state != "merged"]
_REASONABLE = [state for state in _ONCE if state != "declined"]

MEASURES: Final[dict[str, Measure]] = {
    "received": _in(_ONCE),
    "reasonable": _in(_REASONABLE),
    "accepted": _in(_ONCE, "accepted"),
    "in_time": _in(_ONCE, "in_time"),
    "in_time_reasonable": _in(_REASONABLE, "in_time"),
    "resolved": _in(("resolved", "confirmed")),
    "open": _in(rules.LIVING),
    "declined": _in(("declined",)),
    "ended": _in(("ended",)),
    "withdrawn": _in(("withdrawn",)),
    "merged": _in(("merged",)),
    "passed_up": _in(_ONCE, "passed_up"),
    "climbed": _in(_ONCE, "climbed"),
    "returned": _in(_ONCE, "returned"),
    "reopened": _in(_ONCE, "reopened"),
    "rated": _in(_ONCE, *STARS),
    **{stars: _in(_ONCE, stars) for stars in STARS},
}
#: Measures of the ladder; they are asked for with a level: how many came so far, and of those for
#: which it was the highest that are finished or not, and that went beyond.
LADDER_MEASURES: Final = ("reached", "stopped", "waits", "went_on")


def ladder_condition(measure: str, position: int, kinds: list[str]) -> sa.ColumnElement[bool]:
    """The condition of one of `LADDER_MEASURES` at the level ``position``.

    ``kinds`` are the kinds of places from which the way leads through that level.
    """
    living, peak = MEASURES["open"].condition, Demand.peak
    came: dict[str, sa.ColumnElement[bool]] = {
        "reached": peak >= position,
        "stopped": sa.and_(peak == position, ~living),
        "waits": sa.and_(peak == position, living),
        "went_on": peak > position,
    }
    places: sa.Select[Any] = sa.select(Unit.id).where(Unit.kind.in_(kinds)).correlate(None)
    return sa.and_(MEASURES["received"].condition, came[measure], Demand.unit_id.in_(places))
