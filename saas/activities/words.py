"""States, verbs and refusals in words; who gets which notice."""

from __future__ import annotations

from typing import Final

from saas import casework
from saas.casework import Verb
from saas.kernel.i18n import lazy_gettext as _l
from saas.notices.words import Kind, declare

_LINE = _l("%(when)s · %(where)s")


def _kind(name: str, title: object, icon: str = "activity", **more: object) -> Kind:
    return declare(f"activities.{name}", title=title, text=_LINE, icon=icon,
                   group=_l("Activities"), **more)  # type: ignore[arg-type]  # fmt: skip


OFFERED = _kind(
    "offered", _l("There are places for you now: %(what)s"), "flag", urgent=True, asks=True,
    short=_l("Places for you: %(what)s, %(when)s, %(where)s. Do you come? Say it at %(site)s."),
)  # fmt: skip
ASKED = _kind(
    "asked_again", _l("The day has changed, do you still come? %(what)s"), "flag", urgent=True,
    asks=True, short=_l("Another day: %(what)s, now %(when)s, %(where)s. Do you still come?"),
)  # fmt: skip
CONFIRMED = _kind("confirmed", _l("You have places: %(what)s"), "check")
EXPIRED = _kind("expired", _l("The offer is over, others have the places: %(what)s"), "warning")
LAPSED = _kind("lapsed", _l("No places came free: %(what)s"), "warning")
TAKEN_OUT = _kind(
    "taken_out", _l("The house took you off the list: %(what)s"), "close",
    short=_l("You are off the list of %(what)s, %(when)s, %(where)s."),
)  # fmt: skip
CALLED_OFF = _kind(
    "called_off", _l("It does not take place: %(what)s"), "close", urgent=True,
    short=_l("It does not take place: %(what)s, %(when)s, %(where)s. Please do not come."),
)  # fmt: skip
CHANGED = _kind(
    "changed", _l("Time or place has changed: %(what)s"), "warning", urgent=True,
    short=_l("Time or place has changed: %(what)s, now %(when)s, %(where)s."),
)  # fmt: skip
REMINDER = _kind(
    "reminder", _l("Do not forget: %(what)s"), "clock",
    short=_l("Do not forget: %(what)s, %(when)s, %(where)s. You cannot come? Say it at %(site)s."),
)  # fmt: skip
SESSION_MOVED = _kind("session_moved", _l("Session moved on: %(what)s"))
SIGNUP_MOVED = _kind("signup_moved", _l("Sign-up moved on: %(what)s"))

_SIGNED, _OWNER = "signed", "owner"
_SESSION_ROWS: Final[tuple[Verb[Kind], ...]] = (
    Verb(code="plan", done=_l("Planned"), tone="planned"),
    Verb(code="take_over", done=_l("Taken over from before"), tone="ended"),
    Verb(code="publish", done=_l("Published"), do=_l("Publish it"), icon="check", tone="good",
         fact=SESSION_MOVED),
    Verb(code="move", done=_l("Time or place changed"), tone="warn", fact=SESSION_MOVED,
         notices={_SIGNED: CHANGED}),
    Verb(code="resize", done=_l("Number of places changed"), tone="waiting"),
    Verb(code="begin", done=_l("Begun"), do=_l("Begin it"), icon="next", tone="good",
         fact=SESSION_MOVED),
    Verb(code="hold", done=_l("Over"), do=_l("It is over"), icon="check", tone="done",
         fact=SESSION_MOVED),
    Verb(code="close", done=_l("Closed by another"), do=_l("Close it"), icon="check", tone="ended",
         fact=SESSION_MOVED),
    Verb(code="cancel", done=_l("Cancelled"), do=_l("Call it off"), icon="close", tone="warn",
         ask=_l("Why? Everybody who signed up reads it."), may=("reason",), fact=SESSION_MOVED,
         notices={_SIGNED: CALLED_OFF}),
)  # fmt: skip
SESSION_VERBS: Final = {row.code: row for row in _SESSION_ROWS}
_SIGNUP_ROWS: Final[tuple[Verb[Kind], ...]] = (
    Verb(code="sign", done=_l("Signed up"), tone="good", fact=SIGNUP_MOVED),
    Verb(code="wait", done=_l("On the waiting list"), tone="waiting", fact=SIGNUP_MOVED),
    Verb(code="confirm", done=_l("Got places"), tone="good", fact=SIGNUP_MOVED,
         notices={_OWNER: CONFIRMED}),
    Verb(code="offer", done=_l("Offered places"), tone="good", fact=SIGNUP_MOVED,
         notices={_OWNER: OFFERED}),
    Verb(code="pass", done=_l("Passed over once: too few places for the whole party"),
         tone="paused"),
    Verb(code="lapse", done=_l("It began, and no places had come free"), tone="ended",
         fact=SIGNUP_MOVED, notices={_OWNER: LAPSED}),
    Verb(code="accept", done=_l("Accepted"), do=_l("We come"), icon="check", tone="good",
         fact=SIGNUP_MOVED),
    Verb(code="decline", done=_l("Declined"), do=_l("We do not come"), icon="close", tone="ended",
         fact=SIGNUP_MOVED),
    Verb(code="expire", done=_l("The offer was not answered in time"), tone="late",
         fact=SIGNUP_MOVED, notices={_OWNER: EXPIRED}),
    Verb(code="ask", done=_l("Asked again: the day has changed"), tone="warn", fact=SIGNUP_MOVED,
         notices={_OWNER: ASKED}),
    Verb(code="leave", done=_l("Left"), do=_l("We do not come"), icon="close", tone="ended",
         fact=SIGNUP_MOVED),
    Verb(code="take_out", done=_l("Taken off the list"), do=_l("Take them off"), icon="close",
         tone="warn", ask=_l("Why?"), may=("reason",), fact=SIGNUP_MOVED,
         notices={_OWNER: TAKEN_OUT}),
    Verb(code="call_off", done=_l("It does not take place"), tone="ended", fact=SIGNUP_MOVED),
)  # fmt: skip
SIGNUP_VERBS: Final = {row.code: row for row in _SIGNUP_ROWS}

