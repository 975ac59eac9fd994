"""The wizard and the checklist as pages show them, every word ready."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import request, url_for

from saas.accounts import queries as people
from saas.accounts.queries import Invited
from saas.demands import queries as demands
from saas.demands.permissions import HANDLE
from saas.kernel.context import Actor, current_tenant
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import say
from saas.onboarding import queries, rules, words
from saas.onboarding.queries import Check
from saas.onboarding.rules import Finding
from saas.packages import words as package_words
from saas.packages.library import queries as library
from saas.packages.model import queries as model
from saas.territory import queries as territory
from saas.territory.queries import Unit
from saas.web.pictures import Ladder, LadderLevel, LadderMove, ladder, qr_code

#: So many units are offered in the grid of people, those without anybody first.
_OFFERED = 150


@dataclass(frozen=True, slots=True)
class Stage:
    """A step on the rail."""

    number: int
    key: str
    name: str
    url: str
    state: str
    word: str
    here: bool


@dataclass(frozen=True, slots=True)
class Rail:
    """The steps, where the reader is, and the steps beside it."""

    stages: tuple[Stage, ...]
    here: Stage
    back: Stage | None
    onward: Stage | None
    skippable: bool


def rail(step: str) -> Rail:
    """The rail as it stands on the page of ``step``."""
    stages = tuple(
        Stage(
            number,
            one.key,
            str(words.STEP[one.key]),
            url_for(f"setup.{one.key}"),
            one.state,
            str(words.STATE[one.state]),
            one.key == step,
        )
        for number, one in enumerate(queries.steps(), start=1)
    )
    by_key = {stage.key: stage for stage in stages}
    before, after = rules.beside(step)
    return Rail(
        stages,
        by_key[step],
        by_key.get(before or ""),
        by_key.get(after or ""),
        step not in rules.NEVER_SKIPPED,
    )


@dataclass(frozen=True, slots=True)
class Line:
    """One line of evidence. ``by`` and ``reason`` tell who accepted a gap, and why."""

    mark: str
    word: str
    text: str
    url: str | None
    key: str
    accepted: bool
    by: str = ""
    reason: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One check of the list with its evidence; ``waiting``: something is still on its way."""

    key: str
    title: str
    about: str
    state: str
    mark: str
    word: str
    at: datetime | None
    lines: tuple[Line, ...]
    acceptable: bool
    waiting: bool


def items(checks: Sequence[Check]) -> list[Item]:
    """The checklist."""
    names = queries.people_in(checks)
    return [_item(check, names) for check in checks]


def open_first(found: Sequence[Item]) -> tuple[list[Item], list[Item]]:
    """Points that somebody has to look at, those to be mended first; and those that are in order,
    which are folded away.
    """
    rank = {"gap": 0, "old": 1, "unknown": 2, "accepted": 3}
    shown = [item for item in found if item.state in rank]
    return sorted(shown, key=lambda i: rank[i.state]), [i for i in found if i.state not in rank]


def _item(check: Check, names: Mapping[int, str]) -> Item:
    title, about = words.CHECK[check.key]
    mark, word = words.MARK[check.state]
    ranked = sorted(check.findings, key=lambda f: f.state != "gap" or f.key in check.accepted)
    lines = tuple(_line(finding, check, names) for finding in ranked)
    return Item(
        key=check.key,
        title=str(title),
        about=str(about),
        state=check.state,
        mark=mark,
        word=str(word),
        at=check.at,
        lines=lines,
        acceptable=any(line.key and not line.accepted for line in lines),
        waiting=any(finding.kind == "way_waiting" for finding in check.findings),
    )


def _line(finding: Finding, check: Check, names: Mapping[int, str]) -> Line:
    taken = check.accepted.get(finding.key) if finding.state == "gap" else None
    mark, word = words.MARK["accepted" if taken else finding.state]
    return Line(
        mark=mark,
        word=str(word),
        text=words.sentence(finding, names, current_tenant().time_zone),
        url=f"{request.script_root}{finding.path}" if finding.path else None,
        key=finding.key if finding.state == "gap" else "",
        accepted=taken is not None,
        by=names.get(taken.by_id, "") if taken else "",
        reason=taken.reason if taken else "",
        at=taken.at if taken else None,
    )


@dataclass(frozen=True, slots=True)
class OtherModel:
    """A package that the district could be built on instead, as a choice of a form; what is in the
    way of it, by name.
    """

    value: str
    name: str
    summary: str
    in_the_way: tuple[str, ...]


