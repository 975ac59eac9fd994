"""What is said of every kind of case: who was quicker, how long something takes, what is left."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import ngettext

#: Why something cannot be done that can be done in another state.
NOT_NOW: Final = _l("This cannot be done now: look at what happened, then decide again.")


def overtaken(did: object, who: str | None) -> object:
    """What the one is told who came second: what the other did, and who."""
    if who:
        return _l("%(who)s was quicker: %(did)s. Look at it, then decide again.", who=who, did=did)
    return _l("Something happened in between: %(did)s. Look at it, then decide again.", did=did)


def lasting(span: timedelta) -> str:
    """A span of time in its largest fitting unit: minutes, hours or days."""
    minutes = max(int(span.total_seconds() // 60), 0)
    if minutes < 60:
        return ngettext("%(num)s minute", "%(num)s minutes", minutes)
    if minutes < 48 * 60:
        return ngettext("%(num)s hour", "%(num)s hours", minutes // 60)
    return ngettext("%(num)s day", "%(num)s days", minutes // (24 * 60))


def time_left(due_at: datetime | None, now: datetime, days: int | None = None) -> str:
    """How long until, or since, a time limit; in working ``days`` where these are given."""
    if due_at is None:
        return ""
    if due_at > now and days:
        return ngettext("%(num)s working day left", "%(num)s working days left", days)
    if due_at > now:
        return _("%(span)s left", span=lasting(due_at - now))
    return _("%(span)s late", span=lasting(now - due_at))
