"""The one state table of demands. The verbs of the clock are in it like those of people.

``by``: handler (acts for the unit that holds it), filer, helper (acts for a unit that was asked to
join), supervisor (of a unit above), reviewer (of another level), clock.
``move``: up, down, to (a unit that is named), up_if_any, or nothing.
``clock``: accept and resolve begin that time anew, review too; pause, resume, stop, keep. A level's
clock starts when a demand enters it and again when it is accepted there; what is said about it
never starts one.
``unless``: a word of `Facts.bars`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from saas.casework import table
from saas.casework.clock import Clock
from saas.casework.table import Cell, Table, everywhere

#: Running: the time of a level runs. The other living ones wait for a day or for the resident.
RUNNING: Final = ("waiting", "accepted", "doubted")
LIVING: Final = (*RUNNING, "asked", "suspended")
DONE: Final = ("resolved", "confirmed", "ended", "declined", "withdrawn", "merged")
STATES: Final = (*LIVING, *DONE)
#: The resident says what comes next: answers, or says whether it is solved.
RESIDENTS_TURN: Final = ("asked", "resolved")
#: The job that looks at everything that is due.
CLOCK_JOB: Final = "demands.tick"
CHANNELS: Final = ("own", "desk", "phone", "patrol", "room", "workbook", "api", "open311")
#: Where a photo belongs: to what was reported, to what was done about it, to a note of staff.
BEFORE: Final = "before"
AFTER: Final = "after"
NOTED: Final = "note"

_BLANK: Final = re.compile(r"\{([^{}]*)\}")
#: What stands where there is nothing to fill in: a gap that a person sees and fills.
_GAP: Final = "____"
_BRACKETED: Final = re.compile(r"\uff08[^\uff09]{2,}\uff09|\([^)]{2,}\)")

_REASON = ("reason",)
_AND_UNIT = ("reason", "unit")
#: Who leads a joint handling hears every helper before it goes on.
_HELPERS = ("helpers",)
_TOP, _BELOW = ("top",), ("below_top",)
_REOPEN = Cell("waiting", by="filer", clock="accept", asks=_REASON, unless=("reopen_over",))


TABLE: Final[Table] = {
    # Nobody has accepted it yet.
    ("waiting", "accept"): Cell("accepted", clock="resolve"),
    ("waiting", "transfer"): Cell(
        "waiting", move="to", clock="accept", asks=_AND_UNIT, unless=_HELPERS
    ),
    ("waiting", "climb"): Cell("waiting", by="clock", move="up", clock="accept", unless=_TOP),
    ("waiting", "overdue"): Cell("waiting", by="clock", unless=_BELOW),
    # In hand.
    ("accepted", "resolve"): Cell("resolved", clock="stop", asks=_REASON, unless=_HELPERS),
    ("accepted", "ask"): Cell("asked", clock="pause", asks=_REASON),
    ("accepted", "pass_up"): Cell(
        "waiting", move="up", clock="accept", asks=_REASON, unless=("top", "helpers")
    ),
    ("accepted", "return_down"): Cell(
        "waiting", move="down", clock="accept", asks=_REASON, unless=("bottom", "helpers")
    ),
    ("accepted", "transfer"): Cell(
        "waiting", move="to", clock="accept", asks=_AND_UNIT, unless=_HELPERS
    ),
    ("accepted", "join"): Cell("accepted", asks=("reason", "unit", "hours")),
    ("accepted", "contribute"): Cell("accepted", by="helper", asks=_REASON, unless=("no_helpers",)),
    ("accepted", "release"): Cell("accepted", asks=_AND_UNIT, unless=("no_helpers",)),
    ("accepted", "suspend"): Cell(
        "suspended", clock="pause", asks=("code", "reason", "until"), unless=_HELPERS
    ),
    ("accepted", "doubt"): Cell(
        "doubted", clock="review", asks=("code", "reason"), unless=_HELPERS
    ),
    ("accepted", "end"): Cell("ended", clock="stop", asks=_REASON, unless=("below_top", "helpers")),
    ("accepted", "climb"): Cell("waiting", by="clock", move="up", clock="accept", unless=_TOP),
    ("accepted", "overdue"): Cell("accepted", by="clock", unless=_BELOW),
    # The resident was asked something.
    ("asked", "answer"): Cell("accepted", by="filer", clock="resume", asks=_REASON),
    ("asked", "resume"): Cell("accepted", clock="resume"),
    ("asked", "wake"): Cell("accepted", by="clock", clock="resume"),
    # Nothing can be done before a day that was named.
    ("suspended", "resume"): Cell("accepted", clock="resume"),
    ("suspended", "wake"): Cell("accepted", by="clock", clock="resume"),
    # One pair of eyes finds it not reasonable.
    ("doubted", "uphold"): Cell("declined", by="reviewer", clock="stop", asks=_REASON),
    ("doubted", "overrule"): Cell("accepted", by="reviewer", clock="resolve", asks=_REASON),
    ("doubted", "climb"): Cell("waiting", by="clock", move="up", clock="accept", unless=_TOP),
    ("doubted", "overdue"): Cell("doubted", by="clock", unless=_BELOW),
    # Finished, and the resident has the last word for a while.
    ("resolved", "confirm"): Cell("confirmed", by="filer", clock="stop"),
    ("resolved", "reopen"): _REOPEN,
    # Silence is consent where the resident was reached, and nowhere else.
    ("resolved", "lapse"): Cell("confirmed", by="clock", clock="stop", unless=("unreached",)),
    ("resolved", "hold"): Cell("resolved", by="clock", unless=("reached",)),
    ("confirmed", "rate"): Cell("confirmed", by="filer", asks=("rating",), unless=("rated",)),
    ("confirmed", "reopen"): _REOPEN,
    ("ended", "rate"): Cell("ended", by="filer", asks=("rating",), unless=("rated",)),
    ("ended", "reopen"): _REOPEN,
    ("declined", "appeal"): Cell(
        "waiting",
        by="filer",
        move="up_if_any",
        clock="accept",
        asks=_REASON,
        unless=("appeal_over", "appealed"),
    ),
    ("merged", "unmerge"): Cell("waiting", clock="accept", asks=_REASON),
    # Who withdraws the other one speaks for nobody else.
    ("merged", "part"): Cell("waiting", by="clock", clock="accept"),
    # What can be said or done whatever its state.
    **everywhere("reply", ("accepted", "suspended", "asked"), asks=_REASON),
    **everywhere("note", LIVING, asks=_REASON),
    **everywhere("supervise", LIVING, by="supervisor", asks=_REASON),
    **{
        (state, "withdraw"): Cell("withdrawn", by="filer", clock="stop")
        for state in (*RUNNING, "asked", "suspended")
    },
    **{
        (state, "merge"): Cell("merged", clock="stop", asks=("into",), unless=_HELPERS)
        for state in ("waiting", "accepted")
    },
}
VERBS: Final = table.verbs_of(TABLE)
#: What is said or done beside its way: these do not change how a demand came to where it is.
BESIDE: Final = table.beside(TABLE)


@dataclass(frozen=True, slots=True)
class Windows:
    """For how many days something can still be done, counted in whole days of 24 hours."""

    reopen_days: int
    appeal_days: int
    confirm_days: int
    answer_days: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What the table needs to know of a demand beside its state."""

    state: str
    has_up: bool = True
    has_down: bool = True
    ended_ago: timedelta = timedelta()
    rated: bool = False
    appealed: bool = False
    helpers_open: int = 0
    reached: bool = True

    def bars(self, windows: Windows) -> set[str]:
        """What stands in the way of some verbs now, as cells and `words.OBSTACLE` call it."""
        standing = {
            "top": not self.has_up,
            "below_top": self.has_up,
            "bottom": not self.has_down,
            "reopen_over": self.ended_ago > timedelta(days=windows.reopen_days),
            "appeal_over": self.ended_ago > timedelta(days=windows.appeal_days),
            "rated": self.rated,
            "appealed": self.appealed,
            "helpers": self.helpers_open > 0,
            "no_helpers": self.helpers_open == 0,
            "reached": self.reached,
            "unreached": not self.reached,
        }
        return {bar for bar, stands in standing.items() if stands}


