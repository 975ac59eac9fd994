"""Pure decisions about a look: enough contrast, harmless drawings, and its style sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote
from xml.etree import ElementTree

from saas.kernel.i18n import gettext as _
from saas.themes.schemas import COLOURS, MOTIFS, Fault, Frame, Look, Palette

TEXT = 4.5
EDGE = 3.0
TINT = 0.10
LARGEST_DRAWING = 40_000
_SVG = "{http://www.w3.org/2000/svg}"
_ELEMENTS = frozenset(
    ["svg", "g", "path", "circle", "ellipse", "rect", "line", "polyline", "polygon", "title"]
)
_SHAPE = [
    "viewBox",
    "width",
    "height",
    "d",
    "cx",
    "cy",
    "r",
    "rx",
    "ry",
    "x",
    "y",
    "x1",
    "y1",
    "x2",
    "y2",
    "points",
    "transform",
]
_COAT = [
    "fill",
    "stroke",
    "opacity",
    "fill-rule",
    "stroke-width",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-dasharray",
    "fill-opacity",
    "stroke-opacity",
]
_ATTRIBUTES = frozenset([*_SHAPE, *_COAT])
_PAINT = re.compile(r"^(none|currentColor|var\(--([a-z-]+)\))$")


# Colours -----------------------------------------------------------------------------------


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


def measured(palette: Palette) -> tuple[int, float]:
    """How many pairs of colours meet, and the lowest contrast of text among them."""
    colours, pairs = variables(palette), list(_pairs())
    texts = (contrast(colours[a], colours[b]) for a, b, least in pairs if least > EDGE)
    return len(pairs), min(texts)


# Drawings ----------------------------------------------------------------------------------


def drawing_faults(file: str, text: str) -> list[Fault]:
    """What a drawing may not hold: scripts, references, styles, fixed colours."""
    if len(text) > LARGEST_DRAWING:
        return [Fault(file, "", _("The drawing is too large."))]
    if "<!" in text.replace("<!--", "") or "<?" in text.replace("<?xml", ""):
        return [Fault(file, "", _("Declarations are not allowed in a drawing."))]
    try:
        # No declarations got this far, so there is nothing to expand.
        root = ElementTree.fromstring(text)  # noqa: S314
    except ElementTree.ParseError as error:
        return [Fault(file, "", _("This is not a drawing: %(why)s.", why=str(error)))]
    faults = [] if root.get("viewBox") else [Fault(file, "svg", _("A viewBox is missing."))]
    for element in root.iter():
        faults += _element_faults(file, element)
    return faults


def _element_faults(file: str, element: ElementTree.Element) -> Iterator[Fault]:
    name = str(element.tag).removeprefix(_SVG)
    if name not in _ELEMENTS:
        yield Fault(file, name, _("This element is not allowed in a drawing."))
    for key, value in element.attrib.items():
        if key not in _ATTRIBUTES:
            yield Fault(file, f"{name}@{key}", _("This attribute is not allowed in a drawing."))
        elif key in ("fill", "stroke") and not _known_paint(value):
            yield Fault(file, f"{name}@{key}", _("Colours come from the palette: var(--accent)."))


def _known_paint(value: str) -> bool:
    match = _PAINT.match(value)
    name = match.group(2) if match else None
    return match is not None and (name is None or name in _ALL_COLOURS)


def missing_motifs(folder: str, names: set[str]) -> list[Fault]:
    """Drawings that every look has to bring."""
    lacking = [name for name in MOTIFS if name not in names]
    return [Fault(f"{folder}/motifs/{n}.svg", "", _("This drawing is missing.")) for n in lacking]


def inline(text: str) -> str:
    """A drawing as it stands in a page: without its head, hidden from readers aloud."""
    body = re.sub(r"<\?xml.*?\?>|<!--.*?-->|<title>.*?</title>", "", text, flags=re.S).strip()
    body = body.replace("<svg ", '<svg class="motif" aria-hidden="true" ', 1)
    return re.sub(r">\s+<", "><", body)


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


# Style sheet -------------------------------------------------------------------------------


def css(look: Look) -> str:
    """The style sheet of a look: its colours as variables, its drawings as backgrounds."""
    lines = [f"--{name}:{value}" for name, value in variables(look.palette).items()]
    for name in MOTIFS:
        drawing = painted(str(look.motif(name)), look.palette)
        lines.append(f'--motif-{name}:url("{data_address(drawing)}")')
    lines.append(f'--arrow:url("{data_address(_arrow(look.palette.muted))}")')
    return ":root{" + ";".join(lines) + "}\n"


def _arrow(colour: str) -> str:
    """The mark of a list to choose from; browsers draw their own in as many ways as there are."""
    path = f'<path fill="none" stroke="{colour}" stroke-width="2" d="M2 5l6 6 6-6"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">{path}</svg>'


_ALL_COLOURS = frozenset(variables(Palette(*["#000000"] * len(COLOURS))))
