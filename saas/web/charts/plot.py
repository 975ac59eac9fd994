"""What charts over time share: points, the frame with its axis, and the words around it.

Everything is drawn twice: once for a desk, once for a telephone, where letters keep their size
and fewer of them fit. The style sheet shows the one for which there is room.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from babel.dates import format_skeleton

from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import locale_code
from saas.web.charts import numbers
from saas.web.charts.axis import Axis, axis
from saas.web.charts.numbers import Value
from saas.web.charts.table import Cell, Row, Table
from saas.web.pictures.lines import Line, width_of

SERIES = 3  # more cannot be told apart without colour
PRINTED = 12  # up to so many points every value is written
GAP = 8.0
HIT = 24.0  # height of what can be pressed around a dot
_EVERY = (1, 2, 3, 4, 6, 12)  # every so many months a label


@dataclass(frozen=True, slots=True)
class Point:
    """One place on the axis: its full name, a short one for the axis, and what it belongs to.

    ``values`` has one entry a series, ``urls`` the pages of their records in the same order.
    """

    label: str
    values: tuple[Value | None, ...]
    urls: tuple[str, ...] = ()
    short: str = ""
    group: str = ""

    @classmethod
    def month(
        cls, first: date, values: tuple[Value | None, ...], urls: tuple[str, ...] = ()
    ) -> Point:
        """A month in the reader's language: March 2026, Mar, and 2026 as its group."""
        full, short, year = (
            str(format_skeleton(skeleton, first, locale=locale_code()))
            for skeleton in ("yMMM", "MMM", "y")
        )
        return cls(full, values, urls, short, year)


@dataclass(frozen=True, slots=True)
class Size:
    """How much room a drawing has; all in its own units."""

    width: float
    plot: float
    font: float


WIDE = Size(640, 190, 15)
NARROW = Size(300, 150, 14)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands for records: series 1 to 3, its shape, its name, and its words.

    ``kind`` is dot or none (no data); ``hit`` is where it can be pressed; ``tip`` appears
    while it is pointed at; ``value`` is written where there is room.
    """

    series: int
    kind: str
    box: Box
    hit: Box
    url: str
    name: str
    tip: Line
    value: Line | None = None


@dataclass(frozen=True, slots=True)
class Drawing:
    """One drawing. ``ticks`` stand at the left of their gridlines, ``labels`` below the base.

    A ``long`` one has more points than its size has room for: it scrolls instead of shrinking.
    """

    width: float
    height: float
    long: bool
    font: float
    left: float
    base: float
    ticks: tuple[tuple[float, Line], ...]
    labels: tuple[Line, ...]
    rules: tuple[float, ...]
    marks: tuple[Mark, ...]
    paths: tuple[tuple[int, str], ...]
    rows: tuple[Line, ...]
    row_marks: tuple[tuple[int, float, float], ...]


@dataclass(frozen=True, slots=True)
class Plot:
    """A chart over time; ``empty`` is the sentence that stands instead of a drawing."""

    title: str
    unit: str
    kind: str
    series: tuple[str, ...]
    missing: bool
    linked: bool
    empty: str
    wide: Drawing
    narrow: Drawing
    table: Table


Maker = Callable[["Frame", "Data"], tuple[tuple[Mark, ...], tuple[tuple[int, str], ...]]]


@dataclass(frozen=True, slots=True)
class Data:
    """Checked points, whose values are rates."""

    points: tuple[Point, ...]
    series: tuple[str, ...]
    axis: Axis

    def length(self, point: Point, series: int) -> float | None:
        """How far up the axis a value stands, 0 to 1."""
        value = numbers.size(point.values[series])
        return None if value is None else self.axis.share(value)

    def url(self, point: Point, series: int) -> str:
        """Where the records of a value are."""
        return point.urls[series] if series < len(point.urls) else ""

    def name(self, point: Point, series: int) -> str:
        """A value with everything one has to know about it."""
        parts = (point.label, self.series[series], numbers.percent(point.values[series]))
        return " · ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the points of a drawing stand."""

    size: Size
    width: float
    left: float
    top: float
    base: float
    slot: float

    def centre(self, index: int) -> float:
        """The middle of a point's slot."""
        return self.left + (index + 0.5) * self.slot

    def up(self, share: float) -> float:
        """The height of a share of the axis."""
        return round(self.base - share * (self.base - self.top), 1)

    def width_of(self, text: str) -> float:
        """How wide a text is drawn."""
        return width_of(text) * self.size.font

    def middle(self, x: float, y: float, text: str, style: str = "") -> Line:
        """A text around x, moved so far that it stays inside; shortened if nothing else helps."""
        text = self._fitted(text)
        half = self.width_of(text) / 2
        return Line(round(min(max(x, half), self.width - half), 1), round(y, 1), text, style)

    def _fitted(self, text: str) -> str:
        while text and self.width_of(text) > self.width:
            text = text[:-2] + "…" if len(text) > 1 else ""
        return text


