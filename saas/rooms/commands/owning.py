"""What a street changes becomes its own, field by field."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from saas.kernel.db import session
from saas.rooms import queries, rules
from saas.rooms.commands.planning import add_from
from saas.rooms.models import Centre, Platform, Room


@contextmanager
def owning(*things: Centre | Platform | Room, back: str = "") -> Iterator[None]:
    """Fields that are changed inside become the street's own, unless they end as the district has
    them. ``back`` names a field that is the district's again, whatever was done inside.
    """
    before = [queries.values_of(thing) for thing in things]
    yield
    library = queries.library() if len(things) > 1 else None
    for thing, was in zip(things, before, strict=True):
        inherited = library.inherited(thing) if library else queries.inherited_by(thing)
        if inherited and back in inherited:
            take(thing, {back: inherited[back]})
            thing.own = [field for field in thing.own if field != back]
        thing.own = rules.own_after(thing.own, was, queries.values_of(thing), inherited)


def take(thing: Centre | Platform | Room, values: dict[str, Any]) -> None:
    """Give a thing these fields. A room's platform comes by its code and is added where the street
    has given it up.
    """
    for field, value in values.items():
        if field == "platform" and isinstance(thing, Room):
            home = queries.home_of(thing.unit_id, value)
            home = home or add_from(thing.unit_id, queries.platform_template(value))
            thing.platform_id = home.id
        else:
            setattr(thing, field, value)
    session.flush()
