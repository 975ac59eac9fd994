"""Columns over months: one to three counts side by side."""

from __future__ import annotations

from collections.abc import Sequence

from saas.web.charts import numbers
from saas.web.charts.plot import Box, Data, Frame, Mark, Plot, Point, check, mark_of, plot, scale

WIDEST = 36.0
FILLED = 0.76  # of a slot
LEAST = 1.5  # what is more than nothing is seen
STUB = 12.0  # the dotted stub that says no data


def columns(
    points: Sequence[Point],
    title: str,
    unit: str = "",
    series: Sequence[str] = (),
    whole: bool = True,
) -> Plot:
    """Draw counts over time. ``series`` names up to three; ``whole`` keeps ticks off fractions.

    Raises ValueError for negative values and where a point has not one value a series.
    """
    data = Data(
        points=tuple(points),
        series=check(points, series),
        axis=scale(points, whole),
        say=numbers.number,
        tell=lambda value: numbers.number(value, unit),
        tick=numbers.axis_number,
    )
    return plot(title, unit, "columns", data, _marks)


def _marks(frame: Frame, data: Data) -> tuple[tuple[Mark, ...], tuple[tuple[int, str], ...]]:
    count = len(data.series)
    pitch = min(frame.slot * FILLED / count, WIDEST)
    width = max(1.0, pitch - (1.5 if count > 1 else 0.0))
    marks = []
    for index, point in enumerate(data.points):
        start = frame.centre(index) - pitch * count / 2
        for series in range(count):
            x = round(start + series * pitch + (pitch - width) / 2, 1)
            box = _box(frame, x, width, data.length(point, series))
            marks.append(mark_of(frame, data, index, series, "bar", box))
    return tuple(marks), ()


def _box(frame: Frame, x: float, width: float, share: float | None) -> Box:
    if share is None:
        return Box(x, frame.base - STUB, round(width, 1), STUB)
    height = round(max(LEAST, frame.base - frame.up(share)) if share else 0.0, 1)
    return Box(x, round(frame.base - height, 1), round(width, 1), height)
