"""What is asked while something comes in: is it there already, was it sent before, whose code?"""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from saas.accounts import queries as people
from saas.demands.case import permissions
from saas.demands.case.models import Custody, Demand, Follower
from saas.demands.case.queries import IS_LIVING, ROWS, Row, ground, has_number
from saas.demands.intake import rules
from saas.demands.menu.models import Category
from saas.kernel import clock
from saas.kernel.codes import code_readings
from saas.kernel.context import Actor
from saas.kernel.crypto import keyed_hash
from saas.kernel.db import rows, session
from saas.kernel.likeness import alike
from saas.territory.queries import Unit, beneath, within

#: So many living demands of the neighbourhood are compared, the newest; so many are shown.
_MOST_COMPARED = 200
_MOST_SHOWN = 3
#: So many of the newest demands say what is entered often.
_MOST_COUNTED = 2000
#: So many numbers of callers are opened to find one, and so many of its matters are shown.
_MOST_OPENED, _MOST_EARLIER = 400, 6


def last_patrol(person_id: int) -> Demand | None:
    """What somebody saw last on patrol, for its place and category."""
    query = sa.select(Demand).where(Demand.entered_by_id == person_id, Demand.channel == "patrol")
    return session.scalars(query.order_by(Demand.id.desc()).limit(1)).first()


def often_entered(channel: str) -> dict[str, int]:
    """How often each category was entered by this way among the district's newest demands."""
    newest = sa.select(Demand.category, Demand.channel).order_by(Demand.id.desc())
    some = newest.limit(_MOST_COUNTED).subquery()
    query = sa.select(some.c.category, sa.func.count()).where(some.c.channel == channel)
    return {code: number for code, number in rows(query.group_by(some.c.category))}


def earlier_matters(number: str, *, actor: Actor) -> list[Row]:
    """What was asked for from a telephone number, in the reach of ``actor``, the newest first:
    by the resident whose number it is, and for callers, whose numbers are sealed and therefore
    opened one by one, no more than the newest of them. Who asked to stay unnamed stays so.
    """
    resident = people.resident_by_phone(number)
    reached = sa.and_(within(actor.reach(permissions.VIEW)), ~Demand.anonymous)
    newest = sa.select(Demand.id, Demand.caller_phone).join(Unit, Unit.id == Demand.unit_id)
    called = newest.where(reached, Demand.caller_phone.is_not(None)).order_by(Demand.id.desc())
    ids = [id_ for id_, phone in rows(called.limit(_MOST_OPENED)) if phone == number]
    own = Demand.filed_by_id == resident.id if resident else sa.false()
    query = ROWS.where(reached, sa.or_(own, Demand.id.in_(ids))).order_by(Demand.id.desc())
    return [Row(*row) for row in rows(query.limit(_MOST_EARLIER))]


def find_by_slip(text: str) -> Demand | None:
    """A demand by the code on its slip, however it was typed; nothing where it could mean two.

    Whoever knows the code may see where it stands.
    """
    readings = code_readings(text, rules.CODE_LENGTH)
    found = session.scalars(sa.select(Demand).where(Demand.code.in_(readings))).all()
    return found[0] if len(found) == 1 else None


def find_by_number(text: str) -> Demand | None:
    """A demand by the number that is said of it; nothing where it could mean two.

    The number opens nothing by itself.
    """
    found = session.scalars(sa.select(Demand).where(has_number(text))).all()
    return found[0] if len(found) == 1 else None


def secret_of(demand: Demand) -> str:
    """What the code to scan on its slip holds beside the code, and nobody can guess (80 bits)."""
    return keyed_hash("slip", demand.code)[: rules.SECRET_LENGTH]


def pin_of(demand: Demand) -> str:
    """The six digits that open it together with its number."""
    return f"{int(keyed_hash('pin', demand.code), 16) % 10**rules.PIN_LENGTH:0{rules.PIN_LENGTH}d}"


def is_filed(submission: str) -> bool:
    """Whether the form with this key has arrived already."""
    query = sa.select(Demand.id).where(Demand.submission == submission)
    return session.scalar(query) is not None


def filing_token(demand: Demand) -> int | None:
    """The token of the program that filed it; None for what a person filed."""
    first = sa.select(Custody.token_id).where(Custody.demand_id == demand.id, Custody.number == 1)
    return session.scalar(first)


@dataclass(frozen=True, slots=True)
class Similar:
    """A demand that may be the same; ``likeness`` 0 to 1. Residents are never shown its words."""

    row: Row
    likeness: float
    followers: int
    follows: bool


def similar(category: Category, unit: Unit, words: str, *, actor: Actor) -> list[Similar]:
    """Living demands of a category around a place that may be the same, the likeliest first.

    Staff find those of their reach; everybody else those of others that are open to neighbours.
    Two questions, however many there are.
    """
    now, found = clock.now(), list[tuple[float, Row]]()
    query = ROWS.add_columns(Demand.unit_id).where(
        Demand.category == category.code,
        IS_LIVING,
        beneath(_neighbourhood(unit).path),
        _shown_to(actor),
    )
    for *values, unit_id in rows(query.order_by(Demand.id.desc()).limit(_MOST_COMPARED)):
        row = Row(*values)
        likeness = rules.sameness(
            alike(words, row.words),
            same_place=unit_id == unit.id,
            age=now - row.filed_at,
        )
        if likeness >= rules.MAY_BE_SAME:
            found.append((likeness, row))
    found.sort(key=lambda pair: -pair[0])
    return _with_followers(found[:_MOST_SHOWN], actor)


def _neighbourhood(unit: Unit) -> Unit:
    """How far around a place is looked: up to the middle of the ladder, never the whole of it."""
    ladder = ground()
    chain, middle = ladder.chain(unit), len(ladder.levels) // 2
    around = [stop.unit for stop in chain if stop.level.position <= middle]
    return around[-1] if around else unit


def _shown_to(actor: Actor) -> sa.ColumnElement[bool]:
    reach = actor.reach(permissions.VIEW)
    if reach:
        return within(reach)
    own = Demand.filed_by_id == actor.id
    return sa.and_(Demand.open_to_neighbours, sa.or_(Demand.filed_by_id.is_(None), ~own))


def _with_followers(found: list[tuple[float, Row]], actor: Actor) -> list[Similar]:
    mine = sa.func.bool_or(Follower.person_id == (actor.id or 0))
    query = sa.select(Follower.demand_id, sa.func.count(), mine).group_by(Follower.demand_id)
    ids = [row.id for _, row in found]
    known = {
        demand_id: (number, follows)
        for demand_id, number, follows in session.execute(query.where(Follower.demand_id.in_(ids)))
    }
    return [Similar(row, likeness, *known.get(row.id, (0, False))) for likeness, row in found]
