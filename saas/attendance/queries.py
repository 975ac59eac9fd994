"""Every read of attendance."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

import sqlalchemy as sa

from saas.accounts import queries as people
from saas.activities import queries as sessions
from saas.activities.queries import Scene, Session, SignUp
from saas.attendance import rules
from saas.attendance.models import Mark
from saas.kernel import corrections
from saas.kernel.context import Actor
from saas.kernel.crypto import keyed_hash
from saas.kernel.db import session
from saas.kernel.errors import NotFound
from saas.kernel.shortcodes import read_code

Condition = sa.ColumnElement[bool]
#: A condition: a mark that nobody took back.
LIVE: Final[Condition] = corrections.live(Mark)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many were at a session: known by name, on a list of names elsewhere, counted by band."""

    person: int = 0
    listed: int = 0
    bands: dict[str, int] = field(default_factory=dict)

    @property
    def named(self) -> int:
        """Known by name, here or on a list."""
        return self.person + self.listed

    @property
    def counted(self) -> int:
        """Without a name."""
        return sum(self.bands.values())

    @property
    def total(self) -> int:
        """All of them."""
        return self.named + self.counted


def counts_of(ids: Collection[int]) -> dict[int, Counts]:
    """How many were at each of these sessions; one question for all."""
    query = (
        sa.select(Mark.session_id, Mark.kind, Mark.band, sa.func.sum(Mark.n))
        .where(Mark.session_id.in_(ids), LIVE)
        .group_by(Mark.session_id, Mark.kind, Mark.band)
    )
    found = {key: {"person": 0, "listed": 0} for key in ids}
    bands: dict[int, dict[str, int]] = {key: {} for key in ids}
    for key, kind, band, n in session.execute(query):
        if kind == "tally":
            bands[key][band] = int(n)
        else:
            found[key][kind] = int(n)
    return {key: Counts(**found[key], bands=bands[key]) for key in ids}


def by_key(key: str) -> Mark | None:
    """What the device has sent with this key before."""
    return session.scalar(sa.select(Mark).where(Mark.key == key))


def subject_of(person_id: int | None, signup: SignUp | None) -> str:
    """Who is meant, as the table has it."""
    return f"p{person_id}" if person_id is not None else f"s{signup.id if signup else ''}"


def last_void(session_id: int, subject: str) -> Mark | None:
    """The void that who was taken back is marked again after; None where they never were, or are
    marked now.
    """
    query = corrections.last_void(Mark, Mark.session_id, session_id, Mark.subject == subject)
    found: Mark | None = session.scalar(query)
    return found


def counted_with(mark: Mark) -> Sequence[Mark]:
    """Who was counted with somebody of a sign-up."""
    if mark.kind != "person" or mark.signup_id is None:
        return ()
    query = sa.select(Mark).where(
        Mark.session_id == mark.session_id, Mark.signup_id == mark.signup_id, Mark.kind == "tally",
        Mark.key == f"{mark.key}+", LIVE,
    )  # fmt: skip
    return session.scalars(query).all()


def access_mark(scene: Scene, mark_id: int) -> Mark:
    """A mark of this session, else `NotFound`."""
    found = session.get(Mark, mark_id)
    if found is None or found.session_id != scene.session.id or found.what != "mark":
        raise NotFound
    return found


def latest(session_id: int, limit: int = 6) -> Sequence[Mark]:
    """What was written down last and stands."""
    query = sa.select(Mark).where(Mark.session_id == session_id, LIVE)
    return session.scalars(query.order_by(Mark.id.desc()).limit(limit)).all()


def rows_of(session_id: int) -> Sequence[Mark]:
    """Every row of a session, voids too, as they were written."""
    query = sa.select(Mark).where(Mark.session_id == session_id)
    return session.scalars(query.order_by(Mark.id).limit(2000)).all()


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody who signed up and is looked for; ``mark``: their mark, if they came."""

    signup: SignUp
    name: str
    mark: Mark | None


def looked_for(scene: Scene, needle: str, most: int = 8) -> list[Found]:
    """Those with places whom ``needle`` means; see `rules.is_found`. Nobody for less than that."""
    if len("".join(needle.split())) < rules.LEAST:
        return []
    coming = sessions.living(scene.session.pool_id, states=("confirmed",))
    names = people.names_of([one.person_id for one in coming if one.person_id])
    code = read_code(needle)
    found = [
        (one, name)
        for one in coming
        for name in [one.guest_name or names.get(one.person_id or 0, "")]
        if one.code == code or rules.is_found(needle, name, one.guest_phone or "")
    ][:most]
    marks = marks_for(scene.session.id, [one.id for one, _ in found])
    return [Found(one, name, marks.get(one.id)) for one, name in found]


def marks_for(session_id: int, signups: Collection[int]) -> dict[int, Mark]:
    """The standing marks of these sign-ups at a session."""
    query = sa.select(Mark).where(
        Mark.session_id == session_id, Mark.signup_id.in_(signups), Mark.kind == "person", LIVE
    )
    return {one.signup_id or 0: one for one in session.scalars(query)}


def own_mark(session_id: int, actor: Actor) -> Mark | None:
    """That the actor is here."""
    query = sa.select(Mark).where(
        Mark.session_id == session_id, Mark.person_id == actor.person_id, LIVE
    )
    return session.scalar(query) if actor.person_id else None


def code_now(code: str, moment: datetime) -> str:
    """The six digits that the room shows in the minute of ``moment``."""
    minute = int(moment.timestamp()) // 60
    digits = int(keyed_hash("slip", f"minute:{code}:{minute}")[:12], 16)
    return f"{digits % 10**rules.DIGITS:0{rules.DIGITS}}"


def to_count(actor: Actor) -> Condition:
    """A condition: where the actor works it goes on, or is over and not closed."""
    return sa.and_(sessions.reached(actor), Session.state.in_(rules.OPEN))


def states_in(condition: Condition) -> dict[str, int]:
    """How many sessions there are of each state."""
    query = sa.select(Session.state, sa.func.count()).where(condition).group_by(Session.state)
    return {state: n for state, n in session.execute(query)}


def missed(scene: Scene) -> int:
    """Parties that had places and of whom nobody came."""
    coming = sessions.living(scene.session.pool_id, states=("confirmed",))
    came = marks_for(scene.session.id, [one.id for one in coming])
    return len([one for one in coming if one.id not in came])
