"""A round over things that have nothing to do with each other: one that breaks stops no other."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

_log = logging.getLogger(__name__)
_Thing = TypeVar("_Thing")


def each_alone(things: Iterable[_Thing], do: Callable[[_Thing], object]) -> list[Exception]:
    """``do`` each, in a transaction or savepoint of its own; what the broken ones raised.

    The caller raises the first when its own round is over, so that the queue tries again.
    """
    broken: list[Exception] = []
    for thing in things:
        try:
            do(thing)
        except Exception as error:  # noqa: BLE001 - whatever it is, the next one has its turn
            _log.exception("one of a round broke; the others go on")
            broken.append(error)
    return broken


def raise_first(broken: list[Exception]) -> None:
    """Let the queue know that a round was not whole."""
    if broken:
        raise broken[0]
