"""Colours: tints and shades from a palette, and whether they can be read."""

from __future__ import annotations

from collections.abc import Iterator

from saas.kernel.i18n import gettext as _
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


def variables(palette: Palette) -> dict[str, str]:
    """Every colour that pages may use: the palette, and tints and shades made from it."""
    own = {name.replace("_", "-"): getattr(palette, name) for name in COLOURS}
    made = {
        "wash": mix(palette.hairline, palette.paper, 0.32),
        "rail": mix(palette.hairline, palette.ground, 0.38),
        "wall": mix(palette.support, palette.hairline, 0.22),
        "accent-deep": mix(palette.accent, "#000000", 0.82),
        "support-deep": mix(palette.support, "#000000", 0.86),
        "accent-line": mix(palette.accent, palette.paper, 0.4),
        "support-line": mix(palette.support, palette.paper, 0.32),
    }
    toned = ("accent", "support", "good", "warn", "late", "paused")
    soft = {f"{name}-soft": mix(getattr(palette, name), palette.paper, TINT) for name in toned}
    return own | made | soft


def _pairs() -> Iterator[tuple[str, str, float]]:
    """Which colours meet on the two faces, and how far apart they must be."""
    for ground in ("ground", "paper", "wash", "rail"):
        yield from ((text, ground, TEXT) for text in ("ink", "muted", "accent"))
    for tone in ("accent", "support", "good", "warn", "late", "paused"):
        yield from ((tone, ground, TEXT) for ground in ("paper", "ground", f"{tone}-soft"))
        yield "ink", f"{tone}-soft", TEXT
    yield "muted", "accent-soft", TEXT
    yield "on-accent", "accent", TEXT
    yield "on-accent", "accent-deep", TEXT
    yield "on-support", "support", TEXT
    yield "on-support", "support-deep", TEXT
    yield from (("control", ground, EDGE) for ground in ("paper", "ground"))


def contrast_faults(file: str, palette: Palette) -> list[Fault]:
    """Pairs of colours that are too close to be read."""
    colours = variables(palette)
    faults = []
    for front, back, least in _pairs():
        found = contrast(colours[front], colours[back])
        if found < least:
            sentence = _(
                "%(front)s on %(back)s has a contrast of %(found)s, and needs %(least)s.",
                front=front, back=back, found=f"{found:.2f}", least=f"{least:.1f}",
            )  # fmt: skip
            faults.append(Fault(file, f"palette.{front}", sentence))
    return faults


#: Names of all colours that pages and drawings may use.
ALL_COLOURS = frozenset(variables(Palette(*["#000000"] * len(COLOURS))))


def measured(palette: Palette) -> tuple[int, float]:
    """How many pairs of colours meet, and the lowest contrast of text among them."""
    colours, pairs = variables(palette), list(_pairs())
    texts = (contrast(colours[a], colours[b]) for a, b, least in pairs if least > EDGE)
    return len(pairs), min(texts)
