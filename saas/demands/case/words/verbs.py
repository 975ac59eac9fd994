"""The verbs of demands, one row each: what is said of it, whom it concerns, what it shows.

In the order in which a page offers them. Where a verb can be used, by whom and what it does there
stands in the state table (`rules.states`); a verb is a row here and its cells there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from saas import casework
from saas.demands.case.words import facts, kinds
from saas.kernel.i18n import lazy_gettext as _l
from saas.notices.words import Kind

#: Where buttons stand on the page; the first of the first group is the biggest. Residents have
#: theirs ("own") elsewhere.
GROUPS: Final = {
    "next": "",
    "tell": _l("Tell or ask"),
    "pass": _l("Pass on"),
    "decide": _l("Decide"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb(casework.Verb[Kind]):
    """A verb of demands.

    ``notices`` go to: queue (who works where it came), holder, left (whom it left), helper, filer,
    followers, reviewers, supervisors. ``offers``: what can be chosen from, units below, aside,
    asked (to join) or own_parts (for whom the actor helps), or demands about the same; ``cause``:
    for what use a cause is chosen. ``way``: enters (a unit comes to have it by this), moves (and
    its story names that unit). ``tagged``: shown in lists as the last that happened. ``quoted``:
    its words stand beside what the resident may do. ``settles``: what the resident was asked is
    asked no more. ``shows``: its photos show what was done, those of others what is the matter.
    """

    offers: str = ""
    cause: str = ""
    way: str = ""
    tagged: bool = False
    quoted: bool = False
    settles: bool = False
    shows: bool = False


_ROWS: Final = (
    Verb(
        code="file", done=_l("Filed"),
        tone="planned",
        notices={"queue": kinds.NEW}, fact=facts.FILED, way="enters",
    ),
    Verb(
        code="accept", done=_l("Accepted"), do=_l("Accept"),
        icon="check", tone="good", group="next",
        notices={"filer": kinds.YOURS_ACCEPTED}, fact=facts.ACCEPTED,
    ),
    Verb(
        code="resolve", done=_l("Resolved"), do=_l("Resolve"),
        ask=_l("What was done? The resident reads it."),
        icon="check", tone="done", group="next", may=("photo",),
        notices={"filer": kinds.YOURS_RESOLVED, "followers": kinds.FOLLOWED_RESOLVED},
        fact=facts.RESOLVED, quoted=True,
        shows=True,
    ),
    Verb(
        code="contribute", done=_l("Part done"), do=_l("Part done"),
        ask=_l("What did you do?"),
        icon="check", tone="good", group="next", may=("unit", "photo"), offers="own_parts",
        notices={"holder": kinds.CONTRIBUTED},
        shows=True,
    ),
    Verb(
        code="reply", done=_l("Replied"), do=_l("Reply"),
        ask=_l("What do you want to tell the resident?"),
        icon="notice", tone="planned", group="tell", may=("photo",),
        notices={"filer": kinds.YOURS_REPLIED},
        shows=True,
    ),
    Verb(
        code="ask", done=_l("Asked the resident"), do=_l("Ask resident"),
        ask=_l("What do you need to know? The clock stands until the resident answers."),
        icon="person", tone="paused", group="tell", may=("photo",),
        notices={"filer": kinds.YOURS_ASKED}, fact=facts.PAUSED, quoted=True,
    ),
    Verb(
        code="answer", done=_l("Answered by the resident"), do=_l("Answer"),
        ask=_l("Your answer"),
        icon="notice", tone="good", group="own", may=("photo",),
        notices={"holder": kinds.ANSWERED}, fact=facts.RESUMED, settles=True,
    ),
    Verb(
        code="resume", done=_l("Taken up again"), do=_l("Take up"),
        icon="next", tone="good", group="next", fact=facts.RESUMED, settles=True,
    ),
    Verb(
        code="pass_up", done=_l("Passed up"), do=_l("Pass up"),
        ask=_l("Why does it need the next level? The resident reads it."),
        icon="up", tone="waiting", group="pass", may=("photo",),
        notices={"queue": kinds.FROM_BELOW, "filer": kinds.YOURS_MOVED}, fact=facts.MOVED,
        way="moves",
    ),
    Verb(
        code="return_down", done=_l("Returned"), do=_l("Return"),
        ask=_l("What should the level below do? The resident reads it."),
        icon="return", tone="warn", group="pass", may=("unit", "photo"), offers="below",
        notices={"queue": kinds.BACK, "filer": kinds.YOURS_MOVED}, fact=facts.MOVED, way="moves",
        tagged=True,
    ),
    Verb(
        code="transfer", done=_l("Transferred"), do=_l("Transfer"),
        ask=_l("Why is it their business? The resident reads it."),
        icon="next", tone="waiting", group="pass", may=("photo",), offers="aside",
        notices={"queue": kinds.FROM_ASIDE, "filer": kinds.YOURS_MOVED}, fact=facts.MOVED,
        way="moves", tagged=True,
    ),
    Verb(
        code="join", done=_l("Asked to join"), do=_l("Ask to join"),
        ask=_l("What should they do?"),
        icon="people", tone="waiting", group="pass", may=("photo",), offers="aside",
        notices={"helper": kinds.ASKED_TO_JOIN},
    ),
    Verb(
        code="release", done=_l("Let go"), do=_l("Let go"),
        ask=_l("Why are they no longer needed?"),
        icon="close", tone="paused", group="pass", offers="asked",
    ),
    Verb(
        code="suspend", done=_l("Put on hold"), do=_l("Put on hold"),
        ask=_l("What is it waiting for? The resident reads it."),
        icon="pause", tone="paused", group="decide", may=("photo",), cause="suspend",
        notices={"filer": kinds.YOURS_SUSPENDED}, fact=facts.PAUSED,
    ),
    Verb(
        code="doubt", done=_l("Found not reasonable, to be reviewed"), do=_l("Not reasonable"),
        ask=_l("Why is it not reasonable? A second person decides; the resident reads it."),
        icon="warning", tone="warn", group="decide", may=("photo",), cause="decline",
        notices={"reviewers": kinds.TO_REVIEW}, fact=facts.PAUSED,
    ),
    Verb(
        code="uphold", done=_l("Declined after review"), do=_l("Decline"),
        ask=_l("Why do you decline it? The resident reads it and may appeal."),
        icon="flag", tone="ended", group="next",
        notices={
            "holder": kinds.JUDGED, "filer": kinds.YOURS_DECLINED,
            "followers": kinds.FOLLOWED_ENDED,
        },
        fact=facts.ENDED, quoted=True,
    ),
    Verb(
        code="overrule", done=_l("Found reasonable after review"), do=_l("Reasonable"),
        ask=_l("Why is it reasonable?"),
        icon="check", tone="good", group="next",
        notices={"holder": kinds.JUDGED}, fact=facts.ACCEPTED,
    ),
    Verb(
        code="end", done=_l("Ended"), do=_l("End"),
        ask=_l("Why does it end here? The resident reads it."),
        icon="flag", tone="ended", group="decide", may=("photo",),
        notices={"filer": kinds.YOURS_ENDED, "followers": kinds.FOLLOWED_ENDED}, fact=facts.ENDED,
        quoted=True,
        shows=True,
    ),
    Verb(
        code="merge", done=_l("Merged with another demand"), do=_l("Merge"),
        icon="link", tone="ended", group="decide", offers="same",
        notices={"filer": kinds.YOURS_MERGED}, fact=facts.ENDED,
    ),
    Verb(
        code="unmerge", done=_l("Taken apart again"), do=_l("Take apart"),
        ask=_l("Why is it a matter of its own?"),
        icon="undo", tone="warn", group="decide",
        notices={"queue": kinds.BACK}, fact=facts.REOPENED,
    ),
    Verb(
        code="supervise", done=_l("Supervised"), do=_l("Supervise"),
        ask=_l("What do you expect?"),
        icon="flag", tone="warn", group="decide", may=("hours", "photo"),
        notices={"holder": kinds.SUPERVISED},
    ),
    Verb(
        code="note", done=_l("Note"), do=_l("Add note"),
        ask=_l("A note for colleagues; the resident does not see it."),
        icon="edit", tone="planned", group="tell", may=("photo",), internal=True,
    ),
    Verb(
        code="confirm", done=_l("Confirmed by the resident"), do=_l("Confirm"),
        icon="check", tone="done", group="own", may=("rating", "reason"), fact=facts.CONFIRMED,
        settles=True,
    ),
    Verb(
        code="rate", done=_l("Rated"), do=_l("Rate"),
        icon="flag", tone="done", group="own", may=("reason",),
    ),
    Verb(
        code="reopen", done=_l("Reopened"), do=_l("Reopen"),
        ask=_l("What is still not right?"),
        icon="undo", tone="warn", group="own", may=("photo",),
        notices={"queue": kinds.REOPENED}, fact=facts.REOPENED, way="enters", tagged=True,
        settles=True,
    ),
    Verb(
        code="appeal", done=_l("Appealed by the resident"), do=_l("Appeal"),
        ask=_l("Why do you think it is reasonable?"),
        icon="up", tone="waiting", group="own", may=("photo",),
        notices={"queue": kinds.APPEALED}, fact=facts.REOPENED, way="enters", tagged=True,
        settles=True,
    ),
    Verb(
        code="withdraw", done=_l("Withdrawn"), do=_l("Withdraw"),
        icon="undo", tone="ended", group="own",
        notices={"holder": kinds.WITHDRAWN}, fact=facts.ENDED, settles=True,
    ),
    Verb(
        code="climb", done=_l("Passed up by deadline"),
        tone="waiting",
        notices={"queue": kinds.CLIMBED, "left": kinds.CLIMBED_AWAY, "filer": kinds.YOURS_MOVED},
        fact=facts.MOVED, way="moves", tagged=True,
    ),
    Verb(
        code="overdue", done=_l("Deadline passed at the highest level"),
        tone="late",
        notices={"supervisors": kinds.OVERDUE},
    ),
    Verb(
        code="wake", done=_l("Taken up again by the clock"),
        tone="good",
        notices={"holder": kinds.GOES_ON}, fact=facts.RESUMED, settles=True,
    ),
    Verb(
        code="lapse", done=_l("Counts as confirmed: no answer came"),
        tone="done", fact=facts.CONFIRMED, settles=True,
    ),
    Verb(
        code="hold", done=_l("Not counted as confirmed: the resident was not reached"),
        tone="warn",
    ),
    Verb(
        code="part", done=_l("Taken apart again"),
        tone="warn",
        notices={"queue": kinds.BACK, "filer": kinds.YOURS_MOVED},
    ),
    Verb(
        code="rebook", done=_l("Appointment moved"),
        tone="planned",
        notices={"holder": kinds.REBOOKED},
    ),
    Verb(
        code="remind", done=_l("Reminded of the appointment"),
        tone="planned",
        notices={"filer": kinds.YOURS_TOMORROW},
    ),
    Verb(
        code="take_over", done=_l("Taken over when units were merged"),
        tone="waiting", fact=facts.MOVED, way="moves",
    ),
)  # fmt: skip
VERBS: Final = {row.code: row for row in _ROWS}
#: What was done, for the story.
DONE: Final = {row.code: row.done for row in _ROWS}
#: What a button says.
DO: Final = {row.code: row.do for row in _ROWS if row.do}
