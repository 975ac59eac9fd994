"""On which terms rooms are booked: what a street sets for one of its rooms."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Any

from saas.bookings import permissions, queries
from saas.bookings.models import RoomTerms
from saas.bookings.queries import Place
from saas.bookings.rules import Terms
from saas.kernel import audit
from saas.kernel.context import Actor
from saas.kernel.db import session
from saas.kernel.errors import Forbidden


def _ensure(place: Place, actor: Actor) -> None:
    if actor.kind != "system" and not permissions.sets_terms(actor, place):
        raise Forbidden


def set_terms(place: Place, *, actor: Actor, **given: Any) -> None:
    """Set all terms of a room; what was booked before stays as it was."""
    _ensure(place, actor)
    terms = Terms(**{each.name: given[each.name] for each in fields(Terms)})
    row = queries.own_terms([place.room.id]).get(place.room.id)
    if row is None:
        row = RoomTerms(room_id=place.room.id)
        session.add(row)
    for name, value in asdict(terms).items():
        setattr(row, name, value)
    session.flush()
    _note("bookings.set_terms", place, actor)


def follow_model(place: Place, *, actor: Actor) -> None:
    """The room is booked again on the terms that the model has for its kind."""
    _ensure(place, actor)
    row = queries.own_terms([place.room.id]).get(place.room.id)
    if row is not None:
        session.delete(row)
        session.flush()
        _note("bookings.follow_model", place, actor)


def _note(action: str, place: Place, actor: Actor) -> None:
    audit.record(action, "room", place.room.id, actor=actor, unit_path=place.street_path)
