"""The activities of a demo district: those of the past in one go, those around its today by the
commands that people use, with who signed up and who waits.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any, Final

from saas.accounts import queries as people
from saas.activities import commands, queries
from saas.activities.commands import SAID, Coming, Deed, Past, PastKind, Plan
from saas.attendance import commands as attendance
from saas.attendance.commands import PastCount
from saas.bookings import commands as booking_commands
from saas.bookings import queries as bookings
from saas.casework import quietly
from saas.kernel import clock
from saas.kernel.context import SYSTEM, Actor
from saas.kernel.db import session
from saas.kernel.errors import Conflict, Invalid
from saas.kernel.i18n import say
from saas.rooms import queries as rooms
from saas.rooms.queries import Room
from saas.showcase.package.activities import DemoActivity
from saas.showcase.package.shapes import Demo
from saas.territory import queries as units
from saas.territory.queries import Unit

_PHONE: Final = "100-0000-{number:04}"
#: Of the past, a session is known by its place in the file.
_CODE: Final = "past{number:04}"


def past_code(number: int) -> str:
    """The code of the session in a line of the file, the first one 0."""
    return _CODE.format(number=number)


def take_place(demo: Demo) -> int:
    """All of them, unless they are there; returns how many sessions of the past."""
    if queries.count(queries.of_samples()):
        return 0
    with quietly():
        made = _past(demo)
        for number, told in enumerate(demo.activities.activities):
            _around_today(demo, told, number)
    commands.repair()
    return made


def _past(demo: Demo) -> int:
    told = demo.activities_history
    street, zone = units.unit_by_code(told.unit), clock.zone()
    there = {room.code: room for room in rooms.structure_of(street, retired=True).rooms}
    kinds = [PastKind(code=f"past-{o.code}", title=dict(o.title), kind=o.kind, tag=o.tag)
             for o in told.activities]  # fmt: skip
    sessions = [
        Past(code=past_code(number), activity=f"past-{one.activity}", room=there[one.room],
             start=one.at.replace(tzinfo=zone), places=one.places,
             end=one.at.replace(tzinfo=zone) + timedelta(minutes=one.minutes))
        for number, one in enumerate(told.sessions)
    ]  # fmt: skip
    made = commands.take_over(street, kinds, sessions, sample=True, actor=SYSTEM)
    attendance.take_over(
        [
            PastCount(
                past_code(number),
                one.named,
                {"child": one.children, "adult": one.adults, "elder": one.elders},
            )
            for number, one in enumerate(told.sessions)
        ],
        actor=SYSTEM,
    )
    return made


def around_today(demo: Demo) -> list[tuple[DemoActivity, queries.Scene]]:
    """What was told of the days around today, each with its first date that is still to come."""
    now = clock.now()
    ahead = queries.took_place() & queries.between(now, now + timedelta(days=90))
    coming = queries.scenes(queries.rows_of(queries.of_samples() & ahead, 60))
    found = {say(scene.activity.title): scene for scene in reversed(coming)}
    return [(one, found[name]) for one in demo.activities.activities
            if (name := say(dict(one.title))) in found]  # fmt: skip


def _around_today(demo: Demo, told: DemoActivity, number: int) -> None:
    """One activity, published a week before, with who signed up in between."""
    street = units.unit_by_code(demo.activities.unit)
    room = rooms.public_room(street, told.room) if told.room else None
    start = datetime.combine(
        clock.today() + timedelta(days=told.in_days), time.fromisoformat(told.at), clock.zone()
    )
    before = min(start - timedelta(days=7), clock.now()) - clock.now()
    with clock.turned(before):
        dates = _planned(street, told, start, room)
        for one in dates:
            commands.act(queries.scene_of(one), Deed(verb="publish"), actor=SYSTEM)
    residents = residents_of(demo)
    first, parties = queries.scene_of(dates[0]), [*told.signed, *told.guests]
    for each, party in enumerate(parties if told.places else ()):
        mine = each < len(told.signed)
        actor = residents[(number + each) % len(residents)] if mine else SYSTEM
        with clock.turned(before + timedelta(hours=each + 1)):
            _sign(first, _coming(demo, party, number * 20 + each, mine), actor)


def _planned(
    street: Unit, told: DemoActivity, start: datetime, room: Room | None
) -> list[queries.Session]:  # fmt: skip
    names = ("title", "text", "audience", "kind", "tag", "resident_fen", "market_fen")
    said: dict[str, Any] = dict.fromkeys(SAID) | {
        **{name: _plain(getattr(told, name)) for name in names}, "public": True,
        "bring": [dict(one) for one in told.bring], "max_people": told.places,
    }  # fmt: skip
    common: dict[str, Any] = {"start": start, "end": start + timedelta(minutes=told.minutes),
                              "said": said, "sample": True}  # fmt: skip
    if told.weeks:
        until = start.date() + timedelta(weeks=told.weeks - 1)
        common |= {"every": "week", "course": True, "until": until}
    try:
        with session.begin_nested():
            plan = Plan(room=room, address=None if room else dict(told.place), **common)
            return _placed(commands.plan(street, plan, actor=SYSTEM).dates)
    except (Conflict, Invalid):  # the room is taken then, or not open
        plan = Plan(address=dict(told.place), **common)
        return list(commands.plan(street, plan, actor=SYSTEM).dates)


def _placed(dates: Sequence[queries.Session]) -> list[queries.Session]:
    """The same, with the room where somebody has to approve it."""
    for one in dates:
        booking = bookings.by_id(one.booking_id) if one.booking_id else None
        if booking is not None and booking.state == "asked":
            booking_commands.act(booking, booking_commands.Deed(verb="approve"), actor=SYSTEM)
    return list(dates)


def _plain(value: Any) -> Any:
    return dict(value) if hasattr(value, "keys") else value


def residents_of(demo: Demo) -> list[Actor]:
    """The residents of the story, as they act."""
    found = [people.person_by_login(one.login) for one in demo.people]
    actors = [people.load_actor(one.id) for one in found if one]
    return [one for one in actors if one and any(grant.own_only for grant in one.grants)]


def _coming(demo: Demo, party: int, number: int, mine: bool) -> Coming:
    consent = ("yes", "no", "yes", "guardian")[number % 4]
    if mine:
        return Coming(party=party, photo_consent=consent, sample=True)
    names = demo.bookings.guests
    return Coming(
        party=party, photo_consent=consent, sample=True, channel="desk",
        guest_name=names[number % len(names)], guest_phone=_PHONE.format(number=7000 + number),
    )  # fmt: skip


def _sign(scene: queries.Scene, coming: Coming, actor: Actor) -> None:
    try:
        commands.sign_up(scene, coming, actor=actor)
        commands.promote(queries.lock_session(scene.session.id), fills=True)
    except Conflict:  # the same resident twice
        return