def other_models() -> list[OtherModel]:
    """The newest edition of every package but the installed one, if it has no faults."""
    own, parts = model.installed_row().key, model.current()
    found = []
    for one in library.list_packages():
        if one.key == own or one.faults:
            continue
        standing = model.in_the_way(library.read_package(one.key, version=one.version))
        names = tuple(package_words.called(address, parts) for address in standing)
        title = f"{say(one.title)} {one.version}"
        found.append(OtherModel(f"{one.key}@{one.version}", title, say(one.summary), names))
    return found


def ladder_picture() -> Ladder:
    """The ladder with the time that every level has."""
    levels, times = demands.escalation_levels(), demands.times()
    moves = [
        LadderMove(
            level=level.code,
            holder=_("accept within %(hours)s h", hours=times[level.code].accept),
            held=_("resolve within %(hours)s h", hours=times[level.code].resolve),
        )
        for level in levels
        if level.code in times
    ]
    steps = [LadderLevel(level.code, say(level.name)) for level in levels]
    return ladder(steps, moves, _("The ladder with its deadlines"))


@dataclass(frozen=True, slots=True)
class Seats:
    """What the grid of people offers: units and roles as options, and the units to begin with."""

    units: list[tuple[str, str]]
    roles: list[tuple[str, str]]
    begin: list[str]
    vacant: int
    top: str
    path: str


def seats(actor: Actor, first: str) -> Seats:
    """Units of the ladder where nobody is come first, ``first`` before all others."""
    root = territory.root()
    every, _total = territory.list_units([root.path] if root else [], size=100_000)
    levels = {level.kind for level in demands.escalation_levels()}
    holders = people.holder_ids([unit.id for unit in every], HANDLE)
    vacant = [unit for unit in every if unit.kind in levels and not holders[unit.id]]
    rest = [unit for unit in every if unit not in vacant]
    ranked = sorted([*vacant, *rest][:_OFFERED], key=lambda unit: unit.code != first)
    if first and ranked and ranked[0].code != first:
        ranked = [unit for unit in every if unit.code == first] + ranked
    wanted = [unit.code for unit in vacant if unit.code != first]
    return Seats(
        units=[(unit.code, _placed(unit, every)) for unit in ranked],
        roles=[(role.code, say(role.name)) for role in people.roles() if not role.resident],
        begin=([first] if first else []) + wanted,
        vacant=len(vacant),
        top=root.code if root else "",
        path=root.path if root else "/",
    )


def _placed(unit: Unit, every: Sequence[Unit]) -> str:
    above = next((other for other in every if other.id == unit.parent_id), None)
    return f"{say(unit.name)} · {say(above.name)}" if above else say(unit.name)


def room_values(rooms: Sequence[Any]) -> dict[str, Any]:
    """The rooms of a street as the fields of the grid; hours that are not one plain run stay."""
    values: dict[str, Any] = {}
    for room in rooms:
        values[f"open-{room.code}"] = room.status == "open"
        values[f"keeper-{room.code}"] = str(room.keeper_id or "")
        values[f"place-{room.code}"] = say(room.place) if room.place else ""
        row = room.hours[0] if len(room.hours) == 1 else {}
        run = _run(row.get("days", []))
        values[f"days-{room.code}"] = run
        values[f"opens-{room.code}"] = row.get("opens", "") if run else ""
        values[f"closes-{room.code}"] = row.get("closes", "") if run else ""
    return values


def _run(days: Sequence[int]) -> str:
    known = {"1-5": [1, 2, 3, 4, 5], "1-6": [1, 2, 3, 4, 5, 6], "1-7": [1, 2, 3, 4, 5, 6, 7]}
    return next((run for run, listed in known.items() if listed == list(days)), "")


@dataclass(frozen=True, slots=True)
class StreetStaff:
    """The staff of a street, and how many of them have been in."""

    name: str
    staff: tuple[Invited, ...]
    used: int


def by_street(staff: Sequence[Invited]) -> list[StreetStaff]:
    """Everybody who was invited or is to be, street by street."""
    groups = dict[str, list[Invited]]()
    for one in staff:
        groups.setdefault(say(one.street), []).append(one)
    return [
        StreetStaff(name, tuple(group), sum(one.state == "used" for one in group))
        for name, group in groups.items()
    ]


def opened() -> dict[str, Any]:
    """What the page after going live shows: the address, how it is handed out, who was in."""
    staff = people.invited_staff()
    first = next(iter(queries.streets()), None)
    address = url_for("showcase.home", _external=True)
    return {
        "address": address,
        "code": qr_code(address),
        "street": first.code if first else "",
        "waiting": sum(one.state != "used" for one in staff),
        "staff": len(staff),
    }