def check(points: Sequence[Point], series: Sequence[str]) -> tuple[str, ...]:
    """The names of the series. Raises ValueError where points and series do not fit."""
    names = tuple(series) or ("",)
    if len(names) > SERIES:
        raise ValueError(f"at most {SERIES} series can be told apart")
    for point in points:
        if len(point.values) != len(names):
            raise ValueError(f"{point.label}: {len(names)} values are needed")
    return names


def scale(points: Sequence[Point]) -> Axis:
    """The axis for all series together."""
    sizes = [numbers.size(value) for point in points for value in point.values]
    return axis([value for value in sizes if value is not None])


def plot(title: str, unit: str, kind: str, data: Data, make: Maker) -> Plot:
    """Both drawings and the table of a chart."""
    values = [value for point in data.points for value in point.values]
    known = [value for value in values if value is not None]
    return Plot(
        title=title,
        unit=unit,
        kind=kind,
        series=data.series if any(data.series) else (),
        missing=len(known) < len(values),
        linked=any(url for point in data.points for url in point.urls),
        empty="" if known else _("There are no figures for this time yet."),
        wide=_drawing(WIDE, data, make),
        narrow=_drawing(NARROW, data, make),
        table=_table(data),
    )


def _table(data: Data) -> Table:
    def cells(point: Point) -> tuple[Cell, ...]:
        said = map(numbers.percent, point.values)
        return tuple(Cell(text, data.url(point, i)) for i, text in enumerate(said))

    return Table(data.series, tuple(Row(point.label, cells(point)) for point in data.points))


def _drawing(size: Size, data: Data, make: Maker) -> Drawing:
    frame = _frame(size, data)
    marks, paths = make(frame, data)
    below = frame.base + size.font * 1.5
    labels = list(_labels(frame, data.points, below))
    groups, rules = _groups(frame, data.points, below + size.font * 1.35)
    foot = below + (size.font * 1.35 if groups else 0.0)
    rows, row_marks = _rows(frame, data, foot + size.font * 1.7)
    return Drawing(
        width=frame.width,
        height=round(max([foot, *(line.y for line in rows)]) + size.font * 0.6, 1),
        long=frame.width > size.width,
        font=size.font,
        left=frame.left,
        base=frame.base,
        ticks=tuple(_ticks(frame, data)),
        labels=(*labels, *groups),
        rules=rules,
        marks=marks,
        paths=paths,
        rows=rows,
        row_marks=row_marks,
    )


def _frame(size: Size, data: Data) -> Frame:
    """Room for the widest tick at the left; wider than asked for where points need it."""
    words = [numbers.axis_percent(tick) for tick in data.axis.ticks]
    left = math.ceil(max(width_of(word) for word in words) * size.font + GAP + 4)
    count = max(1, len(data.points))
    least = 6 * len(data.series) + 2
    width = max(size.width, left + count * least)
    # A row for the tip, and one for the values on top of the marks where they stand there.
    top = size.font * (2 if len(data.series) == 1 else 1) + 14
    return Frame(size, width, left, top, top + size.plot, (width - left) / count)


