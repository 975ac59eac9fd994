"""A verb with what is given with it; made from what somebody typed or a program sent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from saas.demands.case import queries, words
from saas.demands.case.models import Demand
from saas.kernel.context import Actor
from saas.kernel.errors import Invalid, NotFound
from saas.territory import queries as territory
from saas.territory.queries import Unit

_Named = TypeVar("_Named")


@dataclass(frozen=True, slots=True)
class Deed:
    """A verb with what is given with it.

    ``unit`` is whom it goes to or who is asked to join; ``hours`` are working hours that a helper,
    or a supervised holder, has; ``until`` the first day on which a suspended demand can go on;
    ``photo`` are files as a form sent them.
    """

    verb: str
    reason: str = ""
    code: str | None = None
    unit: Unit | None = None
    hours: int | None = None
    until: date | None = None
    rating: int | None = None
    into: Demand | None = None
    photo: Sequence[Any] = ()

    @property
    def stars(self) -> int | None:
        """The rating, where the verb is one by which the resident gives it."""
        return self.rating if self.verb in {"confirm", "rate"} else None


def deed_from(given: dict[str, Any], actor: Actor) -> Deed:
    """A deed from input that `schemas.ActIn` has checked. A demand that is named comes locked.

    Raises `Invalid` at the field whose code names nothing, or nothing that ``actor`` may see.
    """
    return Deed(
        verb=given["verb"],
        reason=given["reason"],
        code=given["code"],
        unit=_named(given["unit"], "unit", territory.unit_by_code),
        hours=given["hours"],
        until=given["until"],
        rating=given["rating"],
        into=_named(
            given["into"], "into", lambda code: queries.access_demand(code, actor=actor, lock=True)
        ),
        photo=given.get("photo", ()),
    )


def _named(code: str | None, field: str, find: Callable[[str], _Named]) -> _Named | None:
    if not code:
        return None
    try:
        return find(code.strip().lower())
    except NotFound:
        raise Invalid({field: [words.MISSING[field]]}) from None
