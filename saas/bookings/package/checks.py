"""The rules between the rows of bookings.yaml, and against the rooms."""

from __future__ import annotations

from collections.abc import Iterator

from saas.kernel.i18n import lazy_gettext as _l
from saas.packages.faults import Fault, Parts, codes, explain, places, repeated, strange

_FILE = "bookings"
explain({"no_such_room": _l("There is no room “%(found)s” in this package.")})


def check(parts: Parts) -> Iterator[Fault]:
    """Rows that come twice, and rooms that are not there."""
    part = parts.get(_FILE)
    yield from repeated(_FILE, places(part, "terms", "room"))
    known = codes(parts.get("rooms"), "rooms")
    yield from strange(_FILE, places(part, "terms", "room"), known, "no_such_room")
