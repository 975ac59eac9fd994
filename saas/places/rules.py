"""Pure decisions about merchants and walks."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

STATES: Final = ("draft", "published", "withdrawn")
#: (state, verb) → state; what is not here is refused.
MOVES: Final = {
    ("draft", "publish"): "published",
    ("published", "withdraw"): "withdrawn",
    ("withdrawn", "publish"): "published",
}
STEP_FREE: Final = ("yes", "no", "unknown")
#: A line needs a beginning and an end; more than these nobody walks, nor finds on a poster.
FEWEST, MOST = 2, 40
#: Minutes from one stop to the next.
LONGEST: Final = 240
#: So long before its end the office is reminded of a consent; so long a check holds.
SOON, CHECK_HOLDS = timedelta(days=30), timedelta(days=365)
#: Stops as plain values in their order, without numbers.
Stops = list[dict[str, Any]]


def moved(stops: Stops, no: int, way: str) -> Stops:
    """Stop ``no`` (from 1) one place up or down; unchanged at the ends. The minutes stay where they
    are on the line: how long the walk takes does not change by it.
    """
    order, to = list(stops), no - 1 + (-1 if way == "up" else 1)
    if 0 <= to < len(order) and 0 < no <= len(order):
        order[no - 1], order[to] = order[to], order[no - 1]
    return [{**one, "minutes": at["minutes"]} for one, at in zip(order, stops, strict=True)]


def inserted(stops: Stops, no: int, stop: dict[str, Any]) -> Stops:
    """One more, which becomes number ``no``; behind the last where there is no such number. Of a
    new first one ``minutes`` are those to the next.
    """
    no = min(max(no, 1), len(stops) + 1)
    head, tail = list(stops[: no - 1]), list(stops[no - 1 :])
    if not head and tail:
        tail[0] = {**tail[0], "minutes": stop["minutes"]}
    return _begun([*head, stop, *tail])


def removed(stops: Stops, no: int) -> Stops:
    """All but stop ``no``: whoever walks past it takes as long as before."""
    left = [dict(stop) for place, stop in enumerate(stops, 1) if place != no]
    if 1 < no < len(stops):
        left[no - 1]["minutes"] = min(left[no - 1]["minutes"] + stops[no - 1]["minutes"], LONGEST)
    return _begun(left)


def replaced(stops: Stops, no: int, stop: dict[str, Any]) -> Stops:
    """Another stop as number ``no``."""
    return _begun([stop if place == no else each for place, each in enumerate(stops, 1)])


def _begun(stops: Stops) -> Stops:
    """One begins at the first: nothing lies before it."""
    return [each if place else {**each, "minutes": 0} for place, each in enumerate(stops)]


def check_due(checked_on: date | None, today: date) -> bool:
    """Whether somebody has to look whether everything is still so."""
    return checked_on is None or checked_on + CHECK_HOLDS <= today
