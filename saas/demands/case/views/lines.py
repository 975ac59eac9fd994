"""Demands in a list: every word ready, because a template that asks for them one by one is slow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from saas.casework import time_left
from saas.casework.clock import Clock
from saas.demands.case import rules, words
from saas.demands.case.models import Demand
from saas.demands.case.queries import LADDER, Row
from saas.kernel import clock, i18n
from saas.kernel.context import current_tenant
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import say
from saas.territory import queries as territory
from saas.workdays.queries import WorkingTime

_SHOWN = 48
_LAST_DAY = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Light:
    """A demand's state and time as one status: kind of mark, and word."""

    kind: str
    word: str


def light_of(
    row: Row | Demand,
    now: datetime | None = None,
    working: WorkingTime | None = None,
    *,
    speech: words.Speech = words.STAFF,
) -> Light:
    """Green, amber, red with the time that is left; what stands or is finished says how. For those
    who work on it, with ``working``, it is counted in working days until the last day. Others are
    told in their own ``speech``.
    """
    now = now or clock.now()
    kind = rules.light(row.state, Clock(row.due_at, row.warn_at), now)
    hour = row.appointment_at if speech is words.OWN and row.state in rules.RUNNING else None
    if hour and hour > now:
        when = i18n.short_datetime(hour, current_tenant().time_zone)
        return Light("good", _("booked for %(when)s", when=when[5:]))
    if row.state in rules.RUNNING and row.due_at:
        far = row.due_at - now > _LAST_DAY
        days = working.days_between(now, row.due_at) if working and far else None
        return Light(kind, time_left(row.due_at, now, days))
    if speech is words.OWN and row.state in rules.RESIDENTS_TURN:
        kind = "warn"  # it stands out to whose turn it is, and to nobody else
    return Light(kind, str(speech.state[row.state]))


def light_for_own(row: Row | Demand, now: datetime | None = None) -> Light:
    """The same to who filed it."""
    return light_of(row, now, speech=words.OWN)


def light_for_others(row: Row | Demand, now: datetime | None = None) -> Light:
    """The same to a neighbour."""
    return light_of(row, now, speech=words.OTHERS)


@dataclass(frozen=True, slots=True)
class Line:
    """A demand as a line of a list; ``number`` is what is said on the telephone, ``tags`` what
    stands out about it, ``whole`` all of its words, ``key`` its code and what was seen.
    """

    url: str
    words: str
    code: str
    number: str
    unit: str
    holder: str
    category: str
    light: Light
    filed: str
    tags: list[str]
    whole: str
    key: str
    due: str
    state: str
    channel: str
    can_accept: bool


def lines_of(
    rows: Sequence[Row],
    url: str,
    *,
    tail: str = "",
    units: frozenset[int] = frozenset(),
    working: WorkingTime | None = None,
) -> list[Line]:
    """Rows for a list; ``url`` is the address of a demand whose code is empty, ``tail`` what comes
    after its code. ``units``: those for which the reader acts, who can accept what waits there.
    """
    now, zone, locale = clock.now(), current_tenant().time_zone, i18n.locale_code()
    return [
        Line(
            url=f"{url}{row.code}{tail}",
            words=row.words if len(row.words) <= _SHOWN else row.words[:_SHOWN] + "…",
            code=row.code,
            number=row.number,
            unit=say(row.unit, locale),
            holder=say(row.holder, locale),
            category=say(row.category, locale),
            light=light_of(row, now, working),
            due=_due(row, zone),
            state=str(words.STATE[row.state]),
            channel=str(words.CHANNEL[row.channel]),
            can_accept=row.state == "waiting" and row.holder_id in units,
            filed=i18n.short_date(row.filed_at, zone),
            tags=_tags(row, zone),
            whole=row.words,
            key=f"{row.code}.{row.acts}",
        )
        for row in rows
    ]


def _due(row: Row, zone: str) -> str:
    """The moment of a limit that runs: month, day and hour."""
    if row.state not in rules.RUNNING or row.due_at is None:
        return ""
    return i18n.short_datetime(row.due_at, zone)[5:]


def plain_levels() -> list[tuple[str, str]]:
    """The levels as those call them who work with them, whatever the culture's words are."""
    return [(level.code, say(level.name)) for level in territory.plain_ladder(LADDER)]


def level_choices() -> list[tuple[str, str]]:
    """The levels that demands climb, the lowest first."""
    return [(level.code, say(level.name)) for level in territory.ladder(LADDER)]


def _tags(row: Row, zone: str) -> list[str]:
    found = []
    if row.state in rules.RUNNING:
        found.append(str(words.STATE[row.state]))
    if words.VERBS[row.last_verb].tagged:
        found.append(str(words.DONE[row.last_verb]))
    if row.supervised_at and row.state in rules.LIVING:
        found.append(str(words.DONE["supervise"]))
    if row.appointment_at:
        found.append(i18n.short_datetime(row.appointment_at, zone)[5:])
    return found
