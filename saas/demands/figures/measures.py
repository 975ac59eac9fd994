"""What can be counted of demands, what that is divided by, and what is worked out of it.

What was merged into another demand is the same matter: it is counted once, in the one that goes
on, and apart as a duplicate. So everything received is resolved, declined, ended, withdrawn or
still open, and nothing twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from saas.demands.case import permissions, rules
from saas.demands.case import words as case_words
from saas.demands.case.models import Demand
from saas.demands.case.views import plain_levels
from saas.demands.figures import words
from saas.demands.figures.rules import REPORT_MEASURES
from saas.demands.menu import queries as menu
from saas.demands.menu.models import Category
from saas.demands.menu.views import kind_choices
from saas.figures import pages
from saas.figures.board import Board, Derived, Line, share_of
from saas.figures.cut import Cut
from saas.figures.dividing import by_dimension, by_month, by_place
from saas.figures.facts import (
    Condition,
    Dimension,
    Division,
    Facts,
    Grouping,
    Measure,
    Name,
    Records,
)
from saas.kernel.db import rows
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say
from saas.territory.measures import TREE

_TEXTS = ARRAY(sa.Text)
_HOUR: Final = 60
Options = list[tuple[str, str]]


def _categories() -> Options:
    """Indented beneath their groups."""
    every = menu.categories()
    return [(one.code, ("– " if one.parent else "") + say(one.name)) for one in every]


def _channels() -> Options:
    return [(code, str(case_words.CHANNEL[code])) for code in rules.CHANNELS]


def _is(column: Any) -> Callable[[str], Condition]:
    return lambda value: column == value


def _in_category(code: str) -> Condition:
    beneath = sa.select(Category.code).where(Category.parent == code)
    return sa.or_(Demand.category == code, Demand.category.in_(beneath))


def _by_category(facts: Facts, cut: Cut) -> Division:
    """The groups of categories; of a chosen one what stands beneath it."""
    every = rows(
        sa.select(Category.code, Category.parent, Category.name).order_by(Category.position)
    )
    parents = {code: parent for code, parent, _ in every}

    def group_of(code: str) -> str:
        while (parent := parents[code]) is not None and parent != cut["category"]:
            code = parent
        return code

    keys = {code: group_of(code) for code in parents}
    table = (
        sa.func.unnest(sa.literal(list(keys), _TEXTS), sa.literal(list(keys.values()), _TEXTS))
        .table_valued("code", "key", name="grouped")
        .render_derived()
    )
    shown = set(keys.values())
    found: dict[Any, tuple[Name, Cut]] = {
        code: (name, cut.by(category=code)) for code, _, name in every if code in shown
    }
    return Division(table.c.key, found, table, table.c.code == Demand.category)


FACTS: Final = Facts(
    Demand,
    Demand.unit_id,
    TREE,
    Demand.state,
    time=Demand.filed_at,
    flags={
        "accepted": Demand.accepted_at.is_not(None),
        "in_time": Demand.accepted_in_time.is_(True),
        "passed_up": Demand.passed_up > 0,
        "climbed": Demand.climbed > 0,
        "returned": Demand.returned > 0,
        "reopened": Demand.reopened > 0,
        **{stars: Demand.rating == number for number, stars in enumerate(words.STARS, start=1)},
    },
    dimensions=(
        Dimension("level", _l("Level"), plain_levels, _is(Demand.level), _l("All levels")),
        Dimension("kind", _l("Kind"), kind_choices, _is(Demand.kind), _l("All kinds")),
        Dimension("category", _l("Category"), _categories, _in_category, _l("All categories")),
        Dimension("channel", _l("Channel"), _channels, _is(Demand.channel), _l("All channels")),
        # Which level a measure of the ladder asks about.
        Dimension("peak", _l("Level of the ladder"), plain_levels),
    ),
    groupings={
        "unit": Grouping(_l("Place"), by_place),
        "level": Grouping(_l("Level"), by_dimension("level", Demand.level)),
        "category": Grouping(_l("Category"), _by_category),
        "channel": Grouping(_l("Channel"), by_dimension("channel", Demand.channel)),
        "month": Grouping(_l("Month"), by_month),
    },
)


def _asked(name: str, cut: Cut) -> dict[str, Any]:
    return {"measure": name, **pages.params(cut)}


def _measure(name: str, states: Iterable[str], *flags: str) -> Measure:
    return Measure(
        f"demands_{name}",
        words.COUNTED[name],
        FACTS,
        frozenset(states),
        unit=_l("demands"),
        grain="demand",
        owner="demands",
        flags=flags,
        records=Records("demands.records", permissions.VIEW, partial(_asked, name)),
    )


_ONCE = [state for state in rules.STATES if state != "merged"]
_REASONABLE = [state for state in _ONCE if state != "declined"]
_STATES: Final[dict[str, tuple[Iterable[str], tuple[str, ...]]]] = {
    "received": (_ONCE, ()),
    "reasonable": (_REASONABLE, ()),
    "accepted": (_ONCE, ("accepted",)),
    "in_time": (_ONCE, ("in_time",)),
    "in_time_reasonable": (_REASONABLE, ("in_time",)),
    "resolved": (("resolved", "confirmed"), ()),
    "open": (rules.LIVING, ()),
    **{state: ((state,), ()) for state in ("declined", "ended", "withdrawn", "merged")},
    **{flag: (_ONCE, (flag,)) for flag in ("passed_up", "climbed", "returned", "reopened")},
    "rated": (_ONCE, words.STARS),
    **{stars: (_ONCE, (stars,)) for stars in words.STARS},
}


def _hours(minutes: float | None) -> float | None:
    """Working hours to a tenth."""
    return None if minutes is None else round(minutes / _HOUR, 1)


def _satisfaction(line: Line) -> float | None:
    """The mean of the stars, 1 to 5."""
    given = sum(number * line[name] for number, name in enumerate(words.STARS, start=1))
    return round(given / line["rated"], 2) if line["rated"] else None


def _share(name: str, part: str, whole: str) -> Derived:
    return share_of(words.DERIVED[name], part, whole)


BOARD: Final = Board(
    title=_l("Figures of demands"),
    source=words.SOURCE,
    facts=FACTS,
    measures={name: _measure(name, states, *flags) for name, (states, flags) in _STATES.items()},
    derived={
        "resolved_all": _share("resolved_all", "resolved", "received"),
        "resolved_reasonable": _share("resolved_reasonable", "resolved", "reasonable"),
        "in_time_all": _share("in_time_all", "in_time", "received"),
        "in_time_of_reasonable": _share(
            "in_time_of_reasonable", "in_time_reasonable", "reasonable"
        ),
        "median": Derived(words.DERIVED["median"], lambda line: _hours(line.median), "resolved"),
        "ninth": Derived(words.DERIVED["ninth"], lambda line: _hours(line.ninth), "resolved"),
        "satisfaction": Derived(words.DERIVED["satisfaction"], _satisfaction, "rated"),
    },
    columns=REPORT_MEASURES,
    page="demands.figures_",
    records="demands.records",
    spread=(Demand.worked_minutes, "resolved"),
    further=words.CLIMBED,
)  # fmt: skip

#: Everything of the board; what everybody may read has words that need no page around them.
MEASURES: Final = tuple(
    replace(one, words=words.PUBLIC[name], public=True) if name in words.PUBLIC else one
    for name, one in BOARD.measures.items()
)
