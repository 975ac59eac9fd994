"""Rooms as pages show them: hours in words, how today stands, the street as a picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from babel.dates import get_day_names
from flask import url_for

from saas.kernel import clock
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import locale_code, say
from saas.kernel.schemas import in_lines, push_label
from saas.packages.vocabulary import word
from saas.rooms import rules, words
from saas.rooms.models import Centre, CentreTemplate, Platform, PlatformTemplate, Room
from saas.rooms.queries import Structure
from saas.territory.queries import Unit
from saas.web.pictures import Plan, PlanNode, plan


@dataclass(frozen=True, slots=True)
class Light:
    """A status with the mark and the word that go with it."""

    kind: str
    word: str


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the week as the table of hours shows it."""

    name: str
    spans: str
    today: bool


@dataclass(frozen=True, slots=True)
class OpenRoom:
    """A room that is open on this very day."""

    room: Room
    light: Light
    spans: str


def day_name(day: int, width: Literal["abbreviated", "wide"] = "abbreviated") -> str:
    """A day of the week, 1 to 7 from Monday, in the reader's language."""
    return str(get_day_names(width, locale=locale_code())[day - 1])


def _spans(spans: Sequence[rules.Shown]) -> str:
    return _(", ").join(f"{opens}–{closes}" for opens, closes in spans)


def hours_lines(hours: Sequence[dict[str, Any]]) -> list[str]:
    """Opening hours as short lines, days with the same hours together."""
    return [f"{_days(days)} {_spans(spans)}" for days, spans in rules.week(hours)]


def _days(days: Sequence[int]) -> str:
    if len(days) == 7:
        return _("Every day")
    return _(", ").join(_run(first, last) for first, last in rules.runs(days))


def _run(first: int, last: int) -> str:
    if first == last:
        return day_name(first)
    return _("%(first)s to %(last)s", first=day_name(first), last=day_name(last))


def hours_table(hours: Sequence[dict[str, Any]]) -> list[Day]:
    """Every day of the week with its hours; today is marked."""
    days, today = rules.by_day(hours), clock.local().isoweekday()
    return [
        Day(day_name(d, "wide"), _spans(days[d]) if d in days else _("closed"), d == today)
        for d in range(1, 8)
    ]


def status_of(room: Room) -> Light:
    """A room's status as staff see it."""
    return Light(words.MARK[room.status], str(words.STATUS[room.status]))


def light_of(room: Room, local: datetime) -> Light:
    """A room's status as residents see it: is somebody there now?"""
    if room.status != "open" or not room.hours:
        return status_of(room)
    return light_of_hours(room.hours, local)


def light_of_hours(hours: Sequence[dict[str, Any]], local: datetime) -> Light:
    """How the day stands by these opening hours."""
    today = rules.today(hours, local)
    if today.state == "open":
        return Light("good", _("open until %(time)s", time=today.time))
    if today.state == "later":
        return Light("waiting", _("opens at %(time)s", time=today.time))
    return Light("ended", _("closed for today") if today.state == "over" else _("closed today"))


_SOONEST = {"open": 0, "later": 1, "over": 2}


def open_today(structure: Structure, local: datetime) -> list[OpenRoom]:
    """The rooms with hours on this day, those open now first, those already closed last."""
    found = []
    for room in structure.rooms:
        today = rules.today(room.hours, local)
        if room.status == "open" and today.state in _SOONEST:
            spans = _spans(rules.by_day(room.hours)[local.isoweekday()])
            rank = (_SOONEST[today.state], today.time)
            found.append((rank, OpenRoom(room, light_of(room, local), spans)))
    return [one for _rank, one in sorted(found, key=lambda pair: pair[0])]


def plan_of(structure: Structure) -> Plan:
    """The street as a picture, every seal a link to its page."""
    street = structure.street
    return plan(
        _centre(street, structure.centre),
        [_platform(street, platform) for platform in structure.platforms],
        [_room(structure, room) for room in structure.rooms],
        _("Plan of %(street)s", street=say(street.name)),
    )


def _centre(street: Unit, centre: Centre | None) -> PlanNode:
    if centre is None:
        url = url_for("rooms.listing", street=street.code)
        return PlanNode(street.code, say(street.name), say(street.name, "zh_Hans_CN")[:1], url)
    url = url_for("rooms.centre", street=street.code)
    return PlanNode(centre.code, say(centre.name), centre.seal, url, _told(centre.place))


def _platform(street: Unit, platform: Platform) -> PlanNode:
    url = url_for("rooms.platform", street=street.code, code=platform.code)
    name, note = say(platform.name), _told(platform.purpose)
    return PlanNode(platform.code, name, platform.seal, url, note)


def _told(label: dict[str, str]) -> tuple[str, ...]:
    return (say(label),) if label else ()


def _room(structure: Structure, room: Room) -> PlanNode:
    codes = {platform.id: platform.code for platform in structure.platforms}
    light = status_of(room)
    return PlanNode(
        key=room.code,
        name=say(room.name),
        seal=room.seal,
        url=url_for("rooms.show", street=structure.street.code, code=room.code),
        note=_note(structure, room),
        status=light.kind,
        word=light.word if room.status != "open" else "",
        group=codes.get(room.platform_id, ""),
    )


def _note(structure: Structure, room: Room) -> tuple[str, ...]:
    """Keeper and hours; a paused room's hours say nothing, its reason does."""
    keeper = structure.keeper_of(room)
    who = _("%(keeper)s %(name)s", keeper=word("keeper"), name=keeper) if keeper else ""
    if room.status == "paused":
        return tuple(line for line in (who, room.status_reason) if line)
    return tuple(line for line in (who, *hours_lines(room.hours)[:3]) if line)


def typed(room: Room, platform: Platform, venue_code: str) -> dict[str, Any]:
    """A room as the values of its form."""
    values: dict[str, Any] = {
        "seal": room.seal,
        "services": in_lines(room.services),
        "hours": room.hours,
        "venue": venue_code,
        "contact": room.contact or "",
        "platform": platform.code,
        "keeper": str(room.keeper_id or ""),
    }
    push_label(values, "name", room.name)
    push_label(values, "purpose", room.purpose)
    push_label(values, "place", room.place)
    return values


def words_typed(thing: Centre | Platform | CentreTemplate | PlatformTemplate) -> dict[str, Any]:
    """A centre or a platform, of a street or of the library, as the values of its form."""
    values: dict[str, Any] = {"seal": thing.seal}
    push_label(values, "name", thing.name)
    push_label(values, "purpose", thing.purpose)
    if isinstance(thing, Centre):
        push_label(values, "place", thing.place)
    return values
