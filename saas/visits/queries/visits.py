"""Finding visits again, and what belongs to one."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from saas.accounts import queries as people
from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.crypto import lookup_hash
from saas.kernel.db import session
from saas.kernel.errors import NotFound
from saas.kernel.folding import has_words
from saas.kernel.naming import Named
from saas.kernel.shortcodes import read_code
from saas.territory import queries as territory
from saas.territory.queries import Unit
from saas.visits import permissions, rules
from saas.visits.models import (
    Act,
    Cost,
    Guest,
    Question,
    Rating,
    ReceptionList,
    Stop,
    Term,
    Visit,
)

Condition = sa.ColumnElement[bool]


def terms() -> dict[str, Term]:
    """What the model says of visits, by code."""
    return {t.code: t for t in session.scalars(sa.select(Term).order_by(Term.position))}


# One visit --------------------------------------------------------------------------------------


def by_slip(text: str) -> Visit | None:
    """A visit by the code on the slip of who asked, however it was typed."""
    return session.scalar(sa.select(Visit).where(Visit.code == (read_code(text) or "")))


def by_day_code(text: str) -> Visit:
    """A visit by the code that every guest may have; `NotFound` for one that is not to come, and
    once names are erased.
    """
    found = session.scalar(sa.select(Visit).where(Visit.day_code == (read_code(text) or "")))
    known = found is not None and found.erase_after > clock.today()
    if found is None or not known or found.state not in rules.LETTERED:
        raise NotFound
    return found


def unit_of(visit: Visit) -> Unit:
    """The street that receives it."""
    return session.get_one(Unit, visit.unit_id)


def path_of(visit: Visit) -> str:
    """Where that lies in the tree."""
    path: str = unit_of(visit).path
    return path


def can_see(visit: Visit, actor: Actor) -> bool:
    """Whether all of a visit is anything to ``actor``: who asked, and the office."""
    return permissions.is_guest(actor, visit) or permissions.handles(actor, path_of(visit))


def access_visit(code: str, *, actor: Actor, lock: bool = False, office: bool = False) -> Visit:
    """A visit for who asked for it and for the office (with ``office`` for it alone), and for its
    guides; else `NotFound`.
    """
    query = sa.select(Visit).where(Visit.code == code)
    found = session.scalar(query.with_for_update() if lock else query)
    if found is None:
        raise NotFound
    if office:
        seen = permissions.handles(actor, path_of(found))
    else:
        seen = can_see(found, actor) or _guides(found, actor)
    if not seen:
        raise NotFound
    return found


def _guides(visit: Visit, actor: Actor) -> bool:
    mine = sa.select(Stop.id).where(Stop.visit_id == visit.id, Stop.guide_id == actor.person_id)
    return actor.person_id is not None and session.scalar(mine.limit(1)) is not None


def find_submission(submission: str) -> Visit | None:
    """What the form with this key has made already."""
    return session.scalar(sa.select(Visit).where(Visit.submission == submission))


@dataclass(frozen=True, slots=True)
class StoryAct:
    """An act with the name of who did it."""

    verb: str
    at: datetime
    actor: str | None
    reason: str | None


def story_of(visit: Visit) -> list[StoryAct]:
    """Its acts in order."""
    query = sa.select(Act).where(Act.visit_id == visit.id).order_by(Act.number)
    found = session.scalars(query).all()
    known = people.names_of([act.actor_id for act in found if act.actor_id])
    return [StoryAct(a.verb, a.at, known.get(a.actor_id or 0), a.reason) for a in found]


def guests_of(visit: Visit) -> Sequence[Guest]:
    """Who comes, in the order in which they were written down."""
    query = sa.select(Guest).where(Guest.visit_id == visit.id)
    return session.scalars(query.order_by(Guest.id)).all()


def costs_of(visit: Visit) -> Sequence[Cost]:
    """What it cost."""
    query = sa.select(Cost).where(Cost.visit_id == visit.id)
    return session.scalars(query.order_by(Cost.id)).all()


def list_of(visit: Visit) -> ReceptionList | None:
    """The reception list that was frozen last."""
    query = sa.select(ReceptionList).where(ReceptionList.visit_id == visit.id)
    return session.scalar(query.order_by(ReceptionList.number.desc()).limit(1))


def questions_of(visit: Visit) -> Sequence[Question]:
    """What its guests asked."""
    query = sa.select(Question).where(Question.visit_id == visit.id)
    return session.scalars(query.order_by(Question.id)).all()


def question_of(visit: Visit, number: int) -> Question:
    """One of them, else `NotFound`."""
    found = next((one for one in questions_of(visit) if one.id == number), None)
    if found is None:
        raise NotFound
    return found


def published() -> Sequence[Question]:
    """Questions and answers for everybody, the newest first."""
    query = sa.select(Question).where(Question.published_at.is_not(None))
    return session.scalars(query.order_by(Question.published_at.desc()).limit(200)).all()


def ratings_of(visit: Visit) -> Sequence[Rating]:
    """What its guests said at the end."""
    query = sa.select(Rating).where(Rating.visit_id == visit.id)
    return session.scalars(query.order_by(Rating.id)).all()


# Many -------------------------------------------------------------------------------------------


def reached(actor: Actor) -> Condition:
    """A condition: the visit is at a place where ``actor`` works on visits."""
    here = sa.select(Unit.id).where(territory.within(actor.reach(permissions.HANDLE)))
    return Visit.unit_id.in_(here)


def within_reach(actor: Actor) -> sa.Select[tuple[Visit]]:
    """Everything where ``actor`` works on visits."""
    return sa.select(Visit).where(reached(actor))


def called(words: str) -> Condition:
    """A condition: who comes, or what for, has these words; or the number is theirs, in whole."""
    phone = people.usable_phone(words)
    return sa.or_(
        has_words(words, Visit.from_org, Visit.purpose),
        Visit.code == (read_code(words) or ""),
        Visit.contact_hash == (lookup_hash(phone) if phone else ""),
    )


def count(*where: Condition) -> int:
    """How many visits there are of a kind."""
    return session.scalar(sa.select(sa.func.count()).select_from(Visit).where(*where)) or 0


def of_samples() -> Condition:
    """A condition: the visit belongs to a demo."""
    return Visit.sample.is_(True)


def rows_of(*where: Condition, limit: int = 200) -> Sequence[Visit]:
    """The first of them by their day."""
    query = sa.select(Visit).where(*where).order_by(Visit.starts_at, Visit.id)
    return session.scalars(query.limit(limit)).all()


def in_week(day: date) -> Condition:
    """A condition: it begins in the week of a day."""
    first = clock.begin_of(day - timedelta(days=day.weekday()))
    last = clock.begin_of(day + timedelta(days=7 - day.weekday()))
    return sa.and_(Visit.starts_at >= first, Visit.starts_at < last)


def names(ids: Collection[int]) -> Mapping[int, Named]:
    """Visits by their ids: who comes on which day."""
    zone = clock.zone()
    return {
        one.id: ({"zh": f"{one.from_org} {one.starts_at.astimezone(zone):%Y-%m-%d}"},
                 {"code": one.code})
        for one in session.scalars(sa.select(Visit).where(Visit.id.in_(ids)))
    }  # fmt: skip
