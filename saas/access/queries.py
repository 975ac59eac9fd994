"""Who waits to be let in."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from saas.access import rules
from saas.access.models import Registration
from saas.accounts import queries as people
from saas.accounts.permissions import MANAGE
from saas.accounts.queries import Person
from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.crypto import lookup_hash
from saas.kernel.db import session
from saas.kernel.errors import NotFound
from saas.territory.queries import Unit, within


def _waiting(actor: Actor) -> sa.Select[tuple[Registration, Unit]]:
    return (
        sa.select(Registration, Unit)
        .join(Unit, Unit.id == Registration.home_unit_id)
        .where(
            Registration.state == "asked",
            Registration.at > clock.now() - rules.LASTS,
            within(actor.reach(MANAGE)),
        )
    )


def waiting(actor: Actor) -> Sequence[tuple[Registration, Unit]]:
    """Those who wait where ``actor`` manages people, with their homes, the newest first."""
    query = _waiting(actor).order_by(Registration.id.desc()).limit(200)
    return [(row, unit) for row, unit in session.execute(query)]


def count_waiting(actor: Actor) -> int:
    """How many wait there."""
    query = sa.select(sa.func.count()).select_from(_waiting(actor).subquery())
    return session.scalars(query).one()


def access_waiting(registration_id: int, *, actor: Actor) -> Registration:
    """One that ``actor`` may decide on, locked; else `NotFound`."""
    query = (
        _waiting(actor).where(Registration.id == registration_id).with_for_update(of=Registration)
    )
    found: Registration | None = session.scalars(query).first()
    if found is None:
        raise NotFound
    return found


def own(registration_id: object) -> Registration | None:
    """What this device asked for and still waits, locked: the id comes from its session."""
    if not isinstance(registration_id, int):
        return None
    row = session.get(Registration, registration_id, with_for_update=True)
    return row if row and rules.is_open(row.state, row.at, clock.now()) else None


def resident_with(phone: str) -> tuple[Person | None, bool]:
    """Who signs in with a number, and whether that is a resident and nothing else: whoever holds a
    post gets a new password from the administrator, not by a message to a telephone.
    """
    number = people.usable_phone(phone)
    person = people.person_by_phone(number) if number else None
    if person is None or person.disabled_at:
        return None, False
    return person, not people.posts_of([person.id]).get(person.id)


def others_with(row: Registration) -> Sequence[Registration]:
    """What else waits with the same number."""
    query = sa.select(Registration).where(
        Registration.phone_hash == row.phone_hash,
        Registration.state == "asked",
        Registration.id != row.id,
    )
    return session.scalars(query).all()


def hash_of(number: str) -> str:
    """By which a number is found."""
    return lookup_hash(number)
