"""Lines over months: one to three rates, with a gap wherever there is no data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from saas.web.charts.plot import Box, Data, Frame, Mark, Plot, Point, check, mark_of, plot, scale

DOT, SMALL_DOT = 8.0, 5.0
MANY = 18
STUB = 12.0


def line(points: Sequence[Point], title: str, series: Sequence[str] = ()) -> Plot:
    """Draw rates over time; values are shares (0.914 is 91.4%).

    Raises ValueError for negative values and where a point has not one value a series.
    """
    data = Data(tuple(points), check(points, series), scale(points))
    return plot(title, "", "line", data, _marks)


def _marks(frame: Frame, data: Data) -> tuple[tuple[Mark, ...], tuple[tuple[int, str], ...]]:
    marks, paths = [], []
    for series in range(len(data.series)):
        heights = [data.length(point, series) for point in data.points]
        for index, share in enumerate(heights):
            marks.append(mark_of(frame, data, index, series, _box(frame, index, share)))
        if path := " ".join(_runs(frame, heights)):
            paths.append((series + 1, path))
    return tuple(marks), tuple(paths)


def _box(frame: Frame, index: int, share: float | None) -> Box:
    size = SMALL_DOT if frame.slot < MANY else DOT
    x = round(frame.centre(index) - size / 2, 1)
    if share is None:
        return Box(x, frame.base - STUB, size, STUB)
    return Box(x, round(frame.up(share) - size / 2, 1), size, size)


def _runs(frame: Frame, heights: Sequence[float | None]) -> Iterator[str]:
    """One path for each run of known values; a value alone is a dot."""
    run: list[str] = []
    for index, share in enumerate([*heights, None]):
        if share is not None:
            run.append(f"{round(frame.centre(index), 1)} {frame.up(share)}")
            continue
        if len(run) > 1:
            yield "M" + "L".join(run)
        run = []
