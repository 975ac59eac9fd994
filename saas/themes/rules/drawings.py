"""Drawings: nothing alive in them, no colours but the palette's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.sax.saxutils import quoteattr

from saas.kernel.i18n import gettext as _
from saas.themes.rules.colours import ALL_COLOURS
from saas.themes.schemas import MOTIFS, SLOTS, Fault

LARGEST_DRAWING = 40_000
DEEPEST = 12
SVG = "{http://www.w3.org/2000/svg}"
ELEMENTS = frozenset(
    ["svg", "g", "path", "circle", "ellipse", "rect", "line", "polyline", "polygon", "title"]
)
_SHAPE = (
    "viewBox", "width", "height", "d", "cx", "cy", "r", "rx", "ry", "x", "y", "x1", "y1", "x2",
    "y2", "points", "transform",
)  # fmt: skip
_COAT = (
    "fill", "stroke", "opacity", "fill-rule", "stroke-width", "stroke-linecap", "stroke-linejoin",
    "stroke-dasharray", "fill-opacity", "stroke-opacity",
)  # fmt: skip
ATTRIBUTES = frozenset([*_SHAPE, *_COAT])
PAINT = re.compile(r"none|currentColor|var\(--([a-z-]+)\)")


def drawing_faults(file: str, text: str) -> list[Fault]:
    """What a drawing may not hold: scripts, references, styles, fixed colours."""
    if len(text) > LARGEST_DRAWING:
        return [Fault(file, "", _("The drawing is too large."))]
    if "<!" in text.replace("<!--", "") or "<?" in text.replace("<?xml", ""):
        return [Fault(file, "", _("Declarations are not allowed in a drawing."))]
    try:
        # No declarations got this far, so there is nothing to expand.
        root = ElementTree.fromstring(text)  # noqa: S314
    except (ElementTree.ParseError, ValueError) as error:
        return [Fault(file, "", _("This is not a drawing: %(why)s.", why=str(error)))]
    if depth_of(root) > DEEPEST:
        return [Fault(file, "", _("The drawing is nested too deep."))]
    faults = [] if _name(root) == "svg" else [Fault(file, "", _("A drawing begins with svg."))]
    faults += [] if root.get("viewBox") else [Fault(file, "svg", _("A viewBox is missing."))]
    for element in root.iter():
        faults += _element_faults(file, element)
    return faults


def _name(element: ElementTree.Element) -> str:
    return str(element.tag).removeprefix(SVG)


def depth_of(root: ElementTree.Element) -> int:
    """How deep elements lie in each other; level by level, so that depth cannot do harm here."""
    depth, level = 0, [root]
    while level and depth <= DEEPEST:
        depth, level = depth + 1, [inner for element in level for inner in element]
    return depth


def _element_faults(file: str, element: ElementTree.Element) -> Iterator[Fault]:
    name = _name(element)
    if name not in ELEMENTS:
        yield Fault(file, name, _("This element is not allowed in a drawing."))
    for key, value in element.attrib.items():
        if key not in ATTRIBUTES:
            yield Fault(file, f"{name}@{key}", _("This attribute is not allowed in a drawing."))
        elif key in ("fill", "stroke") and not _known_paint(value):
            yield Fault(file, f"{name}@{key}", _("Colours come from the palette: var(--accent)."))


def _known_paint(value: str) -> bool:
    match = PAINT.fullmatch(value)
    name = match.group(1) if match else None
    return match is not None and (name is None or name in ALL_COLOURS)


def slot_faults(names: set[str]) -> list[Fault]:
    """Drawings that every pack has to bring, and drawings that no page would show."""
    lacking = [name for name in MOTIFS if name not in names]
    stray = sorted(names - set(SLOTS))
    return [
        *(Fault(f"motifs/{n}.svg", "", _("This drawing is missing.")) for n in lacking),
        *(Fault(f"motifs/{n}.svg", "", _("There is no place for this drawing.")) for n in stray),
    ]


def inline(text: str) -> str:
    """A checked drawing as it stands in a page, hidden from readers aloud.

    Written anew from what was understood: its elements and attributes, no text, no comments. What
    a browser would read otherwise than we did cannot get through.
    """
    root = ElementTree.fromstring(text)  # noqa: S314
    head = 'svg xmlns="http://www.w3.org/2000/svg" class="motif" aria-hidden="true"'
    return _written(root, head)


def _written(element: ElementTree.Element, head: str = "") -> str:
    name = _name(element)
    coat = "".join(f" {key}={quoteattr(value)}" for key, value in element.attrib.items())
    inner = "".join(_written(one) for one in element if _name(one) != "title")
    end = f">{inner}</{name}>" if inner else "/>"
    return f"<{head or name}{coat}{end}"
