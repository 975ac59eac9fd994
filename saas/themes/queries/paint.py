"""What the colours of a pack come to: how they read, and how they go onto paper."""

from __future__ import annotations

from dataclasses import dataclass

from saas.themes.queries.packs import FILE
from saas.themes.rules.colours import contrast_faults, measured
from saas.themes.rules.sheet import painted
from saas.themes.schemas import Fault, Pack


@dataclass(frozen=True, slots=True)
class Contrast:
    """How a pack reads: how many pairs of colours meet, the weakest text, and what is too weak."""

    pairs: int
    lowest: float
    faults: tuple[Fault, ...]


def contrast_of(chosen: Pack) -> Contrast:
    """Every pair of colours that meets on the two faces, measured."""
    pairs, lowest = measured(chosen.palette)
    return Contrast(pairs, lowest, tuple(contrast_faults(FILE, chosen.palette)))


def paint_of(pack: Pack) -> dict[str, str]:
    """A pack for paper that knows no style sheet: colours of the palette by name, the ``band`` and
    the ``frame`` of a room's seal as drawings with their colours in them.
    """
    colours = {name: getattr(pack.palette, name) for name in ("ink", "muted", "accent", "support")}
    frame, red = pack.seal_frame, pack.palette.support
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{frame.view_box}">'
    face = f'<path fill="#fff" stroke="{red}" stroke-width="2" d="{frame.face}"/>'
    line = f'fill="none" stroke="{red}" stroke-width="1.25" stroke-opacity="0.75"'
    lines = "".join(f'<path {line} d="{one}"/>' for one in frame.lines)
    band = painted(pack.drawings["band"], pack.palette)
    return colours | {"band": band, "frame": f"{head}{face}{lines}</svg>"}
