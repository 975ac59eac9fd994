"""What fits together in a statement, and what its lines can be: decided from values alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final, NamedTuple

from dateutil.relativedelta import relativedelta

from saas.ledger import yuan

NOTHING: Final = Decimal()
VERBS: Final = ("match", "back", "wait", "close")
#: What of the book a line can be; what the bank took and gave; what nobody can explain.
BOOKED: Final = ("slip", "gift", "payout", "refund")
OWN: Final = ("fee", "interest")
KINDS: Final = (*BOOKED, *OWN, "other")


_EMPTY: Final = re.compile(r"0*(?:\.0{1,2})?")


def balance(text: str) -> Decimal | None:
    """A balance as it was written, which may be nothing; None for what is none."""
    return NOTHING if text.strip() and _EMPTY.fullmatch(text.strip()) else yuan(text)


def first_of(day: date) -> date:
    """The first day of its month."""
    return day.replace(day=1)


def next_month(month: date, months: int = 1) -> date:
    """The first day so many months later."""
    after: date = month + relativedelta(months=months)
    return after


@dataclass(frozen=True, slots=True, kw_only=True)
class BankLine:
    """A line as the bank tells it; ``words`` name the other side."""

    on: date
    amount: Decimal
    after: Decimal
    reference: str = ""
    words: str = ""


class Misfit(NamedTuple):
    """Where a statement does not fit: the line (None: the statement itself), which of its values,
    why, and the line it clashes with.
    """

    line: int | None
    name: str
    key: str
    other: int | None = None


def in_order(lines: Sequence[BankLine], opening: Decimal) -> Sequence[int]:
    """Places of the lines from the oldest on: some banks begin with the newest."""
    order = range(len(lines))
    for way in (order, order[::-1]):
        told = [lines[place] for place in way]
        if not [*_unfollowed(told, opening)]:
            return way
    return order[::-1] if lines and lines[0].on > lines[-1].on else order


def _unfollowed(lines: Iterable[BankLine], opening: Decimal) -> Iterable[int]:
    before = opening
    for place, line in enumerate(lines):
        if before + line.amount != line.after:
            yield place
        before = line.after


def misfits(
    lines: Sequence[BankLine], *, month: date, opening: Decimal, closing: Decimal, today: date,
    known: Collection[str],
) -> list[Misfit]:  # fmt: skip
    """Everything by which lines in their order do not fit the statement, or what is there."""
    found = [Misfit(place, "after", "unfollowed") for place in _unfollowed(lines, opening)]
    seen = dict[str, int]()
    for place, line in enumerate(lines):
        if first_of(line.on) != month:
            found.append(Misfit(place, "on", "other_month"))
        elif line.on > today:
            found.append(Misfit(place, "on", "in_the_future"))
        if line.reference and (other := seen.setdefault(line.reference, place)) != place:
            found.append(Misfit(place, "reference", "repeated", other))
        elif line.reference in known:
            found.append(Misfit(place, "reference", "there"))
    if opening + sum((one.amount for one in lines), NOTHING) != closing:
        found.append(Misfit(None, "closing", "sum"))
    return found


class Thing(NamedTuple):
    """Something of the book that went through the host's account: its kind and key, how much of
    it, from which day to which, and what it is called.
    """

    thing: str
    kind: str
    key: str
    amount: Decimal
    first: date
    last: date
    called: str


class Proposal(NamedTuple):
    """What a line could be; ``sure``: nothing else could, and nothing else could be this."""

    thing: Thing
    sure: bool


def _fits(line: Any, thing: Thing, days: int) -> int:
    """How well: 2 the same sum and reference, 1 the same sum about the day, 0 not at all."""
    if line.amount != thing.amount:
        return 0
    if line.reference and line.reference == thing.called:
        return 2
    span = timedelta(days=days)
    return int(thing.first - span <= line.on <= thing.last + span)


def proposals(
    lines: Iterable[Any], things: Iterable[Thing], days: int
) -> Mapping[int, list[Proposal]]:
    """What each open line could be, by its id: the best that there is, so many days around."""
    by_amount: dict[Decimal, list[Thing]] = {}
    for thing in things:
        by_amount.setdefault(thing.amount, []).append(thing)
    best: dict[int, list[Thing]] = {}
    for line in lines:
        ranked = [(_fits(line, one, days), one) for one in by_amount.get(line.amount, ())]
        top = max((rank for rank, _one in ranked), default=0)
        best[line.id] = [one for rank, one in ranked if rank == top and top]
    times = Counter(one.thing for found in best.values() for one in found)
    return {
        line: [Proposal(one, len(found) == 1 and times[one.thing] == 1) for one in found]
        for line, found in best.items()
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Book and bank at the end of a month, as one sum. ``own``: what the bank took and gave;
    ``unbooked``: lines that are nothing of the book yet; ``on_way``: what the book has and the bank
    had not; ``begin``: what differed before the first statement.
    """

    book: Decimal
    own: Decimal
    unbooked: Decimal
    on_way: Decimal
    begin: Decimal
    statement: Decimal

    @property
    def left(self) -> Decimal:
        """What nobody has explained; nothing, where every line is."""
        told = self.book + self.own + self.unbooked - self.on_way + self.begin
        return self.statement - told
