"""An act on many rows: each by itself, so that one that cannot be done holds up no other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from saas.kernel.context import Actor
from saas.kernel.errors import AppError, Invalid
from saas.kernel.unit_of_work import insist
from saas.listing.declared import Act, Listing

#: So many rows at most are done at once: as many as a long page has.
MOST_ROWS = 200


@dataclass(slots=True)
class Outcome:
    """What was done, by name, and what was not: name and why."""

    done: list[str] = field(default_factory=list)
    refused: list[tuple[str, object]] = field(default_factory=list)


def offered(listing: Listing[Any], actor: Actor) -> list[Act]:
    """The acts that this actor may try on rows of a list."""
    return [act for act in listing.acts if actor.may(act.needs)]


def looked_up(act: Act, keys: Sequence[str], actor: Actor) -> Outcome:
    """What would be acted on, and what cannot even be found."""
    return _each(act, keys, lambda thing: None, actor)


def done_to_all(act: Act, keys: Sequence[str], actor: Actor, **given: Any) -> Outcome:
    """Do it to each row. What one of them began before it was refused is undone."""
    return _each(act, keys, lambda thing: act.do(thing, actor=actor, **given), actor)


def _each(act: Act, keys: Sequence[str], do: Any, actor: Actor) -> Outcome:
    """In one order, however they were ticked: two who lock the same rows wait for each other, and
    neither for ever.
    """
    outcome = Outcome()
    for key in sorted(set(keys[:MOST_ROWS])):
        name = key
        try:
            thing = act.find(key, actor)
            name = act.named(thing)
            insist(lambda thing=thing: do(thing))  # type: ignore[misc]
        except AppError as error:
            outcome.refused.append((name, _why(error)))
        else:
            outcome.done.append(name)
    return outcome


def _why(error: AppError) -> object:
    """The sentence of a refusal; of an input that cannot be taken, what is wrong with it."""
    if isinstance(error, Invalid):
        return next((text for texts in error.errors.values() for text in texts), error.text)
    return error.text
