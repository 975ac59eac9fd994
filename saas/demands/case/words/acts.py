"""States, lists and obstacles in words. What a district renames comes from its package."""

from __future__ import annotations

from typing import Final

from saas.casework import NOT_NOW
from saas.kernel.i18n import lazy_gettext as _l

STATE: Final = {
    "waiting": _l("waiting to be accepted"),
    "accepted": _l("in hand"),
    "asked": _l("waiting for the resident"),
    "suspended": _l("on hold"),
    "doubted": _l("under review"),
    "resolved": _l("resolved"),
    "confirmed": _l("confirmed"),
    "ended": _l("ended"),
    "declined": _l("not reasonable"),
    "withdrawn": _l("withdrawn"),
    "merged": _l("handled with another"),
}
#: Why a verb cannot be done now.
OBSTACLE: Final = {
    **dict.fromkeys(("state", "no_helpers"), NOT_NOW),
    **dict.fromkeys(("top", "below_top", "bottom"), _l("This cannot be done at this level.")),
    **dict.fromkeys(
        ("reopen_over", "appeal_over"), _l("The time in which this could be done is over.")
    ),
    **dict.fromkeys(
        ("unreached", "reached"), _l("Silence counts only where the resident was reached.")
    ),
    "rated": _l("It has been rated already."),
    "appealed": _l("An appeal has been decided already."),
    "helpers": _l("Others were asked to join and have not finished: wait for them or let them go."),
}
#: What is missing in a field.
MISSING: Final = {
    "reason": _l("Say why, in a sentence: the resident will read it."),
    "code": _l("Choose a cause."),
    "unit": _l("Choose a unit."),
    "hours": _l("Say how many working hours they have."),
    "until": _l("Choose a day."),
    "rating": _l("Choose one to five stars."),
    "into": _l("Choose the demand with which it goes on."),
}
LIST: Final = {
    "mine": _l("Mine"),
    "returned": _l("Returned to me"),
    "overdue": _l("Overdue"),
    "asked": _l("Waiting for the resident"),
    "joint": _l("Joint"),
    "review": _l("To review"),
    "passed_up": _l("Passed up by me"),
    "area": _l("All in my area"),
    "ended": _l("Finished"),
}
CHANNEL: Final = {
    "own": _l("by the resident"),
    "room": _l("by a room's code"),
    "desk": _l("at the desk"),
    "phone": _l("by phone"),
    "patrol": _l("on patrol"),
    "workbook": _l("from a workbook"),
    "api": _l("by another system"),
    "open311": _l("by Open311"),
}
