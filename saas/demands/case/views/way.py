"""A demand's way through the levels as a picture, and its story as a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import url_for

from saas import casework
from saas.casework import lasting
from saas.demands.case import queries, rules, words
from saas.demands.case.models import Demand
from saas.demands.case.queries import Act
from saas.demands.menu import queries as menu
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
            held=lasting(end - act.at),
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
    causes = menu.reason_names()
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


#: The first act, with which a demand is filed.
FILED = 1
Photo = tuple[str, str, str]
"""Its address, that of the small one, and what it is called."""


def photos_by_act(demand: Demand, *, internal: bool) -> dict[int, list[Photo]]:
    """Number of an act → its photos, for a reader who may see the demand."""
    found: dict[int, list[Photo]] = {}
    for photo in queries.photos_of(demand, internal=internal):
        url = url_for("demands.numbered_photo", code=demand.code, number=photo.position)
        alt = _("Photo %(number)s", number=photo.position)
        found.setdefault(photo.act, []).append((url, f"{url}?small=1", alt))
    return found
