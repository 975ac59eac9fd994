"""The rules between the rows of rooms.yaml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from saas.kernel.i18n import lazy_gettext as _l
from saas.packages.faults import Fault, Parts, codes, explain, places, repeated, rows, strange, text
from saas.workdays.package.checks import check_hours

explain(
    {
        "bad_seal": _l("A seal is exactly one character, not “%(found)s”."),
        "no_such_platform": _l("There is no platform “%(found)s” in this file."),
    }
)


def check(parts: Parts) -> Iterator[Fault]:
    """Every fault between centre, platforms and rooms, and in the hours of each room."""
    yield from _rooms(parts)
    for place, room in rows(parts.get("rooms"), "rooms"):
        yield from check_hours("rooms", room, "hours", f"rooms[{place}].hours")


def _rooms(parts: Parts) -> Iterator[Fault]:
    part = parts.get("rooms")
    for name in ("platforms", "rooms"):
        yield from repeated("rooms", places(part, name))
    centre = part.get("centre") if isinstance(part, Mapping) else None
    seal = text(centre, "seal") if isinstance(centre, Mapping) else None
    seals = [("centre.seal", seal)] if seal else []
    rest = [*places(part, "platforms", "seal"), *places(part, "rooms", "seal")]
    yield from repeated("rooms", [*seals, *rest])
    known = codes(part, "platforms")
    yield from strange("rooms", places(part, "rooms", "platform"), known, "no_such_platform")
