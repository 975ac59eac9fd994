"""Geometry of the pictures: the plan of centre, platforms and rooms, and the ladder of a demand.

Pure arithmetic over words that the caller has already put into the reader's language. The macros
in templates/macros/pictures.html turn the result into SVG and, for the phone, into lists.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

# Words -------------------------------------------------------------------------------------


def width_of(text: str) -> float:
    """How wide a text is, in widths of one Chinese character."""
    return sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.56 for c in text)


def _pieces(text: str) -> list[str]:
    """Where a line may break: between Chinese characters, and after a space in Latin text."""
    pieces: list[str] = []
    for char in text:
        wide = unicodedata.east_asian_width(char) in "WF"
        closing = char in "，。、；：！？）》”’…"
        if pieces and (closing or (not wide and pieces[-1] and not _ends(pieces[-1]))):
            pieces[-1] += char
        else:
            pieces.append(char)
    return pieces


def _ends(piece: str) -> bool:
    return piece[-1] in " -/·" or unicodedata.east_asian_width(piece[-1]) in "WF"


def wrap(text: str, limit: float, lines: int = 3) -> tuple[str, ...]:
    """``text`` in lines of ``limit`` characters; what does not fit ends with an ellipsis."""
    done, current = [], ""
    for piece in _pieces(" ".join(text.split())):
        if current and width_of((current + piece).rstrip()) > limit:
            done.append(current.rstrip())
            current = ""
        current += piece
    done = [line for line in [*done, current.rstrip()] if line]
    if len(done) <= lines:
        return tuple(done)
    return (*done[: lines - 1], done[lines - 1][: max(1, len(done[lines - 1]) - 1)] + "…")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text at its place."""

    x: float
    y: float
    text: str
    style: str = ""


# The plan ----------------------------------------------------------------------------------

SLOT = 138  # how much of the outer wall one room takes, name included
SMALLEST = 350  # half the width of the smallest courtyard
FLAT = 0.62  # height of a ring over its width
CORNER = 0.42  # corner radius over half the height
INNER = 0.53  # the platforms' ring over the rooms' ring
CENTRE_SEAL, PLATFORM_SEAL, ROOM_SEAL = 92, 62, 52
LINE = 21
NOTE_WIDTH = 316


@dataclass(frozen=True, slots=True)
class PlanNode:
    """A centre, platform or room as the plan shows it.

    ``seal`` is one character; ``note`` says keeper, hours and today's use in a line each;
    ``status`` is a status kind (good, planned, paused, ended) and ``word`` its word; ``group`` is
    the key of a room's platform, empty for a room that belongs to the centre itself.
    """

    key: str
    name: str
    seal: str
    url: str
    note: tuple[str, ...] = ()
    status: str = "good"
    word: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """The card that appears in the middle of the court while a node is pointed at."""

    x: float
    y: float
    width: float
    height: float
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """A node at its place, with its name, its status word and its card."""

    node: PlanNode
    x: float
    y: float
    size: float
    label: tuple[Line, ...]
    word: Line | None
    mark_x: float
    note: Note | None
    title: str


