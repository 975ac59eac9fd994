"""Every read of merchants and walks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.db import session
from saas.kernel.errors import NotFound
from saas.kernel.finding import only
from saas.kernel.folding import has_words
from saas.kernel.naming import by_id
from saas.places import permissions, rules
from saas.places.models import Kind, Merchant, Route, Stop
from saas.rooms import queries as rooms
from saas.territory import queries as territory
from saas.territory.queries import Unit

Condition = sa.ColumnElement[bool]

# Merchants -------------------------------------------------------------------------------------


def today_sql() -> Any:
    """The district's day, asked for anew whenever a query runs."""
    return sa.bindparam(None, callable_=clock.today, type_=sa.Date, unique=True)


def is_shown() -> Condition:
    """A condition: a merchant is there and agrees to be shown on this day."""
    return sa.and_(Merchant.retired_at.is_(None), Merchant.consent_until >= today_sql())


def standing_of(merchant: Merchant) -> str:
    """How it stands: one of `words.SHOWN`."""
    if merchant.retired_at:
        return "retired"
    left = merchant.consent_until - clock.today()
    return "over" if left.days < 0 else "soon" if left <= rules.SOON else "shown"


def stands_as(standing: str) -> Condition:
    """A condition: a merchant stands so; "shown" are all of them, "check" those to be looked at."""
    soon = Merchant.consent_until <= clock.today() + rules.SOON
    late = Merchant.checked_on <= clock.today() - rules.CHECK_HOLDS
    there = Merchant.retired_at.is_(None)
    return {
        "shown": is_shown(),
        "soon": sa.and_(is_shown(), soon),
        "over": sa.and_(there, Merchant.consent_until < clock.today()),
        "check": sa.and_(there, sa.or_(Merchant.checked_on.is_(None), late)),
        "retired": Merchant.retired_at.is_not(None),
    }[standing]


def called(words: str) -> Condition:
    """A condition: a merchant has these words in its name, in what it sells or where it is."""
    texts = (Merchant.name, Merchant.sells, Merchant.place)
    return has_words(words, *(label[tongue].astext for label in texts for tongue in ("zh", "en")))


#: In the order in which one passes them; where two have the same place, the older one first.
ON_THE_STREET = (Merchant.unit_id, Merchant.position, Merchant.id)


def merchants_within(actor: Actor) -> sa.Select[Any]:
    """All in the actor's reach, in no order."""
    return _within(sa.select(Merchant).join(Unit, Unit.id == Merchant.unit_id), actor)


def _within(query: sa.Select[Any], actor: Actor) -> sa.Select[Any]:
    return query.where(territory.within(actor.reach(permissions.CONFIGURE)))


def _shown(words: str) -> sa.Select[Any]:
    return sa.select(Merchant).where(is_shown(), called(words))


def found(words: str, limit: int) -> Sequence[Merchant]:
    """The first of those who are shown and have these words."""
    return session.scalars(_shown(words).order_by(*ON_THE_STREET).limit(limit)).all()


def shown(words: str = "", kind: str = "", page: int = 1, size: int = 20) -> tuple[Any, int]:
    """A page of those who are shown, in the order of the street, and how many there are."""
    query = _shown(words)
    if kind:
        query = query.join(Kind, Kind.id == Merchant.kind_id).where(Kind.code == kind)
    number = session.scalar(sa.select(sa.func.count()).select_from(query.subquery())) or 0
    paged = query.order_by(*ON_THE_STREET).limit(size).offset((page - 1) * size)
    return session.scalars(paged).all(), number


def public_merchant(code: str) -> Merchant:
    """One that is shown; of all others nobody learns whether there is such a one."""
    return only(sa.select(Merchant).where(Merchant.code == code, is_shown()))


def access_merchant(code: str, *, actor: Actor, lock: bool = False) -> Merchant:
    """The door for who looks after it, else `NotFound`."""
    query = sa.select(Merchant, Unit.path).join(Unit, Unit.id == Merchant.unit_id)
    if lock:
        query = query.with_for_update(of=Merchant)
    found = session.execute(query.where(Merchant.code == code)).one_or_none()
    if found is None or not permissions.can_keep(actor, found.path):
        raise NotFound
    merchant: Merchant = found[0]
    return merchant


def count_merchants(standings: Iterable[str], *, actor: Actor) -> dict[str, int]:
    """How many in the actor's reach stand so, by each of ``standings``; in one question."""
    names = list(standings)
    counts = [sa.func.count().filter(stands_as(name)) for name in names]
    within = merchants_within(actor).with_only_columns(*counts).order_by(None)
    return dict(zip(names, session.execute(within).one(), strict=True))


def next_position(unit: Unit) -> int:
    """The place behind the last one of a street."""
    last = sa.func.coalesce(sa.func.max(Merchant.position), 0)
    return min(session.scalars(sa.select(last).where(Merchant.unit_id == unit.id)).one() + 1, 9999)


def merchant_codes() -> set[str]:
    """The code of every merchant of the district."""
    return set(session.scalars(sa.select(Merchant.code)))


def kinds() -> dict[int, Kind]:
    """Every kind by its id, in order; retired ones too."""
    found = session.scalars(sa.select(Kind).order_by(Kind.position, Kind.id))
    return {kind.id: kind for kind in found}


