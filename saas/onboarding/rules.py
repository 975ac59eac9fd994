"""Pure decisions of setting up: the steps and how they stand, findings and what they amount to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from saas.kernel.schemas import labels_in

STEPS: Final = (
    "package",
    "streets",
    "units",
    "people",
    "rooms",
    "terms",
    "culture",
    "check",
    "live",
)
MARKS: Final = ("done", "skipped")
#: Steps that cannot be passed over: they are what the others are for.
NEVER_SKIPPED: Final = ("check", "live")
#: Steps that are done when somebody says so: what they are about comes with the package. All
#: others are done when their result is there.
SAID: Final = ("package", "terms", "culture")
#: The checks in the order of the list.
CHECKS: Final = (
    "ladder",
    "holders",
    "notice",
    "rooms",
    "contrast",
    "place",
    "second",
    "calendar",
)
_POSTS: Final = (
    "accounts.give_post",
    "accounts.take_post",
    "accounts.retire_post",
    "accounts.disable_person",
    "accounts.enable_person",
)
#: What each check judges: the actions after which its verdict is old, a whole domain by its dot.
JUDGES: Final[Mapping[str, tuple[str, ...]]] = {
    "ladder": ("territory.", *_POSTS),
    "holders": ("territory.", *_POSTS),
    "notice": ("notices.add_webhook",),
    "rooms": ("rooms.",),
    "contrast": ("themes.apply",),
    "place": ("themes.apply",),
    "second": _POSTS,
    "calendar": ("workdays.",),
}


def is_judged(action: str) -> bool:
    """Whether any check looks at what this action changed."""
    return any(_touches(action, watched) for watched in JUDGES.values())


def is_old(check: str, at: datetime, done: Mapping[str, datetime]) -> bool:
    """Whether something that the check judges was done after it looked; ``done``: action → when
    last.
    """
    return any(when > at and _touches(action, JUDGES[check]) for action, when in done.items())


def _touches(action: str, watched: tuple[str, ...]) -> bool:
    return any(action.startswith(w) if w.endswith(".") else action == w for w in watched)


@dataclass(frozen=True, slots=True)
class Step:
    """A step as the rail shows it. ``state``: done, skipped or todo."""

    key: str
    state: str


def steps_of(there: Collection[str], marks: Mapping[str, str]) -> list[Step]:
    """How every step stands: done where something is ``there`` or somebody said so."""
    return [Step(key, _state(key in there, marks.get(key))) for key in STEPS]


def _state(there: bool, mark: str | None) -> str:
    return "done" if there or mark == "done" else mark or "todo"


def next_step(steps: Sequence[Step]) -> str:
    """Where somebody goes on who comes back: the first step of which nothing was said or done."""
    return next((step.key for step in steps if step.state == "todo"), STEPS[-1])


def beside(key: str) -> tuple[str | None, str | None]:
    """The steps before and after one."""
    at = STEPS.index(key)
    before = STEPS[at - 1] if at else None
    return before, STEPS[at + 1] if at + 1 < len(STEPS) else None


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of evidence. ``state``: ok, gap or off. ``kind`` names its sentence and ``facts``
    fill it: JSON values, labels, moments in ISO form; of people their ids alone.

    ``key``: by it the gap can be accepted; empty where it has to be mended. ``path``: where, inside
    the district.
    """

    kind: str
    state: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    key: str = ""
    path: str = ""

    def stored(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "kind": self.kind,
            "state": self.state,
            "facts": dict(self.facts),
            "key": self.key,
            "path": self.path,
        }


def open_gaps(findings: Iterable[Finding], accepted: Collection[str]) -> int:
    """How many gaps nobody has mended or accepted."""
    return sum(f.state == "gap" and f.key not in accepted for f in findings)


def state_of(findings: Sequence[Finding], accepted: Collection[str]) -> str:
    """What a check amounts to: gap, accepted, ok, or off where there is nothing to look at."""
    if open_gaps(findings, accepted):
        return "gap"
    states = {finding.state for finding in findings}
    if "gap" in states:
        return "accepted"
    return "ok" if "ok" in states else "off"


def years_needed(year: int, month: int) -> tuple[int, ...]:
    """The years whose holidays must be known: from November on people plan for the next one."""
    return (year, year + 1) if month >= _PLANS_AHEAD else (year,)


_PLANS_AHEAD: Final = 11


def typed_lines(text: str, known: Collection[str]) -> list[dict[str, str]]:
    """Names, one a line and an English one after ``|``, without those that are ``known`` already or
    stand there twice.
    """
    names: dict[str, dict[str, str]] = {}
    for label in labels_in(text):
        if label["zh"] not in known:
            names.setdefault(label["zh"], label)
    return list(names.values())
