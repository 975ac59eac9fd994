"""The ladder in numbers: how many reached each level, ended there, went on, or are still there.

The same stairs as the picture of one matter's way: bottom left to top right, a column on each
step. Below a width the style sheet shows the list instead, with the same parts lying down.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from saas.kernel.i18n import gettext as _
from saas.web.charts import numbers
from saas.web.charts.bars import FULL, length_of
from saas.web.charts.numbers import Value
from saas.web.charts.table import Cell, Row, Table
from saas.web.pictures.lines import Line, balanced, width_of

FONT = 15.0
STEP = 136.0  # width of a step, unless a number needs more
RISE = 34.0
COLUMN = 60.0
TALLEST = 120.0
LEAST = 2.0
STUB = 14.0  # the dotted stub that says no data
INSET = 10.0
ROW = 20.0
PER_LINE = (STEP - INSET - 4) / FONT
WIDEST = 960.0  # beyond this the drawing scrolls instead of shrinking
_COUNT = 1.25  # letters of the number on top over the others


@dataclass(frozen=True, slots=True)
class FunnelLevel:
    """A level, bottom first. Who reached it ended there, went on, or is still there."""

    name: str
    reached: Value | None
    ended: Value | None
    went_on: Value | None
    url: str = ""
    ended_url: str = ""
    went_on_url: str = ""
    open_url: str = ""


@dataclass(frozen=True, slots=True)
class FunnelWords:
    """What the four numbers are called; our own words where they are left empty."""

    reached: str = ""
    ended: str = ""
    open: str = ""
    went_on: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a level's number: ended, open or went_on.

    ``y`` and ``height`` place it in its column, ``start`` and ``length`` (0 to 100) in its row.
    """

    kind: str
    said: str
    name: str
    url: str
    y: float
    height: float
    start: float
    length: float
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A step with its column; ``length`` (0 to 100) is None where there is no data."""

    name: str
    said: str
    told: str
    url: str
    x: float
    y: float
    column: float
    top: float
    count: Line
    title: tuple[Line, ...]
    parts: tuple[Part, ...]
    length: float | None


@dataclass(frozen=True, slots=True)
class Arrow:
    """The way of those who went on to the next step."""

    path: str
    tip: str


@dataclass(frozen=True, slots=True)
class Funnel:
    """The stairs, and the same numbers as a table. ``tread`` and ``column`` are widths."""

    title: str
    unit: str
    words: FunnelWords
    width: float
    height: float
    font: float
    tread: float
    column: float
    long: bool
    linked: bool
    missing: bool
    steps: tuple[Step, ...]
    arrows: tuple[Arrow, ...]
    table: Table


def funnel(
    levels: Sequence[FunnelLevel], title: str, unit: str = "", words: FunnelWords | None = None
) -> Funnel:
    """Draw any number of levels from one on. Raises ValueError for negative numbers."""
    said = _words(words or FunnelWords())
    most = max((_whole(level) for level in levels), default=0.0)
    tread = _tread(levels)
    steps = tuple(_steps(levels, said, most, tread))
    ends = [line.y for step in steps for part in step.parts for line in part.lines]
    ends += [line.y for step in steps for line in step.title]
    width = tread * len(steps)
    return Funnel(
        title=title,
        unit=unit,
        words=said,
        width=width,
        height=max(ends, default=0.0) + 16,
        font=FONT,
        tread=tread,
        column=COLUMN,
        long=width > WIDEST,
        linked=any(step.url or any(part.url for part in step.parts) for step in steps),
        missing=any(step.length is None for step in steps),
        steps=steps,
        arrows=tuple(_arrows(steps)),
        table=_table(levels, said),
    )


def _words(words: FunnelWords) -> FunnelWords:
    return FunnelWords(
        words.reached or _("Reached"),
        words.ended or _("Ended here"),
        words.open or _("Still here"),
        words.went_on or _("Went on"),
    )


def _shares(level: FunnelLevel) -> tuple[float, float, float]:
    """Ended, still there, went on; unknown ones take no room."""
    ended, went_on = numbers.size(level.ended) or 0.0, numbers.size(level.went_on) or 0.0
    return ended, _open(level) or 0.0, went_on


def _open(level: FunnelLevel) -> float | None:
    """Who neither ended nor went on; None where one of the numbers is unknown."""
    sizes = [numbers.size(value) for value in (level.reached, level.ended, level.went_on)]
    if sizes[0] is None or sizes[1] is None or sizes[2] is None:
        return None
    return max(0.0, sizes[0] - sizes[1] - sizes[2])


def _whole(level: FunnelLevel) -> float:
    """How high a column is: its parts never stand out of it, even if they do not add up."""
    return max(numbers.size(level.reached) or 0.0, sum(_shares(level)))


def _tread(levels: Sequence[FunnelLevel]) -> float:
    """How wide every step is, so that the longest number stays over its own."""
    longest = max((width_of(numbers.number(level.reached)) for level in levels), default=0.0)
    return max(STEP, round(longest * FONT * _COUNT + 2 * INSET))


def _steps(
    levels: Sequence[FunnelLevel], words: FunnelWords, most: float, width: float
) -> Iterator[Step]:
    heights = [_height(level, most) for level in levels]
    count = len(levels)
    # As much sky as the highest number on a column needs.
    stand = [(count - 1 - i) * RISE - heights[i] for i in range(count)]
    sky = FONT * _COUNT + 12 - min(stand, default=0.0)
    for index, level in enumerate(levels):
        y = round(sky + (count - 1 - index) * RISE, 1)
        yield _step(level, words, most, index * width, y)


def _height(level: FunnelLevel, most: float) -> float:
    if level.reached is None:
        return STUB
    value = _whole(level)
    return round(max(LEAST, TALLEST * value / most), 1) if value and most else 0.0


def _step(level: FunnelLevel, words: FunnelWords, most: float, x: float, y: float) -> Step:
    known = level.reached is not None
    top = round(y - _height(level, most), 1)
    column = x + INSET
    names = balanced(level.name, PER_LINE, 3)
    title = tuple(
        Line(column, y + 24 + i * ROW, text, "funnel__level") for i, text in enumerate(names)
    )
    below = title[-1].y if title else y
    said = numbers.number(level.reached)
    centre = column + max(COLUMN, width_of(said) * FONT * _COUNT) / 2
    return Step(
        name=level.name,
        said=said,
        told=f"{level.name} · {words.reached} {said}",
        url=level.url,
        x=x,
        y=y,
        column=column,
        top=top,
        count=Line(centre, round(top - 8, 1), said, "" if known else "chart__missing"),
        title=title,
        parts=tuple(_parts(level, words, most, column, y, below)) if known else (),
        length=length_of(_whole(level), most) if known else None,
    )


def _parts(
    level: FunnelLevel, words: FunnelWords, most: float, x: float, tread: float, below: float
) -> Iterator[Part]:
    """From the tread up, and in the same order from the row's start; what is 0 is left out."""
    ended, still, went_on = _shares(level)
    y, start = tread, 0.0
    for kind, value, url in (
        ("ended", ended, level.ended_url),
        ("open", still, level.open_url),
        ("went_on", went_on, level.went_on_url),
    ):
        if not value:
            continue
        word = getattr(words, kind)
        height, length = round(TALLEST * value / most, 1), round(FULL * value / most, 2)
        y = round(y - height, 1)
        said = f"{word} {numbers.number(value)}"
        texts = balanced(said, PER_LINE, 3)
        lines = tuple(Line(x, below + ROW * (i + 1), text) for i, text in enumerate(texts))
        yield Part(kind, said, f"{level.name} · {said}", url, y, height, start, length, lines)
        below, start = lines[-1].y, round(start + length, 2)


def _arrows(steps: Sequence[Step]) -> Iterator[Arrow]:
    """From what went on to the middle of the next column."""
    for step, after in pairwise(steps):
        gone = next((part for part in step.parts if part.kind == "went_on"), None)
        if gone is None:
            continue
        x, y = step.column + COLUMN + 3, round(gone.y + gone.height / 2, 1)
        end, up = after.column - 4, round(min((after.y + after.top) / 2, after.y - 6), 1)
        half = round((x + end) / 2, 1)
        path = f"M{x} {y}C{half} {y} {half} {up} {end - 7} {up}"
        yield Arrow(path, f"M{end} {up}l-9 -5v10z")


def _table(levels: Sequence[FunnelLevel], words: FunnelWords) -> Table:
    return Table(
        (words.reached, words.ended, words.open, words.went_on),
        tuple(Row(level.name, _cells(level)) for level in levels),
    )


def _cells(level: FunnelLevel) -> tuple[Cell, ...]:
    return (
        Cell(numbers.number(level.reached), level.url),
        Cell(numbers.number(level.ended), level.ended_url),
        Cell(numbers.number(_open(level)), level.open_url),
        Cell(numbers.number(level.went_on), level.went_on_url),
    )
