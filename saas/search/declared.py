"""What finds, and what was found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from saas.kernel.context import Actor
from saas.kernel.domain import Words


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that the reader can open. ``exact``: what was typed is its code, and nothing else."""

    name: str
    url: str
    note: str = ""
    exact: bool = False


Find = Callable[[str, Actor, int], Sequence[Hit]]


@dataclass(frozen=True, slots=True)
class Finder:
    """A group of what is found.

    ``find``: up to so many hits for what was typed, best first; only of what this actor can open,
    who may be nobody known. ``whole``: the endpoint of a list that takes the words as ``q`` and has
    them all; with the permission that it needs, if it needs one. ``order``: the group's place.
    """

    code: str
    words: Words
    find: Find
    order: int
    whole: tuple[str, str | None] | None = None
