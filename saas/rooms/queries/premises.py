"""Premises that organisations use, and what the support is worth."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from saas.kernel import clock
from saas.kernel.context import Label
from saas.kernel.db import session
from saas.kernel.errors import NotFound
from saas.kernel.naming import by_id
from saas.organisations.queries import Organisation
from saas.rooms.models import Grant, Review, Room, Venue
from saas.rooms.queries.venues import venues_in
from saas.territory.queries import Unit

_MONTHS = 12


def _running() -> Any:
    return Grant.ended_on.is_(None)


def used_area(venue: Venue) -> int:
    """How many square metres of a venue are granted now."""
    total = sa.func.coalesce(sa.func.sum(Grant.area_m2), 0)
    query = sa.select(total).where(Grant.venue_id == venue.id, _running())
    return int(session.scalars(query).one())


@dataclass(frozen=True, slots=True)
class Premises:
    """A grant with the names of what it is about."""

    row: Grant
    group: str
    name: Label
    room: Label | None
    last: tuple[date, bool, str] | None

    @property
    def worth_a_year(self) -> Decimal:
        """What the support is worth in yuan a year: the reference rent less what is paid."""
        return _MONTHS * (self.row.area_m2 * self.row.rent_yuan - self.row.paid_yuan)

    @property
    def overdue(self) -> bool:
        """Whether its term is over although it was not handed back."""
        return self.row.ended_on is None and self.row.until < clock.today()


@dataclass(frozen=True, slots=True)
class UsedVenue:
    """A venue and who uses it."""

    venue: Venue
    grants: list[Premises]

    @property
    def used(self) -> int:
        """Square metres in use."""
        return sum(each.row.area_m2 for each in self.grants if each.row.ended_on is None)

    @property
    def worth_a_year(self) -> Decimal:
        """The worth of everything in use, in yuan a year."""
        return sum((g.worth_a_year for g in self.grants if g.row.ended_on is None), Decimal(0))


def premises_in(street: Unit) -> list[UsedVenue]:
    """The venues of a street by who uses them; what was handed back stands at the end."""
    venues = venues_in(street, closed=True)
    newest = (
        sa.select(Review.grant_id, Review.on, Review.kept, Review.words)
        .distinct(Review.grant_id)
        .order_by(Review.grant_id, Review.id.desc())
        .subquery()
    )
    query = (
        sa.select(Grant, Organisation.code, Organisation.name, Room.name, newest.c.on,
                  newest.c.kept, newest.c.words)
        .join(Organisation, Organisation.id == Grant.organisation_id)
        .outerjoin(Room, Room.id == Grant.room_id)
        .outerjoin(newest, newest.c.grant_id == Grant.id)
        .where(Grant.venue_id.in_([venue.id for venue in venues]))
        .order_by(Grant.ended_on.is_not(None), Grant.since, Grant.id)
    )  # fmt: skip
    found = [
        Premises(row, code, name, room, (on, kept, words) if on else None)
        for row, code, name, room, on, kept, words in session.execute(query)
    ]
    return [UsedVenue(v, [each for each in found if each.row.venue_id == v.id]) for v in venues]


def access_grant(street: Unit, grant_id: int) -> Grant:
    """One grant of a street, locked."""
    query = sa.select(Grant).where(
        Grant.id == grant_id,
        Grant.venue_id.in_([venue.id for venue in venues_in(street, closed=True)]),
    )
    row = session.scalar(query.with_for_update())
    if row is None:
        raise NotFound
    return row


def count_running(ids: Collection[int], since: date | None) -> dict[int, int]:
    """How many premises each of these organisations uses: a fact of theirs."""
    query = sa.select(Grant.organisation_id, sa.func.count()).where(
        Grant.organisation_id.in_(ids), _running()
    )
    return {one: number for one, number in session.execute(query.group_by(Grant.organisation_id))}


def used_by(organisation_id: int) -> Sequence[Any]:
    """What one organisation uses: grant, venue."""
    query = sa.select(Grant, Venue).join(Venue, Venue.id == Grant.venue_id)
    where = (Grant.organisation_id == organisation_id, _running())
    return session.execute(query.where(*where).order_by(Grant.id)).all()


grants = by_id(
    sa.select(Grant.id, Organisation.name).join(
        Organisation, Organisation.id == Grant.organisation_id
    )
)
