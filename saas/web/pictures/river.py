"""The river: what flows from column to column, every band as wide as what flows in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

#: Units of the drawing, which are pixels at its full width.
_WIDTH, _BAR, _TALL, _GAP, _TOP, _LEAST = 1100.0, 14.0, 360.0, 14.0, 8.0, 2.0
_EDGE, _NAMES = 220.0, 10.0


@dataclass(frozen=True, slots=True)
class RiverNode:
    """Where something is: its name, how much in words, and the page with its rows."""

    key: str
    name: str
    said: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class RiverBar:
    """A node at its place; its words stand at ``text_x``, ``begins`` or ends there."""

    node: RiverNode
    x: float
    y: float
    height: float
    text_x: float
    anchor: str


@dataclass(frozen=True, slots=True)
class RiverBand:
    """A band between two nodes."""

    path: str
    title: str
    url: str | None


@dataclass(frozen=True, slots=True)
class River:
    """Everything that is drawn, and its size."""

    title: str
    width: float
    height: float
    bars: tuple[RiverBar, ...]
    bands: tuple[RiverBand, ...]


def river(
    title: str, columns: Sequence[Sequence[RiverNode]], flows: Mapping[tuple[str, str], Decimal]
) -> River:
    """Lay out columns of nodes and the bands between them: (from, to) → how much."""
    into, out = _sums(flows, 1), _sums(flows, 0)
    size = {key: max(into.get(key, Decimal()), out.get(key, Decimal())) for key in {*into, *out}}
    whole = max((sum((size[n.key] for n in col), Decimal()) for col in columns), default=Decimal())
    scale = _TALL / float(whole or 1)
    step = (_WIDTH - 2 * _EDGE - _BAR) / max(len(columns) - 1, 1)
    bars, most = dict[str, RiverBar](), 0.0
    for place, column in enumerate(columns):
        y, x = _TOP, _EDGE + place * step
        for node in column:
            height = max(float(size[node.key]) * scale, _LEAST)
            first = place == 0
            bars[node.key] = RiverBar(
                node, x, y, height, x - _NAMES if first else x + _BAR + _NAMES,
                "end" if first else "start",
            )  # fmt: skip
            y += max(height, 34.0) + _GAP
        most = max(most, y)
    bands = _bands(bars, flows, scale)
    return River(title, _WIDTH, most + _TOP, tuple(bars.values()), bands)


def _sums(flows: Mapping[tuple[str, str], Decimal], side: int) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for pair, amount in flows.items():
        found[pair[side]] = found.get(pair[side], Decimal()) + amount
    return found


def _bands(
    bars: Mapping[str, RiverBar], flows: Mapping[tuple[str, str], Decimal], scale: float
) -> tuple[RiverBand, ...]:
    left, right, found = dict[str, float](), dict[str, float](), list[RiverBand]()
    order = list(bars)
    for source, target in sorted(flows, key=lambda p: (order.index(p[0]), order.index(p[1]))):
        a, b = bars[source], bars[target]
        width = max(float(flows[source, target]) * scale, 1.0)
        y, z = a.y + left.get(source, 0.0), b.y + right.get(target, 0.0)
        left[source], right[target] = left.get(source, 0.0) + width, right.get(target, 0.0) + width
        x, far = a.x + _BAR, b.x
        mid = (x + far) / 2
        path = (
            f"M{x:.1f} {y:.1f}C{mid:.1f} {y:.1f} {mid:.1f} {z:.1f} {far:.1f} {z:.1f}"
            f"v{width:.1f}C{mid:.1f} {z + width:.1f} {mid:.1f} {y + width:.1f} {x:.1f}"
            f" {y + width:.1f}z"
        )
        title = f"{a.node.name} → {b.node.name}: {flows[source, target]:,.2f}"
        found.append(RiverBand(path, title, b.node.url or a.node.url))
    return tuple(found)
