"""What people are told about demands: the kinds of notices.

Facts are ``what`` (the category), ``where`` (the place) and ``who`` (the unit that had it then):
labels, never the resident's words; and ``way``, the step by which it came there.
"""

from __future__ import annotations

from typing import Any

from saas.kernel.i18n import lazy_gettext as _l
from saas.notices.words import Kind, declare

_LINE = _l("%(where)s · then with %(who)s")
_WAY = _l("%(where)s · %(way)s")
_STAFF, _RESIDENT = _l("What those who handle demands hear"), _l("What residents hear")


def _news(name: str, title: object, *, icon: str, text: object = _LINE, **more: Any) -> Kind:
    """A notice that only tells."""
    group = _RESIDENT if name.startswith(("yours_", "followed_")) else _STAFF
    return declare(f"demands.{name}", title=title, text=text, icon=icon, group=group, **more)


def _asks(name: str, title: object, *, icon: str, **more: Any) -> Kind:
    """A notice that asks its reader to do something."""
    return _news(name, title, icon=icon, asks=True, **more)


NEW = _asks("new", _l("New demand: %(what)s"), icon="demand")
FROM_BELOW = _asks("from_below", _l("Passed up to you: %(what)s"), icon="up")
CLIMBED = _asks("climbed", _l("Passed up to you by deadline: %(what)s"), icon="up", urgent=True)
BACK = _asks("back", _l("Returned to you: %(what)s"), icon="return")
FROM_ASIDE = _asks("from_aside", _l("Transferred to you: %(what)s"), icon="next")
REOPENED = _asks("reopened", _l("Reopened by the resident: %(what)s"), icon="undo", urgent=True)
APPEALED = _asks("appealed", _l("The resident appeals: %(what)s"), icon="up", urgent=True)
DUE_SOON = _asks("due_soon", _l("Due soon: %(what)s"), icon="clock")
OVERDUE = _asks(
    "overdue", _l("Overdue at the highest level: %(what)s"), icon="warning", urgent=True
)
TO_REVIEW = _asks("to_review", _l("A second pair of eyes is needed: %(what)s"), icon="flag")
ASKED_TO_JOIN = _asks("asked_to_join", _l("Asked to join: %(what)s"), icon="people")
HELP_OVERDUE = _asks("help_overdue", _l("Joint handling is late: %(what)s"), icon="clock")
VACANT = _asks(
    "vacant", _l("Nobody fills the post at %(who)s: %(what)s"), icon="warning", urgent=True,
    event=_l("Nobody fills the post"),
)  # fmt: skip
ANSWERED = _asks("answered", _l("The resident answered: %(what)s"), icon="notice")
GOES_ON = _asks("goes_on", _l("The wait is over: %(what)s"), icon="clock")
SUPERVISED = _asks("supervised", _l("Supervised from above: %(what)s"), icon="flag", urgent=True)
CLIMBED_AWAY = _news("climbed_away", _l("Left you by deadline: %(what)s"), icon="up", urgent=True)
JUDGED = _news("judged", _l("The review is decided: %(what)s"), icon="flag")
REBOOKED = _news("rebooked", _l("An appointment was moved: %(what)s"), icon="clock")
WITHDRAWN = _news("withdrawn", _l("Withdrawn by the resident: %(what)s"), icon="undo")
CONTRIBUTED = _news("contributed", _l("A helper has done its part: %(what)s"), icon="check")

# What the resident hears. What asks or answers goes to the telephone too; hops are one notice,
# which grows by a step each time.
YOURS_ACCEPTED = _news(
    "yours_accepted", _l("Your demand was accepted: %(what)s"), icon="check", folds=True
)
YOURS_MOVED = _news(
    "yours_moved", _l("Your demand was passed on: %(what)s"), icon="next", text=_WAY, folds=True
)
YOURS_REPLIED = _news(
    "yours_replied",
    _l("A reply to your demand: %(what)s"),
    icon="notice",
    short=_l(
        "There is a reply to what you asked about (%(what)s, number %(ref)s). Read it at %(site)s ."
    ),
)
YOURS_ASKED = _asks(
    "yours_asked",
    _l("Please answer a question: %(what)s"),
    icon="person",
    urgent=True,
    short=_l(
        "A question about what you asked for (%(what)s, number %(ref)s) waits for your answer. "
        "Please answer at %(site)s or at the community desk."
    ),
)
YOURS_SUSPENDED = _news("yours_suspended", _l("Your demand has to wait: %(what)s"), icon="pause")
YOURS_RESOLVED = _asks(
    "yours_resolved",
    _l("Resolved: %(what)s. Is it right so?"),
    icon="check",
    event=_l("Asked whether it is resolved"),
    short=_l(
        "What you asked for (%(what)s, number %(ref)s) has been done. Please say at %(site)s "
        "whether it is right; if not, it is taken up again."
    ),
)
YOURS_ENDED = _news(
    "yours_ended",
    _l("Your demand was ended: %(what)s"),
    icon="flag",
    short=_l("What you asked for (%(what)s, number %(ref)s) was ended. Read why at %(site)s ."),
)
YOURS_DECLINED = _asks(
    "yours_declined",
    _l("Your demand was declined: %(what)s. You may appeal."),
    icon="flag",
    event=_l("Your demand was declined"),
    short=_l(
        "What you asked for (%(what)s, number %(ref)s) was declined. Read why at %(site)s , "
        "where you may appeal."
    ),
)
YOURS_MERGED = _news(
    "yours_merged", _l("Your demand goes on together with another: %(what)s"), icon="link"
)
YOURS_TOMORROW = _news(
    "yours_tomorrow",
    _l("Your appointment: %(what)s"),
    text=_l("%(when)s · %(where)s"),
    icon="clock",
    urgent=True,
    short=_l(
        "Your appointment for %(what)s is on %(when)s, %(where)s. You can move or cancel it at "
        "%(site)s ."
    ),
)
FOLLOWED_RESOLVED = _news(
    "followed_resolved", _l("Resolved, which you follow: %(what)s"), icon="check"
)
FOLLOWED_ENDED = _news("followed_ended", _l("Ended, which you follow: %(what)s"), icon="flag")


#: Done with as soon as the holder acts.
ASKS_HOLDER = (
    NEW, FROM_BELOW, CLIMBED, BACK, FROM_ASIDE, REOPENED, APPEALED, DUE_SOON, OVERDUE, TO_REVIEW,
    VACANT, ANSWERED, GOES_ON, SUPERVISED,
)  # fmt: skip
#: Done with as soon as the resident acts.
ASKS_RESIDENT = (YOURS_ASKED, YOURS_RESOLVED, YOURS_DECLINED)