merchants = by_id(sa.select(Merchant.id, Merchant.name, Merchant.code))
routes = by_id(sa.select(Route.id, Route.name, Route.code))

# Walks -----------------------------------------------------------------------------------------


def routes_within(actor: Actor) -> sa.Select[Any]:
    """All in the actor's reach, in no order."""
    return _within(sa.select(Route).join(Unit, Unit.id == Route.unit_id), actor)


def published() -> Sequence[Route]:
    """What everybody can walk."""
    query = sa.select(Route).where(Route.state == "published")
    return session.scalars(query.order_by(Route.unit_id, Route.id)).all()


def public_route(code: str) -> Route:
    """One that is or was published: the address on a poster is for ever."""
    return only(sa.select(Route).where(Route.code == code, Route.state != "draft"))


def access_route(code: str, *, actor: Actor, lock: bool = False) -> Route:
    """The door for who looks after it, else `NotFound`."""
    query = sa.select(Route, Unit.path).join(Unit, Unit.id == Route.unit_id)
    if lock:
        query = query.with_for_update(of=Route)
    found = session.execute(query.where(Route.code == code)).one_or_none()
    if found is None or not permissions.can_keep(actor, found.path):
        raise NotFound
    route: Route = found[0]
    return route


def routes_called(words: str, limit: int) -> Sequence[Route]:
    """Published ones that have these words in their name or in what they are for."""
    labels = (Route.name, Route.purpose)
    texts = (label[tongue].astext for label in labels for tongue in ("zh", "en"))
    query = sa.select(Route).where(Route.state == "published", has_words(words, *texts))
    return session.scalars(query.order_by(Route.id).limit(limit)).all()


def route_codes() -> set[str]:
    """The code of every walk of the district."""
    return set(session.scalars(sa.select(Route.code)))


def unit_of(thing: Merchant | Route) -> Unit:
    """Where a merchant or a walk belongs to."""
    return session.get_one(Unit, thing.unit_id)


def stops_of(route: Route) -> Sequence[Stop]:
    """Its stops in their order."""
    query = sa.select(Stop).where(Stop.route_id == route.id)
    return session.scalars(query.order_by(Stop.no)).all()


def minutes_of(route_ids: Collection[int]) -> dict[int, tuple[int, int]]:
    """Route → how many minutes and how many stops, counted: one query for all of them."""
    counted = sa.func.coalesce(sa.func.sum(Stop.minutes), 0)
    query = sa.select(Stop.route_id, counted, sa.func.count()).where(Stop.route_id.in_(route_ids))
    return {one: (int(m), n) for one, m, n in session.execute(query.group_by(Stop.route_id))}


def gone_from(route_ids: Collection[int]) -> dict[int, int]:
    """Route → at how many of its stops a merchant stands who is not shown."""
    query = (
        sa.select(Stop.route_id, sa.func.count())
        .join(Merchant, Merchant.id == Stop.merchant_id)
        .where(Stop.route_id.in_(route_ids), ~is_shown())
    )
    return {one: number for one, number in session.execute(query.group_by(Stop.route_id))}


def count_lost(actor: Actor) -> int:
    """How many published walks in reach lead past a merchant who is not shown."""
    lost = routes_within(actor).where(Route.state == "published", has_gone()).subquery()
    return session.scalar(sa.select(sa.func.count()).select_from(lost)) or 0


def has_gone() -> Condition:
    """A condition: at a stop of the walk stands a merchant who is not shown."""
    query = sa.select(Stop.id).join(Merchant, Merchant.id == Stop.merchant_id)
    return query.where(Stop.route_id == Route.id, ~is_shown()).correlate(Route).exists()


@dataclass(frozen=True, slots=True)
class Things:
    """What stands at the stops of walks, by id: of one street everything, of merchants those too
    that are gone from a walk.
    """

    rooms: Mapping[int, Any]
    venues: Mapping[int, Any]
    merchants: Mapping[int, Merchant]


def things_of(street: Unit, stops: Sequence[Stop] = ()) -> Things:
    """What can be, or is, a stop of a walk of a street."""
    here = sa.select(Unit.id).where(territory.beneath(street.path))
    named = {stop.merchant_id for stop in stops if stop.merchant_id}
    query = sa.select(Merchant).where(
        sa.or_(Merchant.id.in_(named), sa.and_(Merchant.unit_id.in_(here), is_shown()))
    )
    return Things(
        {room.id: room for room in rooms.structure_of(street, retired=True).rooms},
        {venue.id: venue for venue in rooms.venues_in(street, closed=True)},
        {one.id: one for one in session.scalars(query.order_by(*ON_THE_STREET))},
    )


def is_walkable(merchant: Merchant, today: date) -> bool:
    """The same as `is_shown`, of one that is at hand."""
    return merchant.retired_at is None and merchant.consent_until >= today


def walks_past(merchant: Merchant) -> Sequence[Route]:
    """The walks of any state at which a merchant is a stop."""
    there = sa.select(Stop.route_id).where(Stop.merchant_id == merchant.id)
    return session.scalars(sa.select(Route).where(Route.id.in_(there)).order_by(Route.id)).all()


def code_of(unit_id: int) -> str:
    """The code of a unit that is at hand."""
    return session.get_one(Unit, unit_id).code
