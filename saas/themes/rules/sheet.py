"""The style sheet of a pack: its colours as variables, its drawings as backgrounds."""

from __future__ import annotations

import re
from urllib.parse import quote

from saas.themes.rules.colours import variables
from saas.themes.rules.drawings import inline
from saas.themes.schemas import MOTIFS, Frame, Pack, Palette


def painted(text: str, palette: Palette) -> str:
    """A drawing with the palette's own colours, for places that see no variables."""
    colours = variables(palette)
    body = inline(text).replace(' class="motif" aria-hidden="true"', "")
    return re.sub(r"var\(--([a-z-]+)\)", lambda m: colours[m.group(1)], body)


def icon(frame: Frame, palette: Palette) -> str:
    """The little picture of a browser tab: the centre's seal without a character."""
    line = f'fill="none" stroke="{palette.on_accent}" stroke-width="2"'
    lines = "".join(f'<path {line} d="{one}"/>' for one in frame.lines)
    face = f'<path fill="{palette.accent}" d="{frame.face}"/>'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{frame.view_box}">'
    return data_address(f"{head}{face}{lines}</svg>")


def data_address(svg: str) -> str:
    """A drawing as an address that needs no request."""
    return "data:image/svg+xml," + quote(svg, safe=" =:/'(),;-+*!@$&[]~")


def css(pack: Pack) -> str:
    """The style sheet of a pack: its colours as variables, its drawings as backgrounds."""
    lines = [f"--{name}:{value}" for name, value in variables(pack.palette).items()]
    for name in MOTIFS:
        drawing = painted(pack.drawings[name], pack.palette)
        lines.append(f'--motif-{name}:url("{data_address(drawing)}")')
    lines.append(f'--arrow:url("{data_address(_arrow(pack.palette.muted))}")')
    return ":root{" + ";".join(lines) + "}\n"


def _arrow(colour: str) -> str:
    """The mark of a list to choose from; browsers draw their own in as many ways as there are."""
    path = f'<path fill="none" stroke="{colour}" stroke-width="2" d="M2 5l6 6 6-6"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">{path}</svg>'
