"""What may be done with an organisation and with a plan, and when silence is too long.

States and verbs follow what Chinese practice calls filing, registration, incubation, exit; where a
threshold comes from stands with the type in the district's model, not here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from stdnum.cn import uscc

from saas.casework import Cell, everywhere

STATES: Final = (
    "draft", "proposed", "refused", "active", "dormant", "suspended", "leaving", "left",
)  # fmt: skip
#: In the register: counted, shown to residents where active.
LIVING: Final = frozenset({"active", "dormant", "suspended", "leaving"})
#: Residents find these.
OPEN: Final = ("active",)
NEEDS: Final = ("registration", "filing", "recognition")
#: Papers that staff writes down; the others come by acts.
PAPERS: Final = ("charity", "assessment", "social_enterprise")
CREDENTIALS: Final = (*NEEDS, *PAPERS)
POSTS: Final = ("leader", "contact", "finance")
SIGNS: Final = ("activity", "party_activity", "promotion", "visit", "proof")
MENTORS: Final = ("business", "party", "social_work")
LEADS: Final = ("league", "pioneers")

#: Decided by two people: the first asks, a second one does it or does not.
TWO: Final = (
    "enter", "promote", "hold", "put_back", "graduate", "sleep", "wake", "warn", "suspend",
    "resume", "transform", "close",
)  # fmt: skip
_GROWING: Final = ("not_entered", "graduated")


def _two(state: str, after: str, verb: str, **more: Any) -> dict[tuple[str, str], Cell]:
    return {(state, verb): Cell(after, by="decider", **more)}


TABLE: Final[Mapping[tuple[str, str], Cell]] = {
    ("draft", "propose"): Cell("proposed", by="own", unless=("no_leader",)),
    ("refused", "propose"): Cell("proposed", by="own"),
    ("proposed", "advise"): Cell("proposed", by="handler", asks=("reason",), unless=("advised",)),
    ("proposed", "file"): Cell("active", by="decider", asks=("number",), unless=("not_advised",)),
    ("proposed", "refuse"): Cell("refused", by="decider", asks=("reason",)),
    ("draft", "take_over"): Cell("active", by="decider", asks=("number",)),
    ("draft", "drop"): Cell("left", by="own"),
    ("proposed", "drop"): Cell("left", by="own"),
    ("refused", "drop"): Cell("left", by="either"),
    ("active", "inquire"): Cell("active", by="handler"),
    ("active", "renew"): Cell("active", by="decider", asks=("number",)),
    ("active", "prove"): Cell("active", by="own", clock="alive", asks=("reason",)),
    ("dormant", "prove"): Cell("active", by="own", clock="alive", asks=("reason",)),
    ("active", "call"): Cell("active", by="clock", clock="call"),
    ("active", "doze"): Cell("dormant", by="clock", clock="stop"),
    **_two("active", "active", "enter", unless=("entered",), move="first"),
    **_two("active", "active", "promote", unless=(*_GROWING, "top", "unmet"), move="up"),
    **_two("active", "active", "hold", unless=_GROWING, asks=("reason",)),
    **_two("active", "active", "put_back", unless=(*_GROWING, "bottom"), move="down",
           asks=("reason",)),
    **_two("active", "active", "graduate", unless=(*_GROWING, "not_top", "unmet"), move="out"),
    **_two("active", "active", "transform", asks=("to", "number"), move="other"),
    **_two("active", "dormant", "sleep", asks=("reason",), clock="stop"),
    **_two("dormant", "active", "wake", asks=("reason",), clock="alive"),
    **_two("active", "active", "warn", asks=("reason",)),
    **_two("dormant", "dormant", "warn", asks=("reason",)),
    **_two("active", "suspended", "suspend", asks=("reason",), clock="stop"),
    **_two("suspended", "active", "resume", clock="alive"),
    **{(s, "leave"): Cell("leaving", by="either", asks=("exit", "reason"), clock="stop")
       for s in ("active", "dormant")},
    ("suspended", "leave"): Cell("leaving", by="decider", asks=("exit", "reason"), clock="stop"),
    ("leaving", "stay"): Cell("active", by="decider", asks=("reason",), clock="alive"),
    **_two("leaving", "left", "close", unless=("running",)),
    **everywhere("undo", ("active", "dormant", "suspended", "leaving"), by="decider",
                 unless=("not_asked",)),
    **everywhere("move", tuple(s for s in STATES if s != "left"), by="system"),
    **everywhere("note", ("proposed", *sorted(LIVING)), by="handler", asks=("reason",)),
}  # fmt: skip

PLAN_STATES: Final = ("checking", "returned", "passed", "running", "finished", "dropped")
PLANS: Final[Mapping[tuple[str, str], Cell]] = {
    ("checking", "pass"): Cell("passed", by="station", asks=("reason",)),
    ("checking", "send_back"): Cell("returned", by="station", asks=("reason",)),
    ("returned", "hand_in"): Cell("checking", by="own", asks=("reason",)),
    ("passed", "begin"): Cell("running", by="own"),
    ("running", "supervise"): Cell("running", by="station", asks=("reason",)),
    ("running", "finish"): Cell("finished", by="station", asks=("reason",)),
    **{(s, "withdraw"): Cell("dropped", by="own") for s in ("checking", "returned", "passed")},
}

#: So many days before it would fall asleep an organisation is asked, and once more at half time.
CALLED_BEFORE: Final = 30


@dataclass(frozen=True, slots=True)
class Measured:
    """A criterion as it stood at a moment."""

    measure: str
    at_least: int
    within_days: int | None
    found: int

    @property
    def met(self) -> bool:
        """Whether it is enough."""
        return self.found >= self.at_least


def next_look(alive_on: date, silent_days: int, calls: int) -> date:
    """The day on which the clock looks again, ``calls`` times having asked since ``alive_on``."""
    asleep = alive_on + timedelta(days=silent_days)
    return asleep - timedelta(days=(CALLED_BEFORE, CALLED_BEFORE // 2, 0)[min(calls, 2)])


def clean_uscc(text: str) -> str | None:
    """A unified social credit code (GB 32100-2015) whose check digit fits, else None."""
    found = uscc.compact(text).upper()
    return found if uscc.is_valid(found) else None


def unmet(measured: Iterable[Measured]) -> list[Measured]:
    """Those that are not met."""
    return [one for one in measured if not one.met]
