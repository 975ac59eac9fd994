"""history.yaml: a year of a demo district in one line a demand.

A line is ``2020-03-02T09:15 rubbish guiyuan_1 own accept+1.5 resolve+20 rate+30=5``: when, about
what, where, by which channel, then each verb with the hours on the clock since the one before, and
behind ``=`` what the verb needs: stars, a reason code (``suspend+2=parts/7`` for seven days), or a
unit (``join+3=ecology/16`` for sixteen working hours). Who acts follows from who holds it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from saas.packages.schemas.fields import Code, Many, TextField, Value, fail

_STEP = re.compile(r"([a-z_]+)\+(\d{1,5}(?:\.\d{1,3})?)(?:=([a-z0-9_]+)(?:/(\d{1,4}))?)?")
_LEAST = 3
_WHEN = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")


@dataclass(frozen=True, slots=True)
class PastStep:
    """A verb so many hours after the one before; ``what`` and ``number`` are what it needs."""

    verb: str
    hours: float
    what: str = ""
    number: int | None = None


@dataclass(frozen=True, slots=True)
class PastDemand:
    """One line; ``at`` is local time without a zone."""

    at: datetime
    category: str
    unit: str
    channel: str
    steps: tuple[PastStep, ...]


class PastField(Value):
    """A line of the year."""

    def taken(self, value: Any) -> PastDemand:
        """The demand that it tells of."""
        if not isinstance(value, str):
            fail("not_text")
        when, *names = value.split() or [""]
        steps = [_STEP.fullmatch(step) for step in names[3:]]
        if len(names) < _LEAST or not _WHEN.fullmatch(when) or None in steps:
            fail("bad_history", found=value[:60])
        try:
            at = datetime.fromisoformat(when)
        except ValueError:
            fail("bad_date", found=when)
        category, unit, channel = names[:3]
        return PastDemand(at, category, unit, channel, tuple(_step(m) for m in steps if m))


def _step(match: re.Match[str]) -> PastStep:
    verb, hours, what, number = match.groups()
    return PastStep(verb, float(hours), what or "", int(number) if number else None)


@dataclass(frozen=True, slots=True)
class Texts:
    """What people write about a category, or say with a verb: taken in turn."""

    of: Code
    texts: Annotated[tuple[Annotated[str, TextField(limit=200)], ...], Many(least=1)]


@dataclass(frozen=True, slots=True)
class History:
    """A year that is over."""

    words: tuple[Texts, ...]
    says: tuple[Texts, ...]
    demands: tuple[Annotated[PastDemand, PastField()], ...]