OBSTACLE: Final = {
    "state": casework.NOT_NOW,
    "over": _l("This time is over."),
    "begun": _l("It has begun."),
    "early": _l("It is too early: it can be begun an hour before."),
    "unplaced": _l("The room is not booked for it: look at the booking first."),
    "open": _l("Everybody can just come: there are no places to count."),
    "course": _l("The places of a course are those of its first date."),
    "late": _l("It is too late to leave by yourself. Please call the desk."),
}
CLOSED: Final = {
    "state": _l("Nobody can sign up for this now."),
    "free": _l("No sign-up is needed: just come."),
    "soon": _l("Signing up is not open yet."),
    "closed": _l("Signing up is over. Please ask at the desk."),
}
MISSING: Final = {"reason": _l("Write a sentence.")}
STATE: Final = {
    "draft": ("planned", _l("draft")),
    "published": ("good", _l("to come")),
    "running": ("done", _l("going on")),
    "held": ("waiting", _l("over, to be closed")),
    "closed": ("ended", _l("over and closed")),
    "cancelled": ("warn", _l("cancelled")),
}
SIGNED: Final = {
    "waiting": ("waiting", _l("on the waiting list")),
    "offered": ("warn", _l("places are offered")),
    "confirmed": ("good", _l("places are yours")),
    "cancelled": ("ended", _l("cancelled")),
    "declined": ("ended", _l("declined")),
    "expired": ("late", _l("offer is over")),
}
CONSENT: Final = {
    "yes": _l("Yes, we may be in pictures"),
    "no": _l("No, please no pictures of us"),
    "guardian": _l("We bring a child: I, its guardian, agree"),
}
CONSENT_SHORT: Final = {"yes": _l("pictures: yes"), "no": _l("pictures: no"),
                        "guardian": _l("pictures: guardian agrees")}  # fmt: skip
CHANNEL: Final = {
    "online": _l("by themselves"),
    "desk": _l("at the desk"),
    "phone": _l("by telephone"),
}
HOW: Final = {
    "once": _l("Once"),
    "series": _l("Several dates, one signs up for each"),
    "course": _l("A course: one signs up for all dates"),
}
EVERY: Final = {
    "week": _l("every week"),
    "fortnight": _l("every second week"),
    "month": _l("every month, on the same weekday"),
}
USE: Final = {"kind": _l("Kinds of activities"), "tag": _l("Tags that are counted")}
PRICE: Final = {"resident": _l("Residents"), "market": _l("Others"),
                "concession": _l("Older people and children")}  # fmt: skip
