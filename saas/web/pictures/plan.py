"""The plan: centre, platforms and rooms as a courtyard, whatever their number."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from saas.kernel.i18n import gettext as _
from saas.web.pictures.lines import Line, balanced, width_of, wrap

SLOT, CLOSE_SLOT = 138, 114  # how much of the outer wall a room takes, and where there are many
MANY = 24
SMALLEST = 420  # half the width of the smallest courtyard
FLAT = 0.62  # height of a ring over its width
CORNER = 0.42  # corner radius over half the height
INNER = 0.53  # the platforms' ring over the rooms' ring
CENTRE_SEAL, PLATFORM_SEAL, ROOM_SEAL = 88, 62, 52
LINE = 21
#: The tall court for a telephone: half its width, its lines of text, and what lies round it.
NARROW, NARROW_LINE, MARGIN = 122, 17, 46
NOTE_WIDTH, NOTE_HEIGHT, NOTE_DOWN = 348, 158, 24  # covers the centre and its name
NOTE_INDENT = 88  # beside the seal


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
    named: int


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
    tall: Plan | None = None
    """The same, high and narrow: for a telephone."""


@dataclass(frozen=True, slots=True)
class _Type:
    """How names are set: characters in a line, and the height of one."""

    room: float
    other: float
    line: int
    noted: bool = True


_WIDE = _Type(7.2, 9, LINE)
_TALL = _Type(3.7, 6.2, NARROW_LINE, noted=False)


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
        return min(self.a, self.b) * CORNER

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
    return replace(_wide(centre, groups, title), tall=_tall(centre, groups, title))


def _wide(centre: PlanNode, groups: _Groups, title: str) -> Plan:
    slots = [max(1, len(inside)) for _, inside in groups]
    slot = SLOT if sum(slots) < MANY else CLOSE_SLOT
    half = max(SMALLEST, sum(slots) * slot / _Ring(0, 0, 1, FLAT).round)
    middle = (half + 92.0, half * FLAT + 58.0)
    outer = _Ring(*middle, half, half * FLAT)
    inner = _Ring(*middle, half * INNER, half * FLAT * INNER)
    homes = [
        inner.at(_middle_of(number, slots)) if platform else middle
        for number, (platform, _) in enumerate(groups)
    ]
    sectors = _sectors(groups, slots, outer, homes, _WIDE)
    spots = [one.platform for one in sectors if one.platform]
    return Plan(
        title=title or centre.name,
        width=round(2 * middle[0], 1),
        height=round(2 * half * FLAT + 152, 1),
        centre=_spot(centre, middle, CENTRE_SEAL, middle, _WIDE),
        sectors=sectors,
        outer_wall=outer.path() if groups else "",
        inner_wall=inner.path() if spots else "",
        main_paths=tuple(_path(middle, (one.x, one.y)) for one in spots),
    )


def _tall(centre: PlanNode, groups: _Groups, title: str) -> Plan:
    """Rooms along the wall of a high court, centre and platforms one below the other inside."""
    slots = [max(1, len(inside)) for _, inside in groups]
    total, inner = sum(slots), [one for one, _ in groups if one]
    slot = _height(ROOM_SEAL, [room for _, inside in groups for room in inside], _TALL)
    row = _height(PLATFORM_SEAL, [centre, *inner], _TALL)
    half = max(total * slot / 4 - NARROW / 2, row * (len(inner) + 1) / 2 + 30, NARROW)
    middle = (NARROW + MARGIN, half + MARGIN)
    outer = _Ring(*middle, NARROW, half)
    spine = _spine(middle, len(inner) + 1, row)
    seat = len(inner) // 2
    at_centre, homes = spine[seat], iter([*spine[:seat], *spine[seat + 1 :]])
    by_height = sorted(
        (number for number, (platform, _) in enumerate(groups) if platform),
        key=lambda number: outer.at(_middle_of(number, slots))[1],
    )
    home_of = dict(zip(by_height, homes, strict=True))
    places = [home_of.get(number, at_centre) for number in range(len(groups))]
    sectors = _sectors(groups, slots, outer, places, _TALL)
    return Plan(
        title=title or centre.name,
        width=2 * middle[0],
        height=round(2 * middle[1] + slot / 2, 1),
        centre=_spot(centre, at_centre, PLATFORM_SEAL, middle, _TALL),
        sectors=sectors,
        outer_wall=outer.path() if groups else "",
        inner_wall="",
        main_paths=(_path(spine[0], spine[-1]),) if inner else (),
    )


def _height(seal: float, nodes: Sequence[PlanNode], type_: _Type) -> float:
    """What the tallest of ``nodes`` takes with its name and its word."""
    limit = type_.room if seal == ROOM_SEAL else type_.other
    lines = max((len(balanced(one.name, limit)) for one in nodes), default=1)
    worded = any(one.word and one.status != "good" for one in nodes)
    return seal + 16 + (lines + worded) * type_.line


def _spine(middle: tuple[float, float], number: int, row: float) -> list[tuple[float, float]]:
    """Places one below the other, around the middle of the court."""
    top = middle[1] - row * (number - 1) / 2 - 14
    return [(middle[0], round(top + row * each, 1)) for each in range(number)]


def _middle_of(number: int, slots: Sequence[int]) -> float:
    """Which share of the way round lies in the middle of a group."""
    return (sum(slots[:number]) + slots[number] / 2 - slots[0] / 2) / sum(slots)


_Groups = list[tuple[PlanNode | None, list[PlanNode]]]


def _groups(platforms: Sequence[PlanNode], rooms: Sequence[PlanNode]) -> _Groups:
    """Rooms under their platforms in order; rooms of no platform last, in a group of their own."""
    known = {one.key for one in platforms}
    groups: _Groups = [
        (one, [room for room in rooms if room.group == one.key]) for one in platforms
    ]
    loose = [room for room in rooms if room.group not in known]
    return [*groups, (None, loose)] if loose else groups


def _sectors(
    groups: _Groups,
    slots: Sequence[int],
    outer: _Ring,
    homes: Sequence[tuple[float, float]],
    type_: _Type,
) -> tuple[Sector, ...]:
    """Give every group its share of the wall, the platform at its place of ``homes``; the first one
    looks out over the top.
    """
    total = sum(slots)
    middle = (outer.x, outer.y)
    start = -slots[0] / 2 if slots else 0.0
    sectors = []
    for (platform, inside), share, home in zip(groups, slots, homes, strict=True):
        places = [outer.at((start + i + 0.5) / total) for i in range(len(inside))]
        spots = (_spot(n, p, ROOM_SEAL, middle, type_) for n, p in zip(inside, places, strict=True))
        seat = _spot(platform, home, PLATFORM_SEAL, middle, type_) if platform else None
        sectors.append(Sector(seat, tuple(spots), tuple(_path(home, p) for p in places)))
        start += share
    return tuple(sectors)


def _path(start: tuple[float, float], end: tuple[float, float]) -> str:
    return f"M{start[0]} {start[1]}L{end[0]} {end[1]}"


def _spot(
    node: PlanNode,
    place: tuple[float, float],
    size: float,
    middle: tuple[float, float],
    type_: _Type,
) -> Spot:
    x, y = place
    names = balanced(node.name, type_.room if size == ROOM_SEAL else type_.other)
    first, line = y + size / 2 + type_.line - 1, type_.line
    label = tuple(Line(x, round(first + i * line, 1), text) for i, text in enumerate(names))
    word = None
    if node.word and node.status != "good":
        word = Line(x + 7, round(first + len(names) * line - 2, 1), node.word)
    told = [node.name, node.word, *node.note]
    mark_x = round(x - 7 - width_of(node.word) * 7, 1)
    note = _note(node, middle) if type_.noted else None
    return Spot(node, x, y, size, label, word, mark_x, note, _(", ").join(t for t in told if t))


def _note(node: PlanNode, middle: tuple[float, float]) -> Note | None:
    """The card in the middle; nothing to say, no card."""
    words = [part for line in (node.word, *node.note) if line for part in wrap(line, 16, 2)]
    if not words:
        return None
    names = balanced(node.name, 13, 2)
    needed = 46.0 + LINE * (len(names) - 1) + 24 * len(words)
    height = max(NOTE_HEIGHT, needed)
    left, top = round(middle[0] - NOTE_WIDTH / 2, 1), round(middle[1] + NOTE_DOWN - height / 2, 1)
    first, start = top + (height - needed) / 2 + 31, left + NOTE_INDENT
    rows = [Line(start, first + LINE * i, text) for i, text in enumerate(names)]
    below = first + LINE * (len(names) - 1) + 26
    rows += [Line(start, below + 24 * i, text) for i, text in enumerate(words)]
    return Note(left, top, NOTE_WIDTH, height, tuple(rows), len(names))
