"""The growth rings: a ring a stage, a dot an organisation; shape and colour say the type.

Pure arithmetic over what is in the register; the template draws it and lists the same beneath.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from saas.kernel.i18n import say
from saas.organisations.models import Organisation, Stage, Type

#: The picture is a square of this size; the first ring begins so far from the middle.
SIZE, _HEART, _EDGE = 720, 60, 16
_NARROW: Final = 7.0


@dataclass(frozen=True, slots=True)
class Dot:
    """An organisation: where it stands, and how it is drawn (``kind`` counts the types from 0)."""

    x: float
    y: float
    kind: int
    asleep: bool
    name: str


@dataclass(frozen=True, slots=True)
class Ring:
    """A stage by its place on the tracks, how many stand there, and the lists behind it."""

    radius: float
    words: str
    dots: tuple[Dot, ...]
    lists: tuple[tuple[str, int, str], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """The rings from the middle out, and the types that are drawn."""

    rings: tuple[Ring, ...]
    types: tuple[str, ...]
    size: int = SIZE


def drawn(
    groups: Iterable[Organisation], types: Sequence[Type], stages: Sequence[Stage],
    address: Callable[..., str],
) -> Picture:  # fmt: skip
    """The picture of these organisations; those that are not incubated yet stand in the heart."""
    tracks = {kind.code: [row for row in stages if row.type == kind.code] for kind in types}
    deepest = max(map(len, tracks.values()), default=0)
    by_ring: list[list[Organisation]] = [[] for _ in range(deepest + 1)]
    for group in groups:
        track = [row.code for row in tracks.get(group.type, ())]
        at = track.index(group.stage) + 1 if group.stage in track else 0
        by_ring[at].append(group)
    step = (SIZE / 2 - _EDGE - _HEART) / max(deepest, 1)
    kinds = [kind.code for kind in types]
    rings = tuple(
        _ring(n, _HEART + step * n, members, types, tracks, kinds, address)
        for n, members in enumerate(by_ring)
    )
    return Picture(rings, tuple(say(kind.name) for kind in types))


def _ring(
    number: int, radius: float, members: list[Organisation], types: Sequence[Type],
    tracks: dict[str, list[Stage]], kinds: list[str], address: Callable[..., str],
) -> Ring:  # fmt: skip
    names, lists = [], []
    for kind in types:
        here = [group for group in members if group.type == kind.code]
        stage = tracks[kind.code][number - 1] if 0 < number <= len(tracks[kind.code]) else None
        if stage is not None and say(stage.name) not in names:
            names.append(say(stage.name))
        if here:
            url = address(type=kind.code, **({"stage": stage.code} if stage else {}))
            lists.append((say(kind.name), len(here), url))
    return Ring(radius, " · ".join(names), tuple(_dots(members, radius, kinds)), tuple(lists))


def _dots(members: list[Organisation], radius: float, kinds: list[str]) -> Iterable[Dot]:
    """Around the ring; where they would touch, in two or three rows just inside it."""
    middle, number = SIZE / 2, max(len(members), 1)
    lanes = min(3, 1 + int(number * 2 * _NARROW / (2 * math.pi * radius)))
    for place, group in enumerate(members):
        far = radius - (place % lanes) * 2.2 * _NARROW
        angle = 2 * math.pi * (place + 0.5) / number - math.pi / 2
        yield Dot(
            round(middle + far * math.cos(angle), 1), round(middle + far * math.sin(angle), 1),
            kinds.index(group.type), group.state != "active", say(group.name),
        )  # fmt: skip