def _ticks(frame: Frame, data: Data) -> Iterator[tuple[float, Line]]:
    for tick in data.axis.ticks:
        y = frame.up(float(tick / data.axis.top))
        said = numbers.axis_percent(tick)
        yield y, Line(frame.left - GAP, round(y + frame.size.font * 0.35, 1), said)


def _labels(frame: Frame, points: Sequence[Point], y: float) -> Iterator[Line]:
    """As many short names as fit, at even distances."""
    texts = [point.short or point.label for point in points]
    widest = max((frame.width_of(text) for text in texts), default=0.0) + GAP
    needed = max(1, math.ceil(widest / frame.slot))
    every = next((n for n in _EVERY if n >= needed), needed)
    end = -GAP
    for index in range(0, len(texts), every):
        line = frame.middle(frame.centre(index), y, texts[index])
        half = frame.width_of(line.text) / 2
        if line.x - half >= end + GAP:
            end = line.x + half
            yield line


def _groups(
    frame: Frame, points: Sequence[Point], y: float
) -> tuple[tuple[Line, ...], tuple[float, ...]]:
    """What points belong to, under the first of them, and rules where it changes."""
    lines, rules, end, before = [], [], -GAP, ""
    for index, point in enumerate(points):
        if not point.group or point.group == before:
            continue
        start = frame.left + index * frame.slot
        if before:
            rules.append(round(start, 1))
        before = point.group
        half = frame.width_of(point.group) / 2
        line = frame.middle(start + 4 + half, y, point.group, "chart__group")
        if line.x - half >= end + GAP:
            end = line.x + half
            lines.append(line)
    return tuple(lines), tuple(rules)


def written(frame: Frame, data: Data) -> bool:
    """Whether every value can be written at its point."""
    values = [value for point in data.points for value in point.values]
    said = [numbers.percent(value) for value in values if value is not None]
    room = max((frame.width_of(text) for text in said), default=0.0) + 4 <= frame.slot
    return len(data.points) <= PRINTED and room


def _rows(
    frame: Frame, data: Data, y: float
) -> tuple[tuple[Line, ...], tuple[tuple[int, float, float], ...]]:
    """Several series would write over each other: their values stand in rows below the axis."""
    if len(data.series) == 1 or not written(frame, data):
        return (), ()
    lines, marks = [], []
    for series in range(len(data.series)):
        at = y + series * frame.size.font * 1.5
        marks.append((series + 1, frame.left - 16, round(at - frame.size.font * 0.35, 1)))
        for index, point in enumerate(data.points):
            value = point.values[series]
            said = "–" if value is None else numbers.percent(value)
            lines.append(frame.middle(frame.centre(index), at, said))
    return tuple(lines), tuple(marks)


def mark_of(frame: Frame, data: Data, index: int, series: int, box: Box) -> Mark:
    """A mark with its words."""
    point = data.points[index]
    value = point.values[series]
    name = data.name(point, series)
    alone = len(data.series) == 1 and value is not None and written(frame, data)
    centre, said = box.x + box.width / 2, numbers.percent(value)
    return Mark(
        series=series + 1,
        kind="dot" if value is not None else "none",
        box=box,
        hit=_hit(frame, box),
        url=data.url(point, series),
        name=name,
        tip=frame.middle(centre, frame.size.font + 3, name, "chart__tip"),
        value=frame.middle(centre, box.y - 7, said, "chart__value") if alone else None,
    )


def _hit(frame: Frame, box: Box) -> Box:
    """Where a mark is pressed, never over a neighbour."""
    wide = frame.slot
    x = round(max(0.0, min(box.x + box.width / 2 - wide / 2, frame.width - wide)), 1)
    return Box(x, round(box.y + box.height / 2 - HIT / 2, 1), round(wide, 1), HIT)
