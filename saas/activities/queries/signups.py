"""Finding sign-ups, who waits, and how many places are left."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa

from saas.activities import permissions, rules
from saas.activities.models import Seat, Session, SignUp, SignUpAct
from saas.activities.queries import lists, sessions
from saas.activities.queries.sessions import Scene, StoryAct
from saas.activities.rules import Waiting
from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.crypto import lookup_hash
from saas.kernel.db import session
from saas.kernel.errors import NotFound
from saas.kernel.naming import Named
from saas.kernel.shortcodes import read_code


@dataclass(frozen=True, slots=True)
class Places:
    """How a session stands: places in all (None: everybody can come), those that are free, parties
    that wait, people who come.
    """

    total: int | None = None
    free: int = 0
    waiting: int = 0
    people: int = 0


def places_of(found: Collection[Session]) -> dict[int, Places]:
    """How each of these sessions stands, by its id; two questions for all of them."""
    pools = {one.pool_id for one in found}
    if not pools:
        return {}
    seats = {
        key: (total, free)
        for key, total, free in session.execute(
            sa.select(Seat.session_id, sa.func.count(),
                      sa.func.count().filter(Seat.signup_id.is_(None)))
            .where(Seat.session_id.in_(pools)).group_by(Seat.session_id)
        )
    }  # fmt: skip
    query = sa.select(
        SignUp.session_id, sa.func.count().filter(SignUp.state == "waiting"),
        sa.func.coalesce(sa.func.sum(SignUp.party).filter(SignUp.state.in_(rules.SEATED)), 0),
    ).where(SignUp.session_id.in_(pools)).group_by(SignUp.session_id)  # fmt: skip
    signed = {key: (waiting, int(people)) for key, waiting, people in session.execute(query)}
    return {
        one.id: Places(*seats.get(one.pool_id, (None, 0)), *signed.get(one.pool_id, (0, 0)))
        for one in found
    }


def free_seats(session_id: int) -> int:
    """How many places nobody has."""
    query = sa.select(sa.func.count()).select_from(Seat)
    where = Seat.session_id == session_id, Seat.signup_id.is_(None)
    return session.scalar(query.where(*where)) or 0


def queue(session_id: int) -> list[Waiting]:
    """Who waits, in order."""
    query = sa.select(SignUp.id, SignUp.party, SignUp.passed).where(
        SignUp.session_id == session_id, SignUp.state == "waiting"
    )
    return [Waiting(*row) for row in session.execute(query.order_by(SignUp.id))]


def anybody_waits(session_id: int) -> bool:
    """Whether somebody was there before."""
    query = sa.select(SignUp.id).where(SignUp.session_id == session_id, SignUp.state == "waiting")
    return session.scalar(query.limit(1)) is not None


def living(
    session_id: int, *, lock: bool = False, states: Sequence[str] = rules.LIVING
) -> Sequence[SignUp]:
    """Who means to come, in order; locked after their session."""
    query = sa.select(SignUp).where(SignUp.session_id == session_id, SignUp.state.in_(states))
    query = query.order_by(SignUp.id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return session.scalars(query).all()


def signups_of(session_id: int) -> Sequence[SignUp]:
    """Everybody who ever signed up: who means to come first, in order."""
    query = sa.select(SignUp).where(SignUp.session_id == session_id)
    return session.scalars(
        query.order_by(SignUp.state.not_in(rules.LIVING), SignUp.id).limit(1000)
    ).all()


def to_ring(one: Session) -> Sequence[SignUp]:
    """Those who meant to come to a session: who means to still, or whom its end took off the list,
    guests first.
    """
    ended = sa.select(SignUpAct.signup_id).where(SignUpAct.verb == "call_off")
    query = sa.select(SignUp).where(
        SignUp.session_id == one.pool_id,
        sa.or_(SignUp.state.in_(rules.LIVING), SignUp.id.in_(ended)),
    )
    return session.scalars(query.order_by(SignUp.guest_hash.is_(None), SignUp.id)).all()


def mismatched() -> Sequence[int]:
    """Sign-ups that do not have exactly the places of their party; there are none."""
    held = (
        sa.select(sa.func.count()).where(Seat.signup_id == SignUp.id).scalar_subquery()
    )  # fmt: skip
    wanted = sa.case((SignUp.state.in_(rules.SEATED), SignUp.party), else_=0)
    return session.scalars(sa.select(SignUp.id).where(held != wanted)).all()


# Doors ------------------------------------------------------------------------------------------


def signup_by_code(code: str) -> SignUp | None:
    """A sign-up by its code."""
    return session.scalar(sa.select(SignUp).where(SignUp.code == code))


def find_by_slip(text: str) -> SignUp | None:
    """A sign-up by the code on its slip, however it was typed."""
    code = read_code(text)
    return signup_by_code(code) if code else None


def signup_filed(submission: str) -> SignUp | None:
    """What the form with this key has made already."""
    return session.scalar(sa.select(SignUp).where(SignUp.submission == submission))


def access_signup(code: str, *, actor: Actor, lock: bool = False) -> tuple[SignUp, Scene]:
    """A sign-up with its session, for its owner and for who works there, else `NotFound`. To change
    it, the session is locked first and the sign-up after it.
    """
    found = signup_by_code(code)
    if found is None:
        raise NotFound
    scene = scene_for(found)
    if not permissions.signup_parts(actor, found, scene):
        raise NotFound
    if lock:
        sessions.lock_session(found.session_id)
        session.refresh(found, with_for_update=True)
    return found, scene


def scene_for(signup: SignUp) -> Scene:
    """Where somebody signed up."""
    return sessions.scene_of(session.get_one(Session, signup.session_id))


def own_living(session_id: int, actor: Actor) -> SignUp | None:
    """How the actor is signed up for a session: by account, or by a slip that was shown here."""
    mine: sa.ColumnElement[bool] = SignUp.code.in_(actor.slips)
    if actor.person_id:
        mine = SignUp.person_id == actor.person_id
    query = sa.select(SignUp).where(SignUp.session_id == session_id, mine,
                                    SignUp.state.in_(rules.LIVING))  # fmt: skip
    return session.scalars(query.order_by(SignUp.id)).first()


def is_signed(session_id: int, person_id: int | None, guest_hash: str | None) -> SignUp | None:
    """A living sign-up of the same person or number."""
    same = SignUp.guest_hash == guest_hash if guest_hash else SignUp.person_id == person_id
    query = sa.select(SignUp).where(SignUp.session_id == session_id, same,
                                    SignUp.state.in_(rules.LIVING))  # fmt: skip
    return session.scalar(query)


def own_signups(actor: Actor) -> list[tuple[SignUp, Scene]]:
    """What the actor signed up for, of the past half year and to come, the latest first."""
    mine: sa.ColumnElement[bool] = SignUp.code.in_(actor.slips)
    if actor.person_id:
        mine = SignUp.person_id == actor.person_id
    since = clock.now() - timedelta(days=183)
    query = sa.select(SignUp, Session).join(Session, Session.id == SignUp.session_id)
    query = query.where(mine, Session.starts_at > since).order_by(Session.starts_at.desc())
    found = session.execute(query.limit(200)).all()
    placed = {scene.session.id: scene for scene in sessions.scenes([one for _, one in found])}
    return [(signup, placed[one.id]) for signup, one in found]


def offers_for(actor: Actor) -> list[tuple[SignUp, Scene]]:
    """Places that are offered to the actor now."""
    return [(one, scene) for one, scene in own_signups(actor) if one.state == "offered"]


def earlier_of(phone: str, actor: Actor) -> Sequence[SignUp]:
    """What a guest with this number signed up for in the actor's reach, the newest first."""
    here = sa.select(Session.id).where(lists.reached(actor))
    query = sa.select(SignUp).where(SignUp.guest_hash == lookup_hash(phone),
                                    SignUp.session_id.in_(here))  # fmt: skip
    return session.scalars(query.order_by(SignUp.id.desc()).limit(6)).all()


