"""Key figures: one number, what it counts, and how it went lately."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from saas.web.charts import numbers
from saas.web.charts.axis import axis
from saas.web.charts.numbers import Value

WIDTH, HEIGHT, EDGE = 120.0, 32.0, 4.0


@dataclass(frozen=True, slots=True)
class Spark:
    """A small line without axis. ``paths`` are runs of known values, ``dots`` lonely ones."""

    width: float
    height: float
    paths: tuple[str, ...]
    dots: tuple[tuple[float, float], ...]
    last: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Tile:
    """A key figure in words; ``definition`` says what exactly is counted."""

    label: str
    said: str
    unit: str
    known: bool
    url: str
    note: str
    definition: str
    trend: Spark | None


def tile(
    label: str,
    value: Value | None,
    unit: str = "",
    url: str = "",
    note: str = "",
    definition: str = "",
    trend: Sequence[Value | None] | None = None,
    rate: bool = False,
) -> Tile:
    """A key figure; ``rate`` says that the value is a share (0.914), ``trend`` are its earlier
    values, oldest first.
    """
    numbers.size(value)
    return Tile(
        label=label,
        said=numbers.percent(value) if rate else numbers.number(value),
        unit="" if rate or value is None else unit,
        known=value is not None,
        url=url,
        note=note,
        definition=definition,
        trend=spark(trend) if trend else None,
    )


def spark(points: Sequence[Value | None]) -> Spark:
    """Draw values from 0 on, oldest first, with gaps where there is no data."""
    sizes = [numbers.size(value) for value in points]
    top = axis([value for value in sizes if value is not None], whole=False)
    step = (WIDTH - 2 * EDGE) / max(1, len(sizes) - 1)
    places = [
        None
        if value is None
        else (
            round(EDGE + i * step, 1),
            round(HEIGHT - EDGE - top.share(value) * (HEIGHT - 2 * EDGE), 1),
        )
        for i, value in enumerate(sizes)
    ]
    runs = _runs(places)
    return Spark(
        width=WIDTH,
        height=HEIGHT,
        paths=tuple("M" + "L".join(f"{x} {y}" for x, y in run) for run in runs if len(run) > 1),
        dots=tuple(run[0] for run in runs if len(run) == 1),
        last=places[-1] if places else None,
    )


def _runs(places: Sequence[tuple[float, float] | None]) -> list[list[tuple[float, float]]]:
    runs: list[list[tuple[float, float]]] = [[]]
    for place in places:
        if place is None:
            runs.append([])
        else:
            runs[-1].append(place)
    return [run for run in runs if run]
