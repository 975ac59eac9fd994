"""States, verbs, terms and refusals in words; who gets which notice."""

from __future__ import annotations

from typing import Final

from saas import casework
from saas.casework import Verb
from saas.kernel.i18n import lazy_gettext as _l
from saas.notices.words import Kind, declare

_LINE = _l("%(when)s · %(where)s")


def _kind(name: str, title: object, icon: str = "clock", **more: object) -> Kind:
    return declare(f"bookings.{name}", title=title, text=_LINE, icon=icon, group=_l("Bookings"),
                   **more)  # type: ignore[arg-type]  # fmt: skip


ASKED = _kind("asked", _l("Somebody asks for a room: %(what)s"), asks=True)
CONFIRMED = _kind(
    "confirmed", _l("Your room is booked: %(what)s"), "check",
    short=_l("Booked: %(what)s, %(when)s, %(where)s. With the code of your slip you can cancel."),
)  # fmt: skip
DECLINED = _kind(
    "declined", _l("You cannot have the room: %(what)s"), "close",
    short=_l("You cannot have %(what)s, %(when)s, %(where)s. Please look for another time."),
)  # fmt: skip
CALLED_OFF = _kind(
    "called_off", _l("Your booking was cancelled by the house: %(what)s"), "close", urgent=True,
    short=_l("Cancelled by the house: %(what)s, %(when)s, %(where)s. Please do not come."),
)  # fmt: skip
RELEASED = _kind("released", _l("Nobody came, the room is free again: %(what)s"), "undo")
LAPSED = _kind("lapsed", _l("Nobody decided in time: %(what)s"), "warning")
FREE = _kind("free", _l("It is free now, try it again: %(what)s"), "next", asks=True)
CANCELLED = _kind("cancelled", _l("A booking was cancelled: %(what)s"), "close")
MOVED = _kind("moved", _l("Booking moved on: %(what)s"))

_OWNER, _DECIDERS = "owner", "deciders"
_ROWS: Final[tuple[Verb[Kind], ...]] = (
    Verb(code="ask", done=_l("Asked for"), tone="waiting", notices={_DECIDERS: ASKED}, fact=MOVED),
    Verb(code="book", done=_l("Booked"), tone="good", notices={_OWNER: CONFIRMED}, fact=MOVED),
    Verb(code="skip", done=_l("Not had"), tone="planned"),
    Verb(code="approve", done=_l("Approved"), do=_l("Approve"), icon="check", tone="done",
         may=("reason",), notices={_OWNER: CONFIRMED}, fact=MOVED),
    Verb(code="decline", done=_l("Declined"), do=_l("Decline it"), icon="close", tone="warn",
         ask=_l("Why not? They read it."), notices={_OWNER: DECLINED}, fact=MOVED),
    Verb(code="lapse", done=_l("Nobody decided in time"), tone="late", notices={_OWNER: LAPSED}),
    Verb(code="start", done=_l("Begun"), do=_l("We are here"), icon="check", tone="good"),
    Verb(code="end", done=_l("Over"), do=_l("We are done"), icon="check", tone="done", fact=MOVED),
    Verb(code="release", done=_l("Nobody came: free again"), tone="late",
         notices={_OWNER: RELEASED}, fact=MOVED),
    Verb(code="cancel", done=_l("Cancelled"), do=_l("Cancel it"), icon="close", tone="ended",
         may=("reason",), notices={_DECIDERS: CANCELLED}, fact=MOVED),
    Verb(code="call_off", done=_l("Cancelled by the house"), do=_l("Cancel for them"),
         icon="close", tone="warn", ask=_l("Why? They read it."), notices={_OWNER: CALLED_OFF},
         fact=MOVED),
    Verb(code="retry", done=_l("Booked after all"), do=_l("Book it now"), icon="undo", tone="good",
         notices={_OWNER: CONFIRMED}, fact=MOVED),
    Verb(code="ask_again", done=_l("Asked for again"), do=_l("Ask for it again"), icon="undo",
         tone="waiting", notices={_DECIDERS: ASKED}, fact=MOVED),
)  # fmt: skip
VERBS: Final = {row.code: row for row in _ROWS}
OBSTACLE: Final = {
    "state": casework.NOT_NOW,
    "over": _l("This time is over."),
    "early": _l("It is too early: the door opens half an hour before."),
    "late": _l("It is too late: the time to come is over."),
    "begun": _l("It has begun: it can only be ended."),
    "asking": _l("This room has to be asked for."),
    "settled": _l("This room need not be asked for."),
}
MISSING: Final = {"reason": _l("Write a sentence.")}
STATE: Final = {
    "asked": ("waiting", _l("asked for")),
    "confirmed": ("good", _l("booked")),
    "in_use": ("done", _l("in use")),
    "done": ("ended", _l("over")),
    "declined": ("warn", _l("declined")),
    "cancelled": ("ended", _l("cancelled")),
    "released": ("late", _l("nobody came")),
    "skipped": ("planned", _l("not had")),
}
CAUSE: Final = {
    "taken": _l("somebody else has it"),
    "closed": _l("closed"),
    "hours": _l("outside the opening hours"),
    "holiday": _l("public holiday"),
}
KIND: Final = {
    "meeting": _l("Meeting"),
    "activity": _l("Activity"),
    "guest": _l("Guests from outside"),
}
CHANNEL: Final = {
    "online": _l("by themselves"),
    "desk": _l("at the desk"),
    "phone": _l("by telephone"),
}
WHO: Final = {
    "everybody": _l("everybody"),
    "organisations": _l("organisations of the register"),
    "staff": _l("staff alone"),
}
EVERY: Final = {
    "": _l("once"),
    "week": _l("every week"),
    "fortnight": _l("every second week"),
    "month": _l("every month, on the same weekday"),
}
#: What a time does not keep → the field and the sentence. Numbers come from the terms.
REFUSED: Final = {
    "order": ("end", _l("It would end before it begins.")),
    "past": ("day", _l("This time is over.")),
    "long": ("end", _l("At most %(minutes)s minutes at one time.")),
    "notice": ("day", _l("At least %(hours)s hours before. Call the desk if it is urgent.")),
    "ahead": ("day", _l("At most %(days)s days ahead.")),
    "hours": ("start", _l("The room is not open then.")),
    "holiday": ("day", _l("On public holidays this room is not booked.")),
    "closed": ("day", _l("The room is closed then.")),
    "taken": ("start", _l("Somebody else has the room then.")),
}
WEEKDAYS: Final = (
    _l("Monday"), _l("Tuesday"), _l("Wednesday"), _l("Thursday"), _l("Friday"), _l("Saturday"),
    _l("Sunday"),
)  # fmt: skip
TERMS: Final = {
    "who": _l("Who may book"),
    "notice_hours": _l("At the latest"),
    "ahead_days": _l("At the earliest"),
    "longest_minutes": _l("At most"),
    "buffer_minutes": _l("Free afterwards"),
    "grace_minutes": _l("Free again when nobody comes"),
    "approval": _l("Somebody has to approve"),
    "holidays": _l("Also on public holidays"),
}
