"""The organisations of a demo district, taken over from a register on paper as any district would.

Every one by the commands that people use; what two people decide, two of its sample people decide.
Their signs of life lie in the past year, and those that sleep have been silent since before it.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from saas.accounts import queries as people
from saas.casework import quietly
from saas.kernel import clock
from saas.kernel.context import SYSTEM, Actor
from saas.organisations import commands, queries
from saas.organisations.commands import Deed
from saas.organisations.permissions import DECIDE
from saas.organisations.queries import Organisation
from saas.rooms import commands as rooms
from saas.showcase.package.shapes import Demo, DemoGroup
from saas.territory import queries as units

_YEAR, _LONG_SILENT = 350, 300


def take_over(demo: Demo) -> int:
    """All of them, unless they are there; returns how many."""
    if queries.has_stations():
        return 0
    root = units.root()
    assert root is not None
    first, second = _deciders(demo, root.path)
    # As long as somebody has them in hand, no unit is asked for again: there are thousands of acts.
    _held, _ = units.list_units([root.path], size=10_000)
    with quietly():
        _surroundings(demo)
        groups = [
            _taken(demo, number, row, first) for number, row in enumerate(demo.organisations.groups)
        ]
        for group, row in zip(groups, demo.organisations.groups, strict=True):
            if row.asleep:
                _let_sleep(group, demo.organisations.silence, first, second)
        _lead(groups, demo.organisations.groups, first)
        _reach(demo, groups, first)
        _house(demo, groups)
    return len(groups)


def _deciders(demo: Demo, path: str) -> tuple[Actor, Actor]:
    """Two people who decide over the whole district."""
    found = []
    for person in demo.people:
        known = people.person_by_login(person.login)
        actor = people.load_actor(known.id) if known else None
        if actor and actor.may(DECIDE, path):
            found.append(actor)
    return found[0], found[1]


def _surroundings(demo: Demo) -> None:
    """Stations with their workers, the joint Party branch, pilots."""
    told = demo.organisations
    for station in told.stations:
        row = commands.add_station(
            units.unit_by_code(station.unit), name=dict(station.name), sample=True, actor=SYSTEM
        )
        for each in station.workers:
            commands.add_worker(
                station=row.code, name=each.name, certificate=each.certificate,
                caseload=each.caseload, login=each.login or "", actor=SYSTEM,
            )  # fmt: skip
    branch = units.unit_by_code(told.branch.unit)
    commands.add_branch(branch, name=dict(told.branch.name), actor=SYSTEM)
    for pilot in told.pilots:
        commands.set_pilot(units.unit_by_code(pilot.unit), kind=pilot.kind, actor=SYSTEM)


def _taken(demo: Demo, number: int, row: DemoGroup, actor: Actor) -> Organisation:
    """One of them, with its members, its leader and what it did in the past year."""
    told = demo.organisations
    days = {batch.number: batch.day for batch in told.batches}
    with clock.turned(timedelta(days=-_YEAR)):
        group = commands.start(
            type=row.type, name=dict(row.name), purpose=row.purpose, leads=False, propose=False,
            unit=units.unit_by_code(row.unit), service_class=row.service_class,
            leader_name="" if row.leader else told.leaders[number % len(told.leaders)],
            sample=not row.named, batch=row.batch, batch_on=days.get(row.batch or 0), actor=actor,
        )  # fmt: skip
        commands.act(group, Deed(verb="take_over", number=row.number, stage=row.stage), actor=actor)
        if row.leader:
            commands.set_post(group, role="leader", login=row.leader, actor=actor)
        counted = {flag: getattr(row, flag) for flag in ("party", "league", "pioneers", "others")}
        commands.add_roll(group, **counted, source=told.source, actor=actor)
    for place in range(row.signs):
        ago = _LONG_SILENT + place if row.asleep else 3 + (number % 11) + _SPACING * place
        day = clock.today() - timedelta(days=min(ago, _YEAR))
        words, count = (
            told.deeds[(number + place) % len(told.deeds)],
            8 + (number * 7 + place * 5) % 30,
        )
        commands.add_sign(group, kind="activity", words=words, people=count, on=day, actor=actor)
    return group


def _let_sleep(group: Organisation, reason: str, first: Actor, second: Actor) -> None:
    with clock.turned(timedelta(days=-100)):
        for actor in (first, second):
            deed = Deed(verb="sleep", reason=reason)
            commands.act(group, deed, actor=actor)


def _lead(groups: list[Organisation], rows: tuple[DemoGroup, ...], actor: Actor) -> None:
    """Party groups lead League groups, and these Pioneers, one by one as far as there are."""
    by_flag = {
        flag: [
            g
            for g, row in zip(groups, rows, strict=True)
            if row.type == "three_member_group" and getattr(row, flag)
        ]
        for flag in ("party", "league", "pioneers")
    }
    for kind, above, below in (("league", "party", "league"), ("pioneers", "league", "pioneers")):
        for leader, led in zip(by_flag[above], by_flag[below], strict=False):
            commands.add_link(leader, other=led.code, kind=kind, actor=actor)


def _reach(demo: Demo, groups: list[Organisation], actor: Actor) -> None:
    """What the enterprises reach and promote together, and the branch that they share."""
    told = demo.organisations
    branch = queries.branches()[0][0]
    sharing = [g for g, row in zip(groups, told.groups, strict=True) if row.branch]
    for group in sharing:
        commands.change(group, name=group.name, purpose=group.purpose, branch=branch.code,
                        service_class=group.service_class, actor=actor)  # fmt: skip
    for number, area in enumerate(told.areas):
        commands.add_area(sharing[number % len(sharing)], unit=area.unit or "", people=area.people,
                          name=dict(area.name) if area.name else None, actor=actor)  # fmt: skip
    for number in range(told.promotions):
        day = clock.today() - timedelta(days=20 + number * 11)
        commands.add_sign(sharing[number % len(sharing)], kind="promotion", people=40 + number * 3,
                          words=told.promotion, on=day, actor=actor)  # fmt: skip


def _house(demo: Demo, groups: list[Organisation]) -> None:
    """Who has premises for nothing, for three years from the past year on."""
    told = demo.organisations
    street = units.unit_by_code(told.premises.street)
    for group, row in zip(groups, told.groups, strict=True):
        if row.premises:
            rooms.grant_premises(
                street, organisation=group.code, venue=told.premises.venue, sample=True,
                area_m2=row.premises, rent_yuan=Decimal(str(told.premises.rent_yuan)),
                since=clock.today() - timedelta(days=_YEAR), conditions=told.premises.conditions,
                until=clock.today() + timedelta(days=2 * _YEAR), actor=SYSTEM,
            )  # fmt: skip


_SPACING = 29
