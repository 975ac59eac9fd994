"""Demands as pages show them: words, marks and the picture of the way, ready for a template."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from saas.demands import queries, rules, words
from saas.demands.models import Demand
from saas.demands.queries import Act, Row
from saas.kernel import clock, i18n
from saas.kernel.context import current_tenant
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import say
from saas.territory import queries as territory
from saas.web.pictures import Ladder, LadderLevel, LadderMove, ladder


@dataclass(frozen=True, slots=True)
class Light:
    """A demand's state and time as one status: kind of mark, and word."""

    kind: str
    word: str


def light_of(row: Row | Demand, now: datetime | None = None) -> Light:
    """Green, amber, red with the time that is left; a finished one says how it finished."""
    now = now or clock.now()
    kind = rules.light(row.state, row.due_at, row.entered_at, now)
    if row.state not in rules.LIVING:
        return Light(kind, str(words.STATE[row.state]))
    return Light(kind, words.time_left(row.due_at, now) or str(words.STATE[row.state]))


@dataclass(frozen=True, slots=True)
class Line:
    """A demand as a line of a list, every word ready: a template that asks for them one by one
    takes twice as long.
    """

    url: str
    words: str
    code: str
    unit: str
    holder: str
    category: str
    light: Light
    filed: str
    returned: bool
    waiting: bool


def lines_of(rows: Sequence[Row], url: str) -> list[Line]:
    """Rows for a list; ``url`` is the address of a demand whose code is empty."""
    now, zone, locale = clock.now(), current_tenant().time_zone, i18n.locale_code()
    return [
        Line(
            url=url + row.code,
            words=row.words if len(row.words) <= _SHOWN else row.words[:_SHOWN] + "…",
            code=row.code,
            unit=say(row.unit, locale),
            holder=say(row.holder, locale),
            category=say(row.category, locale),
            light=light_of(row, now),
            filed=i18n.short_date(row.filed_at, zone),
            returned=row.last_verb == "return_down",
            waiting=row.state == "waiting",
        )
        for row in rows
    ]


_SHOWN = 48


def way_of(demand: Demand, story: Sequence[Act]) -> Ladder:
    """The picture of a demand's way over the levels."""
    levels = [
        LadderLevel(level.code, say(level.name)) for level in territory.ladder(queries.LADDER)
    ]
    return ladder(levels, _stays(demand, story), _("The way of this demand"))


def _stays(demand: Demand, story: Sequence[Act]) -> list[LadderMove]:
    """The acts grouped into stays: one for each time that a unit had the demand."""
    entries = [act for act in story if act.verb in _ENTERING]
    ends = [act.at for act in entries[1:]] + [demand.ended_at or clock.now()]
    living = demand.state in rules.LIVING
    last = len(entries) - 1
    return [
        LadderMove(
            level=act.level,
            holder=say(act.to_unit),
            held=words.lasting(end - act.at),
            act=str(words.DONE[act.verb]) if number else "",
            why=act.reason or "",
            until=_until(demand) if living and number == last else "",
            now=living and number == last,
        )
        for number, (act, end) in enumerate(zip(entries, ends, strict=True))
    ]


_ENTERING = frozenset({"file", "pass_up", "return_down", "merge"})


def _until(demand: Demand) -> str:
    when = i18n.short_datetime(demand.due_at, current_tenant().time_zone)
    return _("until %(when)s", when=when[5:]) if when else ""


def timeline_of(story: Sequence[Act]) -> list[dict[str, Any]]:
    """The story for the timeline macro, newest first."""
    zone = current_tenant().time_zone
    return [
        {
            "at": i18n.short_datetime(act.at, zone),
            "did": _did(act),
            "who": act.actor,
            "where": say(act.from_unit),
            "text": act.reason,
            "kind": words.MARK[act.verb],
        }
        for act in reversed(story)
    ]


def _did(act: Act) -> str:
    if act.verb in {"pass_up", "return_down", "merge"}:
        return _("%(did)s to %(unit)s", did=words.DONE[act.verb], unit=say(act.to_unit))
    return str(words.DONE[act.verb])
