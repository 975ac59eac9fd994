"""What can be declared: facts, the measures over them, and how they are divided."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

import sqlalchemy as sa

from saas.figures.cut import Cut
from saas.kernel.context import Label

Condition = sa.ColumnElement[bool]
Name = Label | date | str
#: State to flag to how many; "" stands for all of a state.
ByState = dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class Definition:
    """A figure's name, and how it comes about: what is counted, in words and as a formula."""

    name: object
    text: object


class Ground(Protocol):
    """The tree of units that facts lie in; the floor that has it gives it to its facts."""

    def lying(self, facts: Facts, cut: Cut) -> list[Condition]:
        """That facts lie where the cut looks; nothing where it looks everywhere."""

    def divided(self, facts: Facts, cut: Cut) -> Division:
        """By the units directly beneath."""


@dataclass(frozen=True, slots=True)
class Division:
    """``key`` is the group of a fact, ``table`` is what must be joined for it on ``on``.

    ``found`` are the groups in their order: key to name and to the cut of just its facts.
    """

    key: sa.ColumnElement[Any]
    found: Mapping[Any, tuple[Name, Cut]]
    table: sa.FromClause | None = None
    on: Condition | None = None

    def joined(self, query: sa.Select[Any], facts: Facts) -> sa.Select[Any]:
        """``query`` over facts, with what the key needs."""
        query = query.select_from(facts.table)
        return query if self.table is None else query.join(self.table, self.on)


@dataclass(frozen=True, slots=True)
class Dimension:
    """What facts can be narrowed down to: ``options`` are codes and names in their order, ``blank``
    stands for any. One without a condition is for the measures that ask about it, and not offered.
    """

    code: str
    name: object
    options: Callable[[], list[tuple[str, str]]]
    condition: Callable[[str], Condition] | None = None
    blank: object = ""


@dataclass(frozen=True, slots=True)
class Grouping:
    """A way to divide facts, and what its groups are."""

    name: object
    divide: Callable[[Facts, Cut], Division]


@dataclass(frozen=True, slots=True)
class Facts:
    """A table whose rows are counted. ``place`` is the column with the unit of a row, ``time`` the
    one with its moment (without it rows are counted as they stand), ``state`` the one by whose
    values measures tell rows apart, ``flags`` what else can be true of a row. ``only`` says which
    rows are facts at all; ``dimensions`` narrow them down, ``groupings`` divide them.
    """

    table: Any
    place: Any
    ground: Ground
    state: Any
    time: Any = None
    flags: Mapping[str, Condition] = field(default_factory=dict)
    only: Condition | None = None
    dimensions: tuple[Dimension, ...] = ()
    groupings: Mapping[str, Grouping] = field(default_factory=dict)

    def within(self, cut: Cut) -> list[Condition]:
        """A cut as conditions on the rows."""
        where = [] if self.only is None else [self.only]
        if cut.start and self.time is not None:
            moments = cut.moments()
            where += [self.time >= moments[0], self.time < moments[-1]]
        where += self.ground.lying(self, cut)
        where += [
            one.condition(value)
            for one in self.dimensions
            if (value := cut[one.code]) and one.condition
        ]
        return where


@dataclass(frozen=True, slots=True)
class Records:
    """The page with the records of a measure: whom it is for (a permission, "" is everybody), and
    what its address says of a cut; None where there is no page that lists just these.
    """

    endpoint: str
    needs: str
    asked: Callable[[Cut], Mapping[str, Any] | None]


def _always() -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Measure:
    """A row of ``facts`` counts when its state is one of ``states`` and one of ``flags`` is true of
    it; without flags, always. With ``amount`` (a column: yuan where it has decimals, else
    what ``unit`` says) their sum is meant.

    ``unit`` is what there are so many of, ``grain`` what one of them is in the data; ``owner`` is
    the domain. ``version`` grows when the same records would count differently. ``no_target``: why
    an aim for it would harm what it measures, as a sentence; with one none may be set
    (`commands.ensure_target`). ``possible`` says whether this district can have any at all; where
    it cannot, that is said instead of a 0. ``public`` ones stand on the page that everybody can
    open. ``per``: their sum is divided by that measure over the same cut; where either is nothing,
    it is not known, and ``unknown`` says why.
    """

    code: str
    words: Definition
    facts: Facts
    states: frozenset[str]
    unit: object
    grain: str
    owner: str
    flags: tuple[str, ...] = ()
    amount: Any = None
    per: Measure | None = None
    unknown: object = ""
    version: int = 1
    no_target: object = ""
    public: bool = False
    records: Records | None = None
    possible: Callable[[], bool] = _always

    @property
    def is_money(self) -> bool:
        """Whether it is said in yuan and fen."""
        return self.amount is not None and not isinstance(self.amount.type, sa.Integer)

    @property
    def condition(self) -> Condition:
        """The same as a condition on the rows of its facts."""
        facts, states = self.facts, self.facts.state.in_(sorted(self.states))
        flags = [facts.flags[flag] for flag in self.flags]
        return sa.and_(states, sa.or_(*flags)) if flags else states

    def count(self, by_state: ByState) -> int:
        """How many there are, from counts by state and flag."""
        return sum(
            counted[flag]
            for state, counted in by_state.items()
            if state in self.states
            for flag in self.flags or ("",)
        )
