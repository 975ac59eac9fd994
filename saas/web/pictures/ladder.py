"""The ladder: the way of a matter over the levels, as stairs from bottom left to top right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from saas.kernel.i18n import gettext as _
from saas.web.pictures.lines import Line, width_of, wrap

COLUMN = 136  # width of one stay on a step
NARROW = 84  # width of a step where nobody was
RISE = 44  # height from one step to the next
ROW = 20
PER_LINE = 8.0
WIDEST = 1010  # beyond this the drawing scrolls instead of shrinking
DOT = 12
SMALL_RISE = 15
SMALL_TREAD = 68


@dataclass(frozen=True, slots=True)
class LadderLevel:
    """One level of a ladder, bottom first."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class LadderMove:
    """One stay of a matter at a level, in the order of time.

    ``act`` and ``why`` tell how it came there ("Returned", and the reason); ``held`` is how long
    it was or is held, in words; ``until`` is the time limit of the present holder.
    """

    level: str
    holder: str
    held: str = ""
    act: str = ""
    why: str = ""
    until: str = ""
    now: bool = False


@dataclass(frozen=True, slots=True)
class Stay:
    """A stay as the lists show it. ``state``: done, now or never, in a summary also back; ``way``:
    rise, fall or ''.
    """

    level: str
    state: str
    holder: str = ""
    held: str = ""
    way: str = ""
    way_in: str = ""
    why: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the stairs with everything written on it."""

    x: float
    y: float
    width: float
    state: str
    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Arc:
    """A move from one stay to the next; ``way`` is rise or fall."""

    way: str
    path: str
    tip: str
    label: Line


@dataclass(frozen=True, slots=True)
class Dot:
    """Where a stay stands on its step."""

    x: float
    y: float
    now: bool


@dataclass(frozen=True, slots=True)
class Small:
    """The stairs without words, for a resident's glance."""

    width: float
    height: float
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Ladder:
    """The stairs, and the same story as lists."""

    title: str
    told: str
    width: float
    height: float
    wide: bool
    steps: tuple[Step, ...]
    arcs: tuple[Arc, ...]
    dots: tuple[Dot, ...]
    stays: tuple[Stay, ...]
    levels: tuple[Stay, ...]
    small: Small


def ladder(levels: Sequence[LadderLevel], moves: Sequence[LadderMove], title: str = "") -> Ladder:
    """Draw the way of a matter; moves at levels that the ladder does not have are left out."""
    known = {level.key for level in levels}
    moves = [move for move in moves if move.level in known]
    by_level = [[m for m in moves if m.level == level.key] for level in levels]
    steps, dots, arcs = _stairs(levels, by_level, moves)
    width = sum(step.width for step in steps)
    return Ladder(
        title=title,
        told=_told(levels, moves),
        width=width,
        height=max((line.y for step in steps for line in step.lines), default=0.0) + 16,
        wide=width > WIDEST,
        steps=steps,
        arcs=arcs,
        dots=dots,
        stays=tuple(_stays(levels, moves)),
        levels=tuple(_summary(levels, by_level)),
        small=_small(levels, by_level),
    )


def _stairs(
    levels: Sequence[LadderLevel],
    by_level: Sequence[Sequence[LadderMove]],
    moves: Sequence[LadderMove],
) -> tuple[tuple[Step, ...], tuple[Dot, ...], tuple[Arc, ...]]:
    """Steps, dots and arcs, with just as much sky as the highest arc needs."""
    order = {level.key: i for i, level in enumerate(levels)}
    sky = 0.0
    for _attempt in ("measure", "draw"):
        steps = _steps(levels, by_level, sky)
        dots = _dots(steps, order, moves)
        arcs = _arcs(dots, order, moves)
        highest = [arc.label.y - 15 for arc in arcs] + [dot.y - 20 for dot in dots]
        sky = max(0.0, sky - min([*highest, sky - 6]))
    return steps, dots, arcs


def _state(inside: Sequence[LadderMove]) -> str:
    return "now" if any(m.now for m in inside) else "done" if inside else "never"


def _steps(
    levels: Sequence[LadderLevel], by_level: Sequence[Sequence[LadderMove]], sky: float
) -> tuple[Step, ...]:
    steps: list[Step] = []
    x = 0.0
    for index, (level, inside) in enumerate(zip(levels, by_level, strict=True)):
        y = sky + (len(levels) - 1 - index) * RISE
        width = max(COLUMN * len(inside) or NARROW, width_of(level.name) * 16 + 26)
        lines = [Line(x + 12, y + 26, level.name, "ladder__level")]
        for column, move in enumerate(inside):
            lines += _written(move, x + 12 + column * COLUMN, y + 26)
        steps.append(Step(x, y, width, _state(inside), level.name, tuple(lines)))
        x += width
    return tuple(steps)


