"""The line: a walk in the manner of a metro plan, in rows on a desk, straight down on a phone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from saas.web.pictures.lines import Line, wrap

#: Units of the drawing, which are pixels at its full width.
_ACROSS, _STEP, _ROW, _TOP, _FOOT = 5, 200.0, 158.0, 46.0, 118.0
#: A line runs on so far before it turns, and swings out so far: names have room under it.
_ON, _OUT, _EDGE = 92.0, 70.0, 56.0
_TALL_WIDTH, _TALL_X, _TALL_STEP, _TALL_TOP = 320.0, 40.0, 80.0, 30.0
_WIDE_LETTERS, _TALL_LETTERS = 10.0, 14.5
_LINE = 21.0


@dataclass(frozen=True, slots=True)
class LineStop:
    """A stop, every word ready; ``way`` is how far it is from the one before, as it is written on
    the line. ``kind`` gives its shape: room, venue, merchant, story or gone.
    """

    name: str
    kind: str
    way: str = ""


@dataclass(frozen=True, slots=True)
class LineSpot:
    """A stop at its place, with the lines of its name and of the way to it."""

    number: int
    kind: str
    x: float
    y: float
    name: tuple[Line, ...]
    way: Line | None


@dataclass(frozen=True, slots=True)
class LineDrawing:
    """One drawing: the line as a path, the stops on it."""

    width: float
    height: float
    path: str
    spots: tuple[LineSpot, ...]


@dataclass(frozen=True, slots=True)
class LineMap:
    """Both drawings, and what is said to who does not see them."""

    title: str
    description: str
    wide: LineDrawing
    tall: LineDrawing


def line_map(
    stops: Sequence[LineStop], title: str, description: str, across: int = _ACROSS
) -> LineMap:
    """Draw a walk, ``across`` stops in a row; the list of the same stops stands beside it."""
    return LineMap(title, description, _wide(stops, across), _tall(stops))


def _wide(stops: Sequence[LineStop], across: int) -> LineDrawing:
    """Rows to and fro; where a row ends the line turns into the next."""
    rows, edge = max(-(-len(stops) // across), 1), _EDGE if len(stops) > across else 0.0
    places = [_at(number, across, edge) for number in range(len(stops))]
    spots = [
        LineSpot(
            number + 1, stop.kind, x, y,
            _below(x, y + 36, wrap(stop.name, _WIDE_LETTERS)), _way(number, stop, places),
        )
        for number, (stop, (x, y)) in enumerate(zip(stops, places, strict=True))
    ]  # fmt: skip
    width = max(min(len(stops), across), 1) * _STEP + 2 * edge
    return LineDrawing(width, _ROW * (rows - 1) + _FOOT, _path(places), tuple(spots))


def _at(number: int, across: int, edge: float) -> tuple[float, float]:
    row, column = divmod(number, across)
    column = across - 1 - column if row % 2 else column
    return edge + _STEP * (column + 0.5), _TOP + _ROW * row


def _path(places: Sequence[tuple[float, float]]) -> str:
    parts = []
    for number, (x, y) in enumerate(places):
        before = places[number - 1][1]
        if not number:
            parts.append(f"M{x:g} {y:g}")
        elif before == y:
            parts.append(f"H{x:g}")
        else:
            side = _side(places, number)
            on, out = x + side * _ON, x + side * (_ON + _OUT)
            parts.append(f"H{on:g}C{out:g} {before:g} {out:g} {y:g} {on:g} {y:g}H{x:g}")
    return "".join(parts)


def _side(places: Sequence[tuple[float, float]], number: int) -> int:
    """1 where the line turns at the right end of a row, -1 at the left."""
    return 1 if places[number][0] > places[0][0] else -1


def _way(number: int, stop: LineStop, places: Sequence[tuple[float, float]]) -> Line | None:
    """The minutes over the line; where it turns, inside the turn."""
    if not number or not stop.way:
        return None
    (x, y), (before_x, before_y) = places[number], places[number - 1]
    if before_y == y:
        return Line((x + before_x) / 2, y - 13, stop.way)
    return Line(x + _side(places, number) * (_ON + 16), (y + before_y) / 2 + 5, stop.way)


def _below(x: float, y: float, lines: Sequence[str]) -> tuple[Line, ...]:
    return tuple(Line(x, y + _LINE * place, text) for place, text in enumerate(lines))


def _tall(stops: Sequence[LineStop]) -> LineDrawing:
    """Straight down, the names to the right of it."""
    spots = []
    for number, stop in enumerate(stops):
        y = _TALL_TOP + _TALL_STEP * number
        lines = wrap(stop.name, _TALL_LETTERS, 2)
        top = y + 6 - _LINE * (len(lines) - 1) / 2
        way = Line(_TALL_X + 30, y - _TALL_STEP / 2 + 5, stop.way) if number and stop.way else None
        name = _below(_TALL_X + 30, top, lines)
        spots.append(LineSpot(number + 1, stop.kind, _TALL_X, y, name, way))
    height = _TALL_TOP * 2 + _TALL_STEP * max(len(stops) - 1, 0)
    path = f"M{_TALL_X:g} {_TALL_TOP:g}V{height - _TALL_TOP:g}" if stops else ""
    return LineDrawing(_TALL_WIDTH, height, path, tuple(spots))
