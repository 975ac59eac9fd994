"""States, verbs and refusals in words; who gets which notice."""

from __future__ import annotations

from typing import Final

from saas import casework
from saas.casework import Verb
from saas.kernel.i18n import lazy_gettext as _l
from saas.notices.words import Kind, declare

_LINE = _l("%(when)s · %(where)s")


def _kind(name: str, title: object, icon: str = "organisation", **more: object) -> Kind:
    return declare(f"visits.{name}", title=title, text=_LINE, icon=icon, group=_l("Visits"),
                   **more)  # type: ignore[arg-type]  # fmt: skip


ASKED = _kind("asked", _l("A delegation asks for a visit: %(what)s"), asks=True)
CHANGED = _kind("changed", _l("A delegation changed its visit: %(what)s"), asks=True)
CANCELLED = _kind("cancelled", _l("A visit was cancelled: %(what)s"), "close", urgent=True)
GUIDE = _kind("guide", _l("You guide a delegation: %(what)s"))
QUESTION = _kind("question", _l("Guests asked something: %(what)s"), "help", asks=True)
CHECKED = _kind(
    "checked", _l("Your letter was checked: %(what)s"), "check",
    short=_l("Your letter for %(what)s, %(when)s, was checked. The itinerary follows."),
)  # fmt: skip
CONFIRMED = _kind(
    "confirmed", _l("Your visit is confirmed: %(what)s"), "check",
    short=_l("Confirmed: %(what)s, %(when)s. The code of your slip opens the itinerary."),
)  # fmt: skip
DECLINED = _kind(
    "declined", _l("You cannot be received: %(what)s"), "close",
    short=_l("You cannot be received: %(what)s, %(when)s. The code of your slip says why."),
)  # fmt: skip
CALLED_OFF = _kind(
    "called_off", _l("Your visit was called off: %(what)s"), "close", urgent=True,
    short=_l("Called off: %(what)s, %(when)s. Please do not come; your slip says why."),
)  # fmt: skip
MOVED = _kind("moved", _l("Visit moved on: %(what)s"))

_OFFICE, _GUEST, _GUIDES = "office", "guest", "guides"
_ROWS: Final[tuple[Verb[Kind], ...]] = (
    Verb(code="ask", done=_l("Asked for"), tone="waiting", notices={_OFFICE: ASKED}, fact=MOVED),
    Verb(code="change", done=_l("Changed by the guests"), tone="waiting",
         notices={_OFFICE: CHANGED}),
    Verb(code="check", done=_l("Letter checked"), do=_l("Letter is in order"), icon="check",
         tone="good", may=("letter", "secretary"), notices={_GUEST: CHECKED}, fact=MOVED),
    Verb(code="confirm", done=_l("Confirmed"), do=_l("Confirm it"), icon="check", tone="good",
         notices={_GUEST: CONFIRMED, _GUIDES: GUIDE}, fact=MOVED),
    Verb(code="hold", done=_l("They were here"), do=_l("They were here"), icon="check",
         tone="done", fact=MOVED),
    Verb(code="follow", done=_l("Followed up, the reception list is frozen"),
         do=_l("Follow up and freeze the list"), icon="lock", tone="done", fact=MOVED),
    Verb(code="pledge", done=_l("What they mean to do at home"), do=_l("What they mean to do"),
         icon="flag", tone="good", may=("by", "reason")),
    Verb(code="decline", done=_l("Declined"), do=_l("Decline it"), icon="close", tone="warn",
         ask=_l("Why not? They read it."), notices={_GUEST: DECLINED}, fact=MOVED),
    Verb(code="cancel", done=_l("Cancelled by the guests"), do=_l("Cancel the visit"), icon="close",
         tone="ended", may=("reason",), notices={_OFFICE: CANCELLED, _GUIDES: CANCELLED},
         fact=MOVED),
    Verb(code="call_off", done=_l("Called off by the house"),
         do=_l("Call the visit off"), icon="close",
         tone="warn", ask=_l("Why? They read it."),
         notices={_GUEST: CALLED_OFF, _GUIDES: CANCELLED}, fact=MOVED),
    Verb(code="note", done=_l("Note"), do=_l("Add a note"), icon="edit", tone="planned",
         ask=_l("The office reads it, nobody else."), internal=True),
)  # fmt: skip
VERBS: Final = {row.code: row for row in _ROWS}
OBSTACLE: Final = {
    "state": casework.NOT_NOW,
    "over": _l("The day is over."),
    "early": _l("The day has not come yet."),
    "begun": _l("They are here already."),
    "no_stops": _l("The itinerary is empty: add stops first."),
    "no_guide": _l("A stop has no guide yet."),
    "no_choice": _l("One stop must be left for the guests to choose on the day."),
    "to_approve": _l("A room has still to be approved: see its booking."),
    "open_stop": _l("The guests have not chosen their stop yet: write down where they went."),
    "no_guests": _l("Write down first who came: the reception list needs the guests."),
}
MISSING: Final = {
    "reason": _l("Write a sentence."),
    "letter_no": _l("Without the number of a letter nobody is received."),
    "pledge": _l("Choose one."),
}
STATE: Final = {
    "asked": ("waiting", _l("asked for")),
    "checked": ("planned", _l("letter checked")),
    "confirmed": ("good", _l("confirmed")),
    "held": ("done", _l("were here")),
    "followed": ("ended", _l("followed up")),
    "declined": ("warn", _l("declined")),
    "cancelled": ("ended", _l("cancelled")),
}
LEVEL: Final = {
    "leaders": _l("Leaders from above"),
    "meeting": _l("On-site meeting"),
    "peers": _l("Peers from elsewhere"),
    "others": _l("Others"),
}
PLEDGE: Final = {
    "yes": _l("yes, all of it"),
    "part": _l("a part of it"),
    "no": _l("no"),
}
USEFUL: Final = {
    "5": _l("very useful"),
    "4": _l("useful"),
    "3": _l("so-so"),
    "2": _l("of little use"),
    "1": _l("of no use"),
}
TERM: Final = {
    "weekly": _l("Delegations a week"),
    "escorts": _l("Guests for each of the house at table"),
    "table": _l("What is on the table"),
}
GROUP: Final = _l("The group is at another stop then.")
