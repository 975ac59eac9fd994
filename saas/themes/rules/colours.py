"""Colours: tints and shades from a palette, and whether they can be read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from saas.kernel.i18n import gettext as _
from saas.themes.rules.colour_words import COLOUR
from saas.themes.schemas import COLOURS, Fault, Palette

TEXT = 4.5
EDGE = 3.0
TINT = 0.10


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mix(colour: str, other: str, share: float) -> str:
    """``share`` of the first colour over the second."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [value / 255 for value in _channels(colour)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


_TONED = ("accent", "support", "good", "warn", "late", "paused")
#: Colour that pages use → (a colour, over which one, how much of it). Browsers mix by this list.
MIXES: dict[str, tuple[str, str, float]] = {
    "wash": ("hairline", "paper", 0.32),
    "rail": ("hairline", "ground", 0.38),
    "wall": ("support", "hairline", 0.22),
    "accent-deep": ("accent", "#000000", 0.82),
    "support-deep": ("support", "#000000", 0.86),
    "accent-line": ("accent", "paper", 0.4),
    "support-line": ("support", "paper", 0.32),
    **{f"{name}-soft": (name, "paper", TINT) for name in _TONED},
}


def variables(palette: Palette) -> dict[str, str]:
    """Every colour that pages may use: the palette, and tints and shades made from it."""
    return _mixed({name.replace("_", "-"): getattr(palette, name) for name in COLOURS})


def _mixed(own: Mapping[str, str]) -> dict[str, str]:
    made = {
        name: mix(own[front], own.get(back, back), share)
        for name, (front, back, share) in MIXES.items()
    }
    return {**own, **made}


def _pairs() -> Iterator[tuple[str, str, float]]:
    """Which colours meet on the two faces, and how far apart they must be."""
    for ground in ("ground", "paper", "wash", "rail"):
        yield from ((text, ground, TEXT) for text in ("ink", "muted", "accent"))
    for tone in _TONED:
        yield from ((tone, ground, TEXT) for ground in ("paper", "ground", f"{tone}-soft"))
        yield "ink", f"{tone}-soft", TEXT
    yield "muted", "accent-soft", TEXT
    yield "on-accent", "accent", TEXT
    yield "on-accent", "accent-deep", TEXT
    yield "on-support", "support", TEXT
    yield "on-support", "support-deep", TEXT
    yield from (("control", ground, EDGE) for ground in ("paper", "ground"))


#: Front, ground and the least contrast of every pair that meets; each once.
PAIRS = tuple(dict.fromkeys(_pairs()))


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a colour stands on a ground."""

    front: str
    back: str
    least: float
    found: float

    @property
    def passes(self) -> bool:
        """Whether it can be read."""
        return self.found >= self.least


def verdicts(palette: Palette) -> list[Verdict]:
    """Every pair with its contrast."""
    return _judged(variables(palette))


def _judged(colours: Mapping[str, str]) -> list[Verdict]:
    return [
        Verdict(front, back, least, contrast(colours[front], colours[back]))
        for front, back, least in PAIRS
    ]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A colour that could be read: the given one made darker or lighter, no more than needed."""

    way: str
    colour: str


#: How finely a readable colour is looked for: so many steps to black or white.
STEPS = 50


def suggestion(palette: Palette, name: str) -> Suggestion | None:
    """The nearest shade of the colour ``name`` with which it can be read wherever it is a text.

    No pair that could be read before becomes unreadable by it. None where the colour can be read
    as it is, or where only other colours can help.
    """
    own = {one.replace("_", "-"): getattr(palette, one) for one in COLOURS}
    before = _judged(_mixed(own))
    if all(one.passes for one in before if one.front == name):
        return None
    for step in range(1, STEPS + 1):
        for way, end in (("darken", "#000000"), ("lighten", "#ffffff")):
            colour = mix(own[name], end, 1 - step / STEPS)
            after = _judged(_mixed({**own, name: colour}))
            pairs = zip(before, after, strict=True)
            if all(new.passes for old, new in pairs if old.passes or old.front == name):
                return Suggestion(way, colour)
    return None


def contrast_faults(file: str, palette: Palette) -> list[Fault]:
    """Pairs of colours that are too close to be read."""
    return [
        Fault(file, f"palette.{one.front}", told(one))
        for one in verdicts(palette)
        if not one.passes
    ]


def told(one: Verdict) -> str:
    """A pair that is too weak, in a sentence."""
    return _(
        "%(front)s on %(back)s has a contrast of %(found)s, and needs %(least)s.",
        front=_named(one.front), back=_named(one.back),
        found=f"{one.found:.2f}", least=f"{one.least:.1f}",
    )  # fmt: skip


def _named(colour: str) -> str:
    return str(COLOUR[colour.replace("-", "_")])


#: Names of all colours that pages and drawings may use.
ALL_COLOURS = frozenset(variables(Palette(*["#000000"] * len(COLOURS))))


def measured(palette: Palette) -> tuple[int, float]:
    """How many pairs of colours meet, and the lowest contrast of text among them."""
    colours, pairs = variables(palette), list(_pairs())
    texts = (contrast(colours[a], colours[b]) for a, b, least in pairs if least > EDGE)
    return len(pairs), min(texts)
