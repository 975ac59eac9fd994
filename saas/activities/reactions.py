"""What activities do about bookings: no room, no session; a room after all, a date after all."""

from __future__ import annotations

from typing import Any

from saas.activities import commands, queries
from saas.activities.commands import Deed
from saas.bookings import queries as bookings
from saas.bookings.events import booking_moved
from saas.kernel.context import SYSTEM
from saas.kernel.i18n import gettext as _

_GONE = ("cancelled", "declined")


@booking_moved.connect
def _follow(booking_id: int, *, verb: str, state: str, **_more: Any) -> None:
    if state in _GONE and (one := queries.booked_for(booking_id)) and one.state == "published":
        queries.lock_session(one.id)
        reason = _("The room cannot be used then.")
        commands.act(queries.scene_of(one), Deed(verb="cancel", reason=reason), actor=SYSTEM)
    elif verb in ("retry", "ask_again", "approve") and (booking := bookings.by_id(booking_id)):
        commands.adopt(booking)