def _written(move: LadderMove, x: float, y: float) -> list[Line]:
    """What stands under a stay: who, how long, until when, and why it came."""
    parts = [(text, "") for text in wrap(move.holder, PER_LINE, 3)]
    parts += [(text, "ladder__held") for text in wrap(move.held, PER_LINE + 0.6, 2)]
    if move.now:
        parts += [(text, "ladder__now") for text in wrap(move.until, PER_LINE + 0.6, 2)]
    parts += [(text, "ladder__small") for text in wrap(move.why, PER_LINE + 0.6, 4)]
    return [Line(x, y + ROW * (i + 1) + 4, text, style) for i, (text, style) in enumerate(parts)]


def _dots(
    steps: Sequence[Step], order: dict[str, int], moves: Sequence[LadderMove]
) -> tuple[Dot, ...]:
    """Stays at one level stand beside each other, in the order of time."""
    seen: dict[str, int] = {}
    dots = []
    for move in moves:
        column = seen.get(move.level, 0)
        seen[move.level] = column + 1
        step = steps[order[move.level]]
        dots.append(Dot(step.x + 28 + column * COLUMN, step.y - DOT - 6, move.now))
    return tuple(dots)


def _arcs(
    dots: Sequence[Dot], order: dict[str, int], moves: Sequence[LadderMove]
) -> tuple[Arc, ...]:
    arcs = []
    for (start, before), (end, after) in pairwise(zip(dots, moves, strict=True)):
        way = "fall" if order[after.level] < order[before.level] else "rise"
        arcs.append(_arc(way, start, end, after.act))
    return tuple(arcs)


def _arc(way: str, start: Dot, end: Dot, act: str) -> Arc:
    """A leap from dot to dot, higher the farther it goes, coming down on the next holder."""
    top = min(start.y, end.y) - DOT - 14 - abs(end.x - start.x) * 0.07
    handle = round(top - (top - min(start.y, end.y) + DOT) / -3, 1)
    drop = end.y - DOT - 9
    path = f"M{start.x} {start.y - DOT}C{start.x} {handle} {end.x} {handle} {end.x} {drop}"
    tip = f"M{end.x} {drop + 7}l-5 -9h10z"
    height = round((start.y - DOT + drop) / 8 + handle * 0.75, 1)
    return Arc(way, path, tip, Line(round((start.x + end.x) / 2, 1), height - 9, act))


def _small(levels: Sequence[LadderLevel], by_level: Sequence[Sequence[LadderMove]]) -> Small:
    """Steps without words, which stand in the list below: on a telephone none could be read."""
    tread, top = SMALL_TREAD, 30.0
    steps = [
        Step(i * tread, top + (len(levels) - 1 - i) * SMALL_RISE, tread, _state(inside), name, ())
        for i, (name, inside) in enumerate(zip((lv.name for lv in levels), by_level, strict=True))
    ]
    return Small(tread * len(levels), top + len(levels) * SMALL_RISE, tuple(steps))


def _stays(levels: Sequence[LadderLevel], moves: Sequence[LadderMove]) -> Iterable[Stay]:
    """The way in the order of time, then the levels above it that it never reached."""
    order = {level.key: i for i, level in enumerate(levels)}
    before = -1
    for m in moves:
        at = order[m.level]
        way = "" if before < 0 else "fall" if at < before else "rise"
        state = "now" if m.now else "done"
        yield Stay(levels[at].name, state, m.holder, m.held, way, m.act, m.why, m.until)
        before = at
    highest = max((order[m.level] for m in moves), default=-1)
    yield from (Stay(level.name, "never") for level in levels[highest + 1 :])


def _summary(
    levels: Sequence[LadderLevel], by_level: Sequence[Sequence[LadderMove]]
) -> Iterable[Stay]:
    """One entry a level: the last holder there, for readers who only ask who has it now. A level
    above that one has handed it back; it is not done there.
    """
    here = next((i for i, inside in enumerate(by_level) if _state(inside) == "now"), len(levels))
    for at, (level, inside) in enumerate(zip(levels, by_level, strict=True)):
        last = next((m for m in inside if m.now), inside[-1] if inside else None)
        holder, until = (last.holder, last.until) if last else ("", "")
        state = "back" if inside and at > here else _state(inside)
        yield Stay(level.name, state, holder, until=until)


def _told(levels: Sequence[LadderLevel], moves: Sequence[LadderMove]) -> str:
    """The whole way as one sentence, for readers who hear the picture; before anything has moved
    the levels from below.
    """
    if not moves:
        return " → ".join(level.name for level in levels)
    names = {level.key: level.name for level in levels}
    told = (
        _(", ").join(t for t in (m.act, names[m.level], m.holder, m.held, m.why, m.until) if t)
        for m in moves
    )
    return _("; ").join(told)
