"""A domain's board of figures: measures side by side over the same facts, divided by one thing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from saas.figures.counting import count_groups
from saas.figures.cut import Cut
from saas.figures.facts import ByState, Definition, Division, Facts, Measure, Name
from saas.kernel.db import rows

_SHARES: Final = (0.5, 0.9)
_WHEN = sa.DateTime(timezone=True)
_WHENS = ARRAY(_WHEN)


@dataclass(frozen=True, slots=True)
class Line:
    """The figures of one group by the board's own names. ``median`` and ``ninth`` (the 90th
    percentile) are of its spread.
    """

    counts: Mapping[str, int]
    median: float | None = None
    ninth: float | None = None

    def __getitem__(self, measure: str) -> int:
        return self.counts[measure]


@dataclass(frozen=True, slots=True)
class Group:
    """A line of a table: what it is about, its figures, and the cut that has just its facts."""

    name: Name
    line: Line
    cut: Cut


@dataclass(frozen=True, slots=True)
class Derived:
    """A figure that is worked out of counted ones; ``opens`` names the measure whose records it
    opens. A ``rate`` is a share of 1.
    """

    words: Definition
    value: Callable[[Line], float | None]
    opens: str
    rate: bool = False


def share_of(words: Definition, part: str, whole: str) -> Derived:
    """One measure as a share of another."""

    def value(line: Line) -> float | None:
        return line[part] / line[whole] if line[whole] else None

    return Derived(words, value, part, rate=True)


@dataclass(frozen=True, slots=True)
class Board:
    """``measures`` and ``derived`` by short names, which stand in addresses and in kept reports;
    ``columns`` are those of the table. ``spread`` is a column and the measure over whose facts its
    percentiles are taken. ``further`` are definitions of what is drawn beside it. ``page`` and
    ``records`` are endpoints.
    """

    title: object
    source: object
    facts: Facts
    measures: Mapping[str, Measure]
    derived: Mapping[str, Derived]
    columns: tuple[str, ...]
    page: str
    records: str
    spread: tuple[Any, str] | None = None
    further: Mapping[str, Definition] = field(default_factory=dict)

    def definition(self, key: str) -> Definition:
        """The name and meaning of a figure."""
        if key in self.measures:
            return self.measures[key].words
        return self.derived[key].words if key in self.derived else self.further[key]

    @property
    def definitions(self) -> list[Definition]:
        """Every definition of the table, counted figures first."""
        counted = [one.words for one in self.measures.values()]
        return [*counted, *(one.words for one in self.derived.values())]

    @property
    def nothing(self) -> Line:
        """The figures of a group without facts."""
        return Line(dict.fromkeys(self.measures, 0))

    def _line(self, by_state: ByState, spread: tuple[float, float] | None = None) -> Line:
        counts = {name: one.count(by_state) for name, one in self.measures.items()}
        return Line(counts, *(spread or ()))

    def table(self, cut: Cut, by: str) -> tuple[Line, list[Group]]:
        """The figures of the whole, and of each group in its order. Groups without facts are left
        out, months are not.
        """
        division = self.facts.groupings[by].divide(self.facts, cut)
        counted = count_groups(self.facts, cut, division, tuple(self.facts.flags))
        spread = self._spread(cut, division) if self.spread else {}
        lines = {key: self._line(states, spread.get(key)) for key, states in counted.items()}
        total = Line(
            {name: sum(line[name] for line in lines.values()) for name in self.measures},
            *spread.get(None, ()),
        )
        groups = [
            Group(name, lines.get(key, self.nothing), own)
            for key, (name, own) in division.found.items()
            if key in lines or isinstance(name, date)
        ]
        return total, groups

    def _spread(self, cut: Cut, division: Division) -> dict[Any, tuple[float, float]]:
        """Median and 90th percentile by key; None is the key of the whole."""
        assert self.spread
        column, name = self.spread
        inner = division.joined(
            sa.select(division.key.label("key"), column.label("value")), self.facts
        ).where(self.measures[name].condition, *self.facts.within(cut))
        each = inner.subquery()
        share = sa.func.percentile_cont(sa.literal(_SHARES, sa.ARRAY(sa.Float))).within_group
        query = sa.select(each.c.key, share(each.c.value)).group_by(
            sa.func.grouping_sets(sa.tuple_(each.c.key), sa.text("()"))
        )
        return {key: (shares[0], shares[1]) for key, shares in rows(query) if shares is not None}

    def months(self, cut: Cut, *names: str) -> list[tuple[date, list[int]]]:
        """Some measures month by month, each month looked up by itself: those that ask for states
        alone need an index alone.
        """
        moments = cut.moments()
        span = (
            sa.func.unnest(sa.literal(moments[:-1], _WHENS), sa.literal(moments[1:], _WHENS))
            .table_valued(sa.column("begins", _WHEN), sa.column("ends", _WHEN))
            .render_derived("span")
        )
        facts = self.facts
        inside = (facts.time >= span.c.begins, facts.time < span.c.ends)
        counted = [sa.func.count().filter(self.measures[name].condition) for name in names]
        month = (
            sa.select(*(one.label(f"n{place}") for place, one in enumerate(counted)))
            .select_from(facts.table)
            .where(*inside, *facts.within(cut))
            .lateral("month")
        )
        query = sa.select(*month.c).select_from(span).join(month, sa.true())
        found = rows(query.order_by(span.c.begins))
        return [(first, list(row)) for first, row in zip(cut.months(), found, strict=True)]
