"""Merchants and walks as tests need them: made by the commands that people use."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from saas.kernel import clock
from saas.places import commands, queries
from saas.places.models import Merchant, Route
from tests.support import District

EVERY_DAY = [{"days": [1, 2, 3, 4, 5, 6, 7], "opens": "00:00", "closes": "23:59"}]


def merchant(district: District, name: str = "盐井茶馆", **given: Any) -> Merchant:
    """A tea house of the street that agreed for a year."""
    values: dict[str, Any] = {
        "unit": "street_one", "name": {"zh": name}, "sells": {"zh": "盖碗茶"}, "place": {},
        "concession": {}, "hours": EVERY_DAY, "step_free": "yes",
        "consent_until": clock.today() + timedelta(days=365),
    }  # fmt: skip
    return commands.add_merchant(**{**values, **given}, actor=district.actor("street"))


def route(district: District, *stops: Any, name: str = "饭后一圈", **given: Any) -> Route:
    """A draft; a stop is a merchant, or the name of a place, five minutes from the one before."""
    made = commands.add_route(
        unit="street_one", name={"zh": name}, purpose={"zh": "散步"}, start={},
        step_free="unknown", actor=district.actor("street"), **given,
    )  # fmt: skip
    for at, stop in enumerate(stops, 1):
        add(district, made, at, stop)
    return made


def add(district: District, made: Route, at: int, stop: Any, minutes: int = 5) -> None:
    """One stop more."""
    there = isinstance(stop, str)
    commands.add_stop(
        made, at=at, thing=None if there else f"merchant-{stop.id}", minutes=minutes,
        name={"zh": stop} if there else {}, what={}, step_free="unknown",
        actor=district.actor("street"),
    )  # fmt: skip


def published(district: District, *stops: Any, **given: Any) -> Route:
    """The same, published."""
    made = route(district, *stops, **given)
    commands.move_route(made, verb="publish", actor=district.actor("street"))
    return made


def order(made: Route) -> list[str]:
    """Its places by name."""
    return [stop.name.get("zh", "") for stop in queries.stops_of(made)]