def obstacle(facts: Facts, verb: str, windows: Windows) -> str | None:
    """Why ``verb`` cannot be done now, as a word of `words.OBSTACLE`; None when it can."""
    return table.obstacle(TABLE, facts.state, verb, facts.bars(windows))


def open_verbs(facts: Facts, windows: Windows, *, by: set[str]) -> list[str]:
    """The verbs that somebody who is ``by`` may use now."""
    return table.open_verbs(TABLE, facts.state, facts.bars(windows), by=by)


def cells_of(verb: str) -> list[Cell]:
    """What a verb does in each state in which it can be done."""
    return [cell for (_, name), cell in TABLE.items() if name == verb]


def light(state: str, clock: Clock, now: datetime) -> str:
    """good, warn or late; waiting while a clock stands; done, or ended without a result."""
    if state in DONE:
        return "done" if state in {"resolved", "confirmed"} else "ended"
    if state not in RUNNING:
        return "paused"
    if clock.due_at is None:
        return "good"
    if now >= clock.due_at:
        return "late"
    return "warn" if clock.warn_at and now >= clock.warn_at else "good"


def consents_at(reached: datetime | None, confirm_days: int) -> datetime | None:
    """When the silence of somebody who was ``reached`` then counts as consent; never otherwise."""
    return reached + timedelta(days=confirm_days) if reached else None


def still_to_fill(text: str, templates: Iterable[str]) -> list[str]:
    """The bracketed parts of ``templates`` that stand in ``text`` as they were: whoever took the
    template was to write something there.
    """
    asked = {part for template in templates for part in _BRACKETED.findall(template)}
    return sorted(part for part in asked if part in text)


def filled(text: str, values: Mapping[str, str]) -> str:
    """``text`` with its blanks filled; where a value is missing a gap stays to be seen."""
    return _BLANK.sub(lambda match: values.get(match.group(1)) or _GAP, text)
