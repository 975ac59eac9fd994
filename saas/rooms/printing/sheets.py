"""What stands on the poster of a room, every word ready."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from saas.kernel.i18n import say
from saas.rooms import views
from saas.rooms.models import Room
from saas.territory.queries import Unit
from saas.web.pictures import QrCode, qr_code

#: Name of a paper size → its width and height in millimetres.
SIZES: Final = {"a4": (210, 297), "a3": (297, 420)}
_MOST_SERVICES = 8
#: Letters of half width that a sheet holds at their usual size.
_MUCH = 260


@dataclass(frozen=True, slots=True)
class Sheet:
    """One poster. ``address`` is the room's page as people type it; ``report`` is where the code
    to scan leads.
    """

    code: str
    seal: str
    name: str
    purpose: str
    hours: tuple[str, ...]
    services: tuple[str, ...]
    place: str
    contact: str
    address: str
    report: QrCode

    @property
    def is_dense(self) -> bool:
        """Whether it tells so much that a page of the browser needs smaller letters for it."""
        told = "".join((self.purpose, *self.hours, *self.services, self.place))
        return sum(1 if letter < "\u2e80" else 2 for letter in told) > _MUCH or len(self.name) > 16


def sheet_of(street: Unit, room: Room, address: str, report: str, contact: str = "") -> Sheet:
    """The poster of a room; ``contact`` is the street's, for a room that has none of its own."""
    services = tuple(say(service) for service in room.services)
    more = (*services[: _MOST_SERVICES - 1], "…") if len(services) > _MOST_SERVICES else services
    return Sheet(
        code=room.code,
        seal=room.seal,
        name=say(room.name),
        purpose=say(room.purpose),
        hours=tuple(views.hours_lines(room.hours)),
        services=more,
        place=say(room.place) or say(street.name),
        contact=room.contact or contact,
        address=address.partition("://")[2],
        report=qr_code(report),
    )
