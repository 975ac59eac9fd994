"""Activities as tests need them: planned and published by the commands that people use."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from saas.activities import commands, queries
from saas.activities.commands import SAID, Answer, Coming, Deed, Plan, Planned
from saas.activities.models import Seat, Session, SignUp, Term
from saas.activities.queries import Scene
from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.db import session
from saas.rooms import queries as rooms
from saas.showcase.queries import read_demo
from tests.bookings.making import actor_of, on, opened
from tests.support import District

__all__ = ["actor_of", "on", "opened"]
_SAID: dict[str, Any] = {
    **dict.fromkeys(SAID), "title": {"zh": "包汤圆", "en": "Dumplings"}, "text": {}, "bring": [],
    "audience": {}, "kind": "festival", "public": True,
}  # fmt: skip


def planned(
    district: District, start: datetime, end: datetime, who: str = "street", *,
    places: int | None = 4, room: bool = True, **given: Any,
) -> Planned:  # fmt: skip
    """An activity with its dates, drafts; in the room of the street, or in the yard."""
    said = _SAID | {name: given.pop(name) for name in list(given) if name in SAID}
    said["max_people"] = places
    where: dict[str, Any] = {"address": given.pop("address", {"zh": "桂圆院坝"})}
    if room:
        where = {"room": opened(district).room}
    if not session.scalar(sa.select(Term.id).where(Term.code == "festival")):
        session.add(Term(use="kind", code="festival", name={"zh": "节庆"}, position=0))
        session.flush()
    plan = Plan(start=start, end=end, said=said, **where, **given)
    return commands.plan(district.unit("street"), plan, actor=actor_of(district, who))


def published(
    district: District, start: datetime, end: datetime, **given: Any
) -> Session:  # fmt: skip
    """The first date, open for signing up."""
    made = planned(district, start, end, **given)
    for one in made.dates:
        act(district, one, "publish", "street")
    return made.dates[0]


def scene(one: Session) -> Scene:
    """Where it is."""
    return queries.scene_of(one)


def act(district: District, one: Session, verb: str, who: str, **given: Any) -> None:
    """One act on a session."""
    commands.act(scene(one), Deed(verb=verb, **given), actor=actor_of(district, who))


def signed(
    district: District, one: Session, who: str = "resident", party: int = 1, **given: Any
) -> SignUp:  # fmt: skip
    """Signed up, or on the waiting list; looked at again as after the commit."""
    coming = Coming(party=party, **given)
    made = commands.sign_up(scene(one), coming, actor=actor_of(district, who))
    commands.promote(queries.lock_session(one.pool_id), fills=True)
    return made


def guest(district: District, one: Session, number: int, party: int = 1) -> SignUp:
    """Somebody without an account, entered at the desk."""
    return signed(district, one, "street", party, guest_name=f"客人{number}", channel="desk",
                  guest_phone=f"139001{number:05}")  # fmt: skip


def answered(district: District, one: SignUp, verb: str, who: str = "resident") -> None:
    """One act on a sign-up."""
    found = queries.access_signup(one.code, actor=actor_of(district, who), lock=True)
    commands.answer(found[0], Answer(verb=verb), found[1], actor=actor_of(district, who))


def states(*found: SignUp) -> list[str]:
    """How they stand."""
    return [one.state for one in found]


def taken(one: Session) -> int:
    """How many places somebody has."""
    query = sa.select(sa.func.count()).select_from(Seat).where(Seat.session_id == one.id)
    return session.scalar(query.where(Seat.signup_id.is_not(None))) or 0


def system() -> Actor:
    """The house itself."""
    return Actor("system", name="system")


def past(district: District) -> int:
    """What the demo's file tells, taken over for the street; the number of its sessions."""
    told, zone = read_demo("longjing").activities_history, clock.zone()
    street = district.unit("street")
    there = {room.code: room for room in rooms.structure_of(street).rooms}
    kinds = [commands.PastKind(code=o.code, title=dict(o.title), kind=o.kind, tag=o.tag)
             for o in told.activities]  # fmt: skip
    sessions = [
        commands.Past(code=f"past{number}", activity=one.activity, room=there[one.room],
                      start=one.at.replace(tzinfo=zone), places=one.places,
                      end=one.at.replace(tzinfo=zone) + timedelta(minutes=one.minutes))
        for number, one in enumerate(told.sessions)
    ]  # fmt: skip
    return commands.take_over(street, kinds, sessions, actor=system())