@dataclass(frozen=True, slots=True)
class Sector:
    """A platform and its rooms; without a platform, the rooms of the centre itself."""

    platform: Spot | None
    rooms: tuple[Spot, ...]
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole picture, in its own units."""

    title: str
    width: float
    height: float
    centre: Spot
    sectors: tuple[Sector, ...]
    outer_wall: str
    inner_wall: str
    main_paths: tuple[str, ...]


def _bend(x: float, y: float, r: float, start: float) -> Callable[[float], tuple[float, float]]:
    """A round corner, walked from this angle on."""
    return lambda way: (x + r * math.cos(start + way / r), y + r * math.sin(start + way / r))


@dataclass(frozen=True, slots=True)
class _Ring:
    """A rectangle with round corners, walked clockwise from the middle of its top."""

    x: float
    y: float
    a: float
    b: float

    @property
    def corner(self) -> float:
        return self.b * CORNER

    @property
    def round(self) -> float:
        return 4 * (self.a + self.b) - (8 - 2 * math.pi) * self.corner

    def at(self, share: float) -> tuple[float, float]:
        """The point at this share of the way round."""
        way = (share % 1.0) * self.round
        for length, point in self._parts():
            if way <= length:
                x, y = point(way)
                return round(self.x + x, 1), round(self.y + y, 1)
            way -= length
        return round(self.x, 1), round(self.y - self.b, 1)

    def _parts(self) -> Iterator[tuple[float, Callable[[float], tuple[float, float]]]]:
        """The nine pieces of the way round, each with its length and its points."""
        a, b, r = self.a, self.b, self.corner
        long, tall, quarter = a - r, b - r, math.pi * r / 2
        yield long, lambda way: (way, -b)
        yield quarter, _bend(long, -tall, r, -math.pi / 2)
        yield 2 * tall, lambda way: (a, way - tall)
        yield quarter, _bend(long, tall, r, 0)
        yield 2 * long, lambda way: (long - way, b)
        yield quarter, _bend(-long, tall, r, math.pi / 2)
        yield 2 * tall, lambda way: (-a, tall - way)
        yield quarter, _bend(-long, -tall, r, math.pi)
        yield long, lambda way: (way - long, -b)

    def path(self) -> str:
        """The ring as SVG path data."""
        x, y, a, b, r = self.x, self.y, self.a, self.b, self.corner
        arc = f"a{r:.1f} {r:.1f} 0 0 1 "
        return (
            f"M{x - a + r:.1f} {y - b:.1f}h{2 * (a - r):.1f}{arc}{r:.1f} {r:.1f}"
            f"v{2 * (b - r):.1f}{arc}{-r:.1f} {r:.1f}h{-2 * (a - r):.1f}{arc}{-r:.1f} {-r:.1f}"
            f"v{-2 * (b - r):.1f}{arc}{r:.1f} {-r:.1f}z"
        )


def plan(
    centre: PlanNode, platforms: Sequence[PlanNode], rooms: Sequence[PlanNode], title: str = ""
) -> Plan:
    """Lay out any number of platforms and rooms around their centre."""
    groups = _groups(platforms, rooms)
    slots = [max(1, len(inside)) for _, inside in groups]
    half = max(SMALLEST, sum(slots) * SLOT / _Ring(0, 0, 1, FLAT).round)
    middle = (half + 92.0, half * FLAT + 58.0)
    outer = _Ring(*middle, half, half * FLAT)
    inner = _Ring(*middle, half * INNER, half * FLAT * INNER)
    sectors = _sectors(groups, slots, outer, inner)
    spots = [one.platform for one in sectors if one.platform]
    return Plan(
        title=title or centre.name,
        width=round(2 * middle[0], 1),
        height=round(2 * half * FLAT + 152, 1),
        centre=_spot(centre, middle, CENTRE_SEAL, middle),
        sectors=sectors,
        outer_wall=outer.path() if groups else "",
        inner_wall=inner.path() if spots else "",
        main_paths=tuple(_path(middle, (one.x, one.y)) for one in spots),
    )


def _groups(
    platforms: Sequence[PlanNode], rooms: Sequence[PlanNode]
) -> list[tuple[PlanNode | None, list[PlanNode]]]:
    """Rooms under their platforms in order; rooms of no platform last, in a group of their own."""
    known = {one.key for one in platforms}
    groups: list[tuple[PlanNode | None, list[PlanNode]]] = [
        (one, [room for room in rooms if room.group == one.key]) for one in platforms
    ]
    loose = [room for room in rooms if room.group not in known]
    return [*groups, (None, loose)] if loose else groups


def _sectors(
    groups: Sequence[tuple[PlanNode | None, Sequence[PlanNode]]],
    slots: Sequence[int],
    outer: _Ring,
    inner: _Ring,
) -> tuple[Sector, ...]:
    """Give every group its share of the walls; the first one looks out over the top."""
    total = sum(slots)
    middle = (outer.x, outer.y)
    start = -slots[0] / 2 if slots else 0.0
    sectors = []
    for (platform, inside), share in zip(groups, slots, strict=True):
        home = inner.at((start + share / 2) / total) if platform else middle
        places = [outer.at((start + i + 0.5) / total) for i in range(len(inside))]
        spots = (_spot(n, p, ROOM_SEAL, middle) for n, p in zip(inside, places, strict=True))
        seat = _spot(platform, home, PLATFORM_SEAL, middle) if platform else None
        sectors.append(Sector(seat, tuple(spots), tuple(_path(home, p) for p in places)))
        start += share
    return tuple(sectors)


def _path(start: tuple[float, float], end: tuple[float, float]) -> str:
    return f"M{start[0]} {start[1]}L{end[0]} {end[1]}"


def _spot(
    node: PlanNode, place: tuple[float, float], size: float, middle: tuple[float, float]
) -> Spot:
    x, y = place
    names = wrap(node.name, 7.2 if size == ROOM_SEAL else 9)
    first = y + size / 2 + 20
    label = tuple(Line(x, round(first + i * LINE, 1), text) for i, text in enumerate(names))
    word = None
    if node.word and node.status != "good":
        word = Line(x + 7, round(first + len(names) * LINE - 2, 1), node.word)
    told = [node.name, node.word, *node.note]
    mark_x = round(x - 7 - width_of(node.word) * 7, 1)
    note = _note(node, middle)
    return Spot(node, x, y, size, label, word, mark_x, note, "，".join(t for t in told if t))


def _note(node: PlanNode, middle: tuple[float, float]) -> Note | None:
    """The card in the middle; nothing to say, no card."""
    words = [part for line in (node.word, *node.note) if line for part in wrap(line, 19, 2)]
    if not words:
        return None
    height = 46.0 + 24 * len(words)
    left, top = round(middle[0] - NOTE_WIDTH / 2, 1), round(middle[1] - height / 2, 1)
    rows = [Line(middle[0], top + 30, node.name)]
    rows += [Line(middle[0], top + 56 + 24 * i, text) for i, text in enumerate(words)]
    return Note(left, top, NOTE_WIDTH, height, tuple(rows))


# The ladder --------------------------------------------------------------------------------

COLUMN = 152  # width of one stay on a step
RISE = 46  # height from one step to the next
SKY = 78  # room above the top step for the way there
ROW = 20
PER_LINE = 9.5
WIDEST = 960  # beyond this the drawing scrolls instead of shrinking


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
    """A stay as the lists show it. ``state``: done, now or never; ``way``: rise, fall or ''."""

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


def ladder(levels: Sequence[LadderLevel], moves: Sequence[LadderMove], title: str = "") -> Ladder:
    """The way of a matter over the levels, drawn as stairs from bottom left to top right."""
    moves = [move for move in moves if move.level in {level.key for level in levels}]
    by_level = [[m for m in moves if m.level == level.key] for level in levels]
    steps = _steps(levels, by_level)
    dots = _dots(steps, levels, moves)
    needed = max((step.lines[-1].y for step in steps if step.lines), default=0.0)
    width = sum(step.width for step in steps)
    return Ladder(
        title=title,
        told=_told(levels, moves),
        width=width,
        height=needed + 16,
        wide=width > WIDEST,
        steps=steps,
        arcs=_arcs(dots, levels, moves),
        dots=dots,
        stays=tuple(_stays(levels, moves)),
        levels=tuple(_summary(levels, by_level)),
    )


def _state(inside: Iterable[LadderMove]) -> str:
    inside = list(inside)
    return "now" if any(m.now for m in inside) else "done" if inside else "never"


def _steps(
    levels: Sequence[LadderLevel], by_level: Sequence[Sequence[LadderMove]]
) -> tuple[Step, ...]:
    steps: list[Step] = []
    x = 0.0
    for index, (level, inside) in enumerate(zip(levels, by_level, strict=True)):
        y = float(SKY + (len(levels) - 1 - index) * RISE)
        width = float(COLUMN * max(1, len(inside)))
        lines = [Line(x + 12, y + 26, level.name, "ladder__level")]
        for i, move in enumerate(inside):
            lines += _written(move, x + 12 + i * COLUMN, y + 26)
        lines.sort(key=lambda line: line.y)
        steps.append(Step(x, y, width, _state(inside), level.name, tuple(lines)))
        x += width
    return tuple(steps)


def _written(move: LadderMove, x: float, y: float) -> list[Line]:
    """What stands under a stay: who, how long, until when, and why it came."""
    parts = [(text, "") for text in wrap(move.holder, PER_LINE, 2)]
    parts += [(text, "ladder__held") for text in wrap(move.held, PER_LINE + 1, 2)]
    if move.now:
        parts += [(text, "ladder__now") for text in wrap(move.until, PER_LINE, 2)]
    parts += [(text, "ladder__small") for text in wrap(move.why, PER_LINE + 1, 4)]
    return [Line(x, y + ROW * (i + 1) + 4, text, style) for i, (text, style) in enumerate(parts)]


def _dots(
    steps: Sequence[Step], levels: Sequence[LadderLevel], moves: Sequence[LadderMove]
) -> tuple[Dot, ...]:
    places = {level.key: steps[i] for i, level in enumerate(levels)}
    seen: dict[str, int] = {}
    dots = []
    for move in moves:
        column = seen.get(move.level, 0)
        seen[move.level] = column + 1
        step = places[move.level]
        dots.append(Dot(step.x + 26 + column * COLUMN, step.y - 17, move.now))
    return tuple(dots)


def _arcs(
    dots: Sequence[Dot], levels: Sequence[LadderLevel], moves: Sequence[LadderMove]
) -> tuple[Arc, ...]:
    order = {level.key: i for i, level in enumerate(levels)}
    arcs = []
    for (start, before), (end, after) in zip(
        zip(dots, moves, strict=True), list(zip(dots, moves, strict=True))[1:], strict=False
    ):
        way = "fall" if order[after.level] < order[before.level] else "rise"
        arcs.append(_arc(way, start, end, after.act))
    return tuple(arcs)


def _arc(way: str, start: Dot, end: Dot, act: str) -> Arc:
    """A rise leaves upwards and comes in from the left; a fall goes over and drops from above."""
    if way == "rise":
        x, y = end.x - 15, end.y
        path = f"M{start.x} {start.y - 13}C{start.x} {y - 4} {start.x + 22} {y} {x - 7} {y}"
        tip = f"M{x} {y}l-9 -5v10z"
        return Arc(way, path, tip, Line(round((start.x + x) / 2 + 8, 1), y - 8, act))
    top = start.y - 34
    path = f"M{start.x} {start.y - 13}C{start.x} {top} {end.x} {top} {end.x} {end.y - 22}"
    tip = f"M{end.x} {end.y - 14}l-5 -9h10z"
    return Arc(way, path, tip, Line(round((start.x + end.x) / 2, 1), top + 4, act))


def _stays(levels: Sequence[LadderLevel], moves: Sequence[LadderMove]) -> Iterable[Stay]:
    """The way in the order of time, then the levels above it that it never reached."""
    order = {level.key: i for i, level in enumerate(levels)}
    before = -1
    for move in moves:
        at = order[move.level]
        way = "" if before < 0 else "fall" if at < before else "rise"
        state = "now" if move.now else "done"
        yield Stay(
            levels[at].name, state, move.holder, move.held, way, move.act, move.why, move.until
        )
        before = at
    highest = max((order[m.level] for m in moves), default=-1)
    yield from (Stay(level.name, "never") for level in levels[highest + 1 :])


def _summary(
    levels: Sequence[LadderLevel], by_level: Sequence[Sequence[LadderMove]]
) -> Iterable[Stay]:
    """One entry a level: the last holder there, for readers who only ask who has it now."""
    for level, inside in zip(levels, by_level, strict=True):
        last = next((m for m in inside if m.now), inside[-1] if inside else None)
        holder, until = (last.holder, last.until) if last else ("", "")
        yield Stay(level.name, _state(inside), holder, until=until)


def _told(levels: Sequence[LadderLevel], moves: Sequence[LadderMove]) -> str:
    """The whole way as one sentence, for readers who hear the picture."""
    names = {level.key: level.name for level in levels}
    told = (
        "，".join(t for t in (m.act, names[m.level], m.holder, m.held, m.why, m.until) if t)
        for m in moves
    )
    return "；".join(told)
