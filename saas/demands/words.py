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
    "resolved": _l("resolved"),
    "ended": _l("ended"),
    "withdrawn": _l("withdrawn"),
}
#: What was done, for the story.
DONE: Final = {
    "file": _l("Filed"),
    "accept": _l("Accepted"),
    "resolve": _l("Resolved"),
    "pass_up": _l("Passed up"),
    "return_down": _l("Returned"),
    "end": _l("Ended"),
    "withdraw": _l("Withdrawn"),
    "merge": _l("Taken over when units were merged"),
}
#: What a button says; two to four characters in Chinese.
DO: Final = {
    "accept": _l("Accept"),
    "resolve": _l("Resolve"),
    "pass_up": _l("Pass up"),
    "return_down": _l("Return"),
    "end": _l("End"),
    "withdraw": _l("Withdraw"),
}
ICON: Final = {
    "accept": "check",
    "resolve": "check",
    "pass_up": "up",
    "return_down": "return",
    "end": "flag",
    "withdraw": "undo",
}
#: What to write, above the box in which the reason goes.
ASK: Final = {
    "resolve": _l("What was done? The resident reads it."),
    "pass_up": _l("Why does it need the next level? The resident reads it."),
    "return_down": _l("What should the level below do? The resident reads it."),
    "end": _l("Why does it end here? The resident reads it."),
}
LIST: Final = {
    "mine": _l("Mine"),
    "passed_up": _l("Passed up by me"),
    "returned": _l("Returned to me"),
    "area": _l("All in my area"),
    "ended": _l("Finished"),
}
MARK: Final = {
    "file": "planned",
    "accept": "good",
    "resolve": "done",
    "pass_up": "waiting",
    "return_down": "warn",
    "end": "ended",
    "withdraw": "ended",
    "merge": "waiting",
}


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
