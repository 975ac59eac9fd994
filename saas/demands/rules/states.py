"""The one state table of demands.

A cell says what a verb does in a state, who may do it, and what must be said with it. What has no
cell is refused, whoever asks. The verbs of the clock are in the table like those of people.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

#: Running: the time of a level runs. The other living ones wait for a day or for the resident.
RUNNING: Final = ("waiting", "accepted", "doubted")
LIVING: Final = (*RUNNING, "asked", "suspended")
DONE: Final = ("resolved", "confirmed", "ended", "declined", "withdrawn", "merged")
STATES: Final = (*LIVING, *DONE)
CHANNELS: Final = ("own", "desk", "phone", "patrol", "room", "workbook", "api", "open311")


@dataclass(frozen=True, slots=True)
class Cell:
    """What a verb does in one state.

    ``by``: handler (acts for the unit that holds it), filer, helper (acts for a unit that was
    asked to join), supervisor (of a unit above), reviewer (of another level), clock.
    ``move``: up, down, to (a unit that is named), up_if_any, or nothing.
    ``clock``: accept and resolve begin that time anew, review too; pause, resume, stop, keep.
    ``asks``: what must be given with it.  ``top``: True only at the highest level, False only
    below it.
    """

    after: str
    by: str = "handler"
    move: str = ""
    clock: str = "keep"
    asks: tuple[str, ...] = ()
    top: bool | None = None


_REASON = ("reason",)


def _everywhere(verb: str, states: tuple[str, ...], **cell: object) -> dict[tuple[str, str], Cell]:
    """The same in several states, none of which it changes."""
    return {(state, verb): Cell(state, **cell) for state in states}  # type: ignore[arg-type]


TABLE: Final[Mapping[tuple[str, str], Cell]] = {
    # Nobody has accepted it yet.
    ("waiting", "accept"): Cell("accepted", clock="resolve"),
    ("waiting", "transfer"): Cell("waiting", move="to", clock="accept", asks=("reason", "unit")),
    ("waiting", "climb"): Cell("waiting", by="clock", move="up", clock="accept", top=False),
    ("waiting", "overdue"): Cell("waiting", by="clock", top=True),
    # In hand.
    ("accepted", "resolve"): Cell("resolved", clock="stop", asks=_REASON),
    ("accepted", "ask"): Cell("asked", clock="pause", asks=_REASON),
    ("accepted", "pass_up"): Cell("waiting", move="up", clock="accept", asks=_REASON, top=False),
    ("accepted", "return_down"): Cell("waiting", move="down", clock="accept", asks=_REASON),
    ("accepted", "transfer"): Cell("waiting", move="to", clock="accept", asks=("reason", "unit")),
    ("accepted", "join"): Cell("accepted", asks=("reason", "unit", "hours")),
    ("accepted", "contribute"): Cell("accepted", by="helper", asks=_REASON),
    ("accepted", "release"): Cell("accepted", asks=("reason", "unit")),
    ("accepted", "suspend"): Cell("suspended", clock="pause", asks=("code", "reason", "until")),
    ("accepted", "doubt"): Cell("doubted", clock="review", asks=("code", "reason")),
    ("accepted", "end"): Cell("ended", clock="stop", asks=_REASON, top=True),
    ("accepted", "climb"): Cell("waiting", by="clock", move="up", clock="accept", top=False),
    ("accepted", "overdue"): Cell("accepted", by="clock", top=True),
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
    ("doubted", "climb"): Cell("waiting", by="clock", move="up", clock="accept", top=False),
    ("doubted", "overdue"): Cell("doubted", by="clock", top=True),
    # Finished, and the resident has the last word for a while.
    ("resolved", "confirm"): Cell("confirmed", by="filer", clock="stop"),
    ("resolved", "reopen"): Cell("waiting", by="filer", clock="accept", asks=_REASON),
    ("resolved", "lapse"): Cell("confirmed", by="clock", clock="stop"),
    ("confirmed", "rate"): Cell("confirmed", by="filer", asks=("rating",)),
    ("confirmed", "reopen"): Cell("waiting", by="filer", clock="accept", asks=_REASON),
    ("ended", "rate"): Cell("ended", by="filer", asks=("rating",)),
    ("ended", "reopen"): Cell("waiting", by="filer", clock="accept", asks=_REASON),
    ("declined", "appeal"): Cell(
        "waiting", by="filer", move="up_if_any", clock="accept", asks=_REASON
    ),
    ("merged", "unmerge"): Cell("waiting", clock="accept", asks=_REASON),
    # Who withdraws the other one speaks for nobody else.
    ("merged", "part"): Cell("waiting", by="clock", clock="accept"),
    # What can be said or done whatever its state.
    **_everywhere("reply", ("accepted", "suspended", "asked"), asks=_REASON),
    **_everywhere("note", LIVING, asks=_REASON),
    **_everywhere("supervise", LIVING, by="supervisor", asks=_REASON),
    **{
        (state, "withdraw"): Cell("withdrawn", by="filer", clock="stop")
        for state in (*RUNNING, "asked", "suspended")
    },
    **{
        (state, "merge"): Cell("merged", clock="stop", asks=("into",))
        for state in ("waiting", "accepted")
    },
}
#: What is said or done beside its way: these do not change how a demand came to where it is.
BESIDE: Final = frozenset(
    {"reply", "note", "supervise", "join", "contribute", "release", "rate", "overdue"}
)
#: In the order in which a page offers them.
VERBS: Final = (
    "accept", "resolve", "contribute", "reply", "ask", "answer", "resume", "pass_up",
    "return_down", "transfer", "join", "release", "suspend", "doubt", "uphold", "overrule", "end",
    "merge", "unmerge", "supervise", "note", "confirm", "rate", "reopen", "appeal", "withdraw",
    "climb", "overdue", "wake", "lapse", "part",
)  # fmt: skip


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


def cell(facts: Facts, verb: str, windows: Windows) -> Cell | None:
    """The cell for ``verb`` now, or None: not in the table, or something stands in its way."""
    return None if obstacle(facts, verb, windows) else TABLE[facts.state, verb]


def obstacle(facts: Facts, verb: str, windows: Windows) -> str | None:
    """Why ``verb`` cannot be done now, as a word of `words.OBSTACLE`; None when it can."""
    found = TABLE.get((facts.state, verb))
    if found is None:
        return "state"
    if found.top is not None and found.top == facts.has_up:
        return "level"
    if (found.move == "up" and not facts.has_up) or (found.move == "down" and not facts.has_down):
        return "level"
    return _too_late(facts, verb, windows) or _unfinished(facts, verb)


def _too_late(facts: Facts, verb: str, windows: Windows) -> str | None:
    days = {"reopen": windows.reopen_days, "appeal": windows.appeal_days}.get(verb)
    return "window" if days is not None and facts.ended_ago > timedelta(days=days) else None


def _unfinished(facts: Facts, verb: str) -> str | None:
    if verb == "rate" and facts.rated:
        return "rated"
    if verb == "appeal" and facts.appealed:
        return "appealed"
    if verb in {"release", "contribute"} and not facts.helpers_open:
        return "state"
    # Who leads a joint handling hears every helper before it goes on.
    leaving = {"resolve", "pass_up", "return_down", "transfer", "end", "doubt", "merge", "suspend"}
    return "helpers" if verb in leaving and facts.helpers_open else None


def open_verbs(facts: Facts, windows: Windows, *, by: set[str]) -> list[str]:
    """The verbs that somebody who is ``by`` may use now, in the order of `VERBS`."""
    return [v for v in VERBS if (c := cell(facts, v, windows)) and c.by in by]
