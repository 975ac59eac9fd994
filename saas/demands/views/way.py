"""A demand's way through the levels as a picture, and its story as a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from saas import casework
from saas.demands import queries, rules, words
from saas.demands.models import Demand
from saas.demands.queries import Act
from saas.demands.views.photos import FILED, Photo
from saas.kernel import clock, i18n
from saas.kernel.context import current_tenant
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import say
from saas.territory import queries as territory
from saas.web.pictures import Ladder, LadderLevel, LadderMove, ladder


def way_of(demand: Demand, story: Sequence[Act]) -> Ladder:
    """The picture of a demand's way over the levels."""
    levels = [
        LadderLevel(level.code, say(level.name)) for level in territory.ladder(queries.LADDER)
    ]
    return ladder(levels, _stays(demand, story), _("The way of this demand"))


def _stays(demand: Demand, story: Sequence[Act]) -> list[LadderMove]:
    """The acts grouped into stays: one for each time that a unit had the demand."""
    entries = [act for act in story if words.VERBS[act.verb].way]
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


def _until(demand: Demand) -> str:
    when = i18n.short_datetime(demand.due_at, current_tenant().time_zone)
    return _("until %(when)s", when=when[5:]) if when else ""


def timeline_of(
    story: Sequence[Act],
    *,
    internal: bool,
    names: bool = True,
    photos: Mapping[int, list[Photo]] | None = None,
) -> list[dict[str, Any]]:
    """The story for the timeline macro, newest first.

    ``internal``: with the notes of staff. ``names``: with who acted; else only for which unit.
    ``photos``: by the act; those of the filing stand elsewhere.
    """
    causes = queries.reason_names()
    return [
        casework.line_of(
            act,
            words.VERBS[act.verb],
            to=act.to_unit if words.VERBS[act.verb].way == "moves" else act.with_unit,
            where=act.as_unit or act.from_unit,
            before=_cause_and_stars(act, causes),
            named=names,
        )
        | {"photos": (photos or {}).get(act.number, ()) if act.number != FILED else ()}
        for act in reversed(story)
        if internal or not act.internal
    ]


def _cause_and_stars(act: Act, causes: dict[str, dict[str, str]]) -> tuple[str, ...]:
    """What stands in the story before what was written."""
    stars = _("%(number)s of 5 stars", number=act.rating) if act.rating else ""
    return say(causes.get(act.code or "")), stars
