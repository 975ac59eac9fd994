"""Premises for organisations: granted on terms, looked at, handed back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from saas.kernel import audit, clock
from saas.kernel.context import Actor
from saas.kernel.db import session
from saas.kernel.errors import Conflict, Invalid, not_listed
from saas.kernel.i18n import lazy_gettext as _l
from saas.organisations import queries as organisations
from saas.rooms import queries
from saas.rooms.commands.noting import ensure_configures
from saas.rooms.models import Grant, Review
from saas.territory.queries import Unit


def _registered(code: str) -> organisations.Organisation:
    found = organisations.registered(code)
    if found is None:
        raise Invalid({"organisation": [_l("Give the code of an organisation in the register.")]})
    return found


def grant_premises(
    street: Unit, *, organisation: str, venue: str, area_m2: int, rent_yuan: Decimal,
    until: date, conditions: str, room: str = "", paid_yuan: Decimal = Decimal(0),
    since: date | None = None, sample: bool = False, actor: Actor,
) -> Grant:  # fmt: skip
    """Let an organisation use a room or part of a venue. Raises `Invalid` by field: the venue may
    not be given away twice over, and what is granted ends.
    """
    ensure_configures(actor, street)
    group = _registered(organisation)
    place, since = queries.chosen_venue(street, venue), since or clock.today()
    if place is None:
        raise not_listed("venue")
    if until <= since:
        raise Invalid({"until": [_l("Choose a day after it begins.")]})
    # Two who give it away come one after the other, and nobody leaves the register meanwhile.
    session.refresh(place, with_for_update=True)
    session.refresh(group, with_for_update=True)
    _registered(organisation)
    free = (place.area_m2 or 0) - queries.used_area(place)
    if place.area_m2 is not None and area_m2 > free:
        raise Invalid({"area_m2": [_l("Only %(free)s m² of it are free.", free=free)]})
    row = Grant(
        organisation_id=group.id, venue_id=place.id, area_m2=area_m2, rent_yuan=rent_yuan,
        room_id=queries.public_room(street, room).id if room else None, paid_yuan=paid_yuan,
        conditions=conditions.strip(), since=since, until=until, sample=sample,
    )  # fmt: skip
    session.add(row)
    session.flush()
    audit.record("rooms.grant_premises", "premises", row.id, actor=actor, unit_path=street.path)
    return row


def review_premises(street: Unit, row: Grant, *, words: str, kept: bool, actor: Actor) -> None:
    """Write down whether the conditions are kept."""
    ensure_configures(actor, street)
    session.add(
        Review(grant_id=row.id, on=clock.today(), words=words.strip(), kept=kept, at=clock.now(),
               by_id=actor.person_id)
    )  # fmt: skip
    audit.record("rooms.review_premises", "premises", row.id, actor=actor, unit_path=street.path)


def end_premises(street: Unit, row: Grant, *, actor: Actor) -> None:
    """Handed back, keys and all."""
    ensure_configures(actor, street)
    if row.ended_on is not None:
        raise Conflict(_l("It was handed back already."))
    row.ended_on = max(clock.today(), row.since)
    audit.record("rooms.end_premises", "premises", row.id, actor=actor, unit_path=street.path)