def signup_story(signup: SignUp) -> list[StoryAct]:
    """What happened to a sign-up."""
    return sessions.story(SignUpAct, SignUpAct.signup_id, signup.id)


@dataclass(frozen=True, slots=True)
class Turn:
    """Where somebody stands in the queue: ``place`` from 1, places that are free now, the size of
    the party that is next.
    """

    place: int
    free: int
    next_party: int


def turn_of(signup: SignUp) -> Turn | None:
    """Where a sign-up that waits stands."""
    waiting = queue(signup.session_id)
    place = next((n for n, one in enumerate(waiting, 1) if one.id == signup.id), None)
    if place is None:
        return None
    return Turn(place, free_seats(signup.session_id), waiting[0].party)


def signup_names(ids: Collection[int]) -> Mapping[int, Named]:
    """Sign-ups by their ids: the session, never who."""
    query = sa.select(SignUp.id, SignUp.code, SignUp.session_id).where(SignUp.id.in_(ids))
    found = session.execute(query).all()
    known = lists.names({one for _, _, one in found})
    return {key: (known[one][0], {"code": code}) for key, code, one in found}


def consents(session_id: int) -> dict[str, int]:
    """How many people said what about pictures, of those who have places."""
    query = (
        sa.select(SignUp.photo_consent, sa.func.sum(SignUp.party))
        .where(SignUp.session_id == session_id, SignUp.state.in_(rules.SEATED))
        .group_by(SignUp.photo_consent)
    )
    return {consent: int(number) for consent, number in session.execute(query)}


def with_a_queue() -> Sequence[int]:
    """Sessions to come at which somebody waits and places are free."""
    waits = sa.select(SignUp.session_id).where(SignUp.state == "waiting")
    frees = sa.select(Seat.session_id).where(Seat.signup_id.is_(None))
    query = sa.select(Session.id).where(
        Session.state == "published", Session.starts_at > clock.now(), Session.id.in_(waits),
        Session.id.in_(frees),
    )  # fmt: skip
    return session.scalars(query.order_by(Session.id)).all()
