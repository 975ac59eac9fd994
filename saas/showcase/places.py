"""The food street and the walks of a demo district, by the commands that people use."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from saas.kernel import clock
from saas.kernel.context import SYSTEM
from saas.places import commands
from saas.places.forms import KINDS
from saas.rooms import queries as rooms
from saas.showcase.package.places import DemoPlaces, DemoStop
from saas.territory import queries as units
from saas.territory.queries import Unit

#: Longer than anybody looks at a demo.
_AGREED = timedelta(days=730)


def lay_out(demo: DemoPlaces) -> None:
    """Kinds, merchants in the order of the street, walks with their stops."""
    street = units.unit_by_code(demo.unit)
    kinds = {kind.code: KINDS.add(name=dict(kind.name), actor=SYSTEM) for kind in demo.kinds}
    merchants = {
        one.code: commands.add_merchant(
            unit=demo.unit, code=one.code, name=dict(one.name), kind=kinds[one.kind].code,
            sells=dict(one.sells), place=dict(demo.place), concession=dict(one.concession or {}),
            hours=rooms.hours_from_words(one.hours) or [], step_free=one.step_free,
            consent_until=clock.today() + _AGREED, sample=True, actor=SYSTEM,
        )
        for one in demo.merchants
    }  # fmt: skip
    for walk in demo.walks:
        route = commands.add_route(
            unit=demo.unit, code=walk.code, name=dict(walk.name), purpose=dict(walk.purpose),
            start={}, step_free=walk.step_free, sample=True, actor=SYSTEM,
        )  # fmt: skip
        for at, stop in enumerate(walk.stops, 1):
            commands.add_stop(route, at=at, **_stop(street, stop, merchants), actor=SYSTEM)
        commands.move_route(route, verb="publish", actor=SYSTEM)


def _stop(street: Unit, stop: DemoStop, merchants: dict[str, Any]) -> dict[str, Any]:
    thing = None
    if stop.room:
        thing = f"room-{rooms.public_room(street, stop.room).id}"
    elif stop.venue:
        thing = f"venue-{rooms.venue_in(street, stop.venue).id}"
    elif stop.merchant:
        thing = f"merchant-{merchants[stop.merchant].id}"
    return {
        "thing": thing, "name": dict(stop.name or {}), "minutes": stop.minutes,
        "what": dict(stop.what or {}), "step_free": stop.step_free,
    }  # fmt: skip
