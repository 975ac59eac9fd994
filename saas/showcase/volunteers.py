"""The volunteers of a demo district: a roll, what they did, and help that is wanted."""

from __future__ import annotations

from typing import Final

from saas.accounts import queries as people
from saas.activities import queries as sessions
from saas.activities.permissions import HANDLE
from saas.activities.queries import Scene
from saas.casework import quietly
from saas.kernel.context import SYSTEM
from saas.showcase.activities import around_today
from saas.showcase.package.activities import DemoVolunteers
from saas.showcase.package.shapes import Demo
from saas.territory import queries as units
from saas.territory.queries import Unit
from saas.volunteers import commands, queries
from saas.volunteers.commands import Need, PastHelp
from saas.volunteers.models import Volunteer

_PHONE: Final = "100-0000-{number:04}"


def give_help(demo: Demo) -> int:
    """All of it, unless it is there; returns how often somebody helped."""
    told, street = demo.activities.volunteers, units.unit_by_code(demo.activities.unit)
    if told is None or queries.in_all().times:
        return 0
    with quietly():
        roll = [
            commands.enter(street, name=one.name, phone=_PHONE.format(number=8000 + number),
                           skills=one.skills, sample=True, actor=SYSTEM)
            for number, one in enumerate(told.roll)
        ]  # fmt: skip
        made = _past(told, street, roll)
        for one, scene in around_today(demo):
            if one.help is not None:
                _ask(scene, dict(one.help), one.helpers, roll)
    return made


def _past(told: DemoVolunteers, street: Unit, roll: list[Volunteer]) -> int:
    """The last sessions of the past, each with some of the roll in turn."""
    verifiers = people.holder_ids([street.id], HANDLE)[street.id]
    found = sessions.scenes(sessions.last_closed(told.sessions))
    if not verifiers:
        return 0
    help_ = [
        PastHelp(scene, dict(told.work), told.minutes,
                 tuple(roll[(number + each) % len(roll)] for each in range(told.each)))
        for number, scene in enumerate(found)
    ]  # fmt: skip
    return commands.take_over(help_, verifier_id=verifiers[0], actor=SYSTEM)


def _ask(scene: Scene, work: dict[str, str], need: int, roll: list[Volunteer]) -> None:
    """Help that is wanted; the first of the roll has a place already."""
    one = scene.session
    wanted = Need(work=work, need=need, start=one.start, end=one.end, sample=True)
    shift = commands.add_shift(scene, wanted, actor=SYSTEM)
    commands.take(shift, roll[0], scene, actor=SYSTEM)
