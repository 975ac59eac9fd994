"""A deed from what somebody typed or a program sent: codes become what they name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from saas.demands import queries, words
from saas.demands.commands.acting import Deed
from saas.kernel.context import Actor
from saas.kernel.errors import Invalid, NotFound
from saas.territory import queries as territory

_Named = TypeVar("_Named")


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
    )


def _named(code: str | None, field: str, find: Callable[[str], _Named]) -> _Named | None:
    if not code:
        return None
    try:
        return find(code.strip().lower())
    except NotFound:
        raise Invalid({field: [words.MISSING[field]]}) from None
