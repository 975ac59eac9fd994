"""States, verbs and lists of demands in words. What a district renames comes from its package."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import ngettext

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
#: What was done, for the story.
DONE: Final = {
    "file": _l("Filed"),
    "accept": _l("Accepted"),
    "reply": _l("Replied"),
    "ask": _l("Asked the resident"),
    "answer": _l("Answered by the resident"),
    "resolve": _l("Resolved"),
    "confirm": _l("Confirmed by the resident"),
    "rate": _l("Rated"),
    "reopen": _l("Reopened"),
    "lapse": _l("Counts as confirmed: no answer came"),
    "pass_up": _l("Passed up"),
    "climb": _l("Passed up by deadline"),
    "overdue": _l("Deadline passed at the highest level"),
    "return_down": _l("Returned"),
    "transfer": _l("Transferred"),
    "join": _l("Asked to join"),
    "contribute": _l("Part done"),
    "release": _l("Let go"),
    "suspend": _l("Put on hold"),
    "resume": _l("Taken up again"),
    "wake": _l("Taken up again by the clock"),
    "supervise": _l("Supervised"),
    "doubt": _l("Found not reasonable, to be reviewed"),
    "uphold": _l("Declined after review"),
    "overrule": _l("Found reasonable after review"),
    "appeal": _l("Appealed by the resident"),
    "merge": _l("Merged with another demand"),
    **dict.fromkeys(("unmerge", "part"), _l("Taken apart again")),
    "note": _l("Note"),
    "end": _l("Ended"),
    "withdraw": _l("Withdrawn"),
    "take_over": _l("Taken over when units were merged"),
}
#: What a button says; two to four characters in Chinese.
DO: Final = {
    "accept": _l("Accept"),
    "reply": _l("Reply"),
    "ask": _l("Ask resident"),
    "answer": _l("Answer"),
    "resolve": _l("Resolve"),
    "confirm": _l("Confirm"),
    "rate": _l("Rate"),
    "reopen": _l("Reopen"),
    "pass_up": _l("Pass up"),
    "return_down": _l("Return"),
    "transfer": _l("Transfer"),
    "join": _l("Ask to join"),
    "contribute": _l("Part done"),
    "release": _l("Let go"),
    "suspend": _l("Put on hold"),
    "resume": _l("Take up"),
    "supervise": _l("Supervise"),
    "doubt": _l("Not reasonable"),
    "uphold": _l("Decline"),
    "overrule": _l("Reasonable"),
    "appeal": _l("Appeal"),
    "merge": _l("Merge"),
    "unmerge": _l("Take apart"),
    "note": _l("Add note"),
    "end": _l("End"),
    "withdraw": _l("Withdraw"),
}
ICON: Final = {
    "accept": "check",
    "reply": "notice",
    "ask": "person",
    "answer": "notice",
    "resolve": "check",
    "confirm": "check",
    "rate": "flag",
    "reopen": "undo",
    "pass_up": "up",
    "return_down": "return",
    "transfer": "next",
    "join": "people",
    "contribute": "check",
    "release": "close",
    "suspend": "pause",
    "resume": "next",
    "supervise": "flag",
    "doubt": "warning",
    "uphold": "flag",
    "overrule": "check",
    "appeal": "up",
    "merge": "link",
    "unmerge": "undo",
    "note": "edit",
    "end": "flag",
    "withdraw": "undo",
}
#: What to write, above the box in which the reason goes.
ASK: Final = {
    "reply": _l("What do you want to tell the resident?"),
    "ask": _l("What do you need to know? The clock stands until the resident answers."),
    "answer": _l("Your answer"),
    "resolve": _l("What was done? The resident reads it."),
    "reopen": _l("What is still not right?"),
    "pass_up": _l("Why does it need the next level? The resident reads it."),
    "return_down": _l("What should the level below do? The resident reads it."),
    "transfer": _l("Why is it their business? The resident reads it."),
    "join": _l("What should they do?"),
    "contribute": _l("What did you do?"),
    "release": _l("Why are they no longer needed?"),
    "suspend": _l("What is it waiting for? The resident reads it."),
    "supervise": _l("What do you expect?"),
    "doubt": _l("Why is it not reasonable? A second person decides; the resident reads it."),
    "uphold": _l("Why do you decline it? The resident reads it and may appeal."),
    "overrule": _l("Why is it reasonable?"),
    "appeal": _l("Why do you think it is reasonable?"),
    "unmerge": _l("Why is it a matter of its own?"),
    "note": _l("A note for colleagues; the resident does not see it."),
    "end": _l("Why does it end here? The resident reads it."),
}
#: Why a verb cannot be done now.
OBSTACLE: Final = {
    "state": _l("This cannot be done now: look at what happened, then decide again."),
    "level": _l("This cannot be done at this level."),
    "window": _l("The time in which this could be done is over."),
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
MARK: Final = {
    **dict.fromkeys(("file", "reply", "note"), "planned"),
    **dict.fromkeys(("accept", "answer", "resume", "wake", "contribute", "overrule"), "good"),
    **dict.fromkeys(("resolve", "confirm", "rate", "lapse"), "done"),
    **dict.fromkeys(("pass_up", "climb", "transfer", "join", "take_over", "appeal"), "waiting"),
    **dict.fromkeys(("return_down", "reopen", "supervise", "doubt", "unmerge", "part"), "warn"),
    **dict.fromkeys(("overdue",), "late"),
    **dict.fromkeys(("suspend", "ask", "release"), "paused"),
    **dict.fromkeys(("end", "withdraw", "uphold", "merge"), "ended"),
}


def overtaken(verb: str, who: str | None) -> object:
    """What the one is told who came second: what the other did, and who."""
    if who:
        return _l(
            "%(who)s was quicker: %(did)s. Look at it, then decide again.", who=who, did=DONE[verb]
        )
    return _l(
        "Something happened in between: %(did)s. Look at it, then decide again.", did=DONE[verb]
    )


def lasting(span: timedelta) -> str:
    """A span of time in its largest fitting unit: minutes, hours or days."""
    minutes = max(int(span.total_seconds() // 60), 0)
    if minutes < 60:
        return ngettext("%(num)s minute", "%(num)s minutes", minutes)
    if minutes < 48 * 60:
        return ngettext("%(num)s hour", "%(num)s hours", minutes // 60)
    return ngettext("%(num)s day", "%(num)s days", minutes // (24 * 60))


def time_left(due_at: datetime | None, now: datetime) -> str:
    """How long until, or since, a time limit."""
    if due_at is None:
        return ""
    if due_at > now:
        return _("%(span)s left", span=lasting(due_at - now))
    return _("%(span)s late", span=lasting(now - due_at))
