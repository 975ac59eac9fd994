"""A verb in one row: everything that is said of it, and whom it concerns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

KindT = TypeVar("KindT")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb(Generic[KindT]):
    """A verb as people meet it; a domain that says more of its verbs adds fields of its own.

    ``done`` stands in the story, with a mark of this ``tone``. ``do`` is on the button, in two to
    four Chinese characters, beside ``icon``; nobody presses a verb without. ``ask`` stands above
    the box in which the reason goes, ``may`` are fields that can be given though no cell asks for
    them, ``group`` is where the button stands. An ``internal`` one is for staff alone.
    ``notices``: for whom (a word of the domain) → the kind of notice that they get, in this order.
    ``fact`` is what other systems are told.
    """

    code: str
    done: object
    tone: str
    do: object = None
    icon: str = ""
    ask: object = None
    may: tuple[str, ...] = ()
    group: str = ""
    internal: bool = False
    notices: Mapping[str, KindT] = field(default_factory=dict)
    fact: KindT | None = None
