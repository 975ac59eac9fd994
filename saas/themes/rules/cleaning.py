"""Making a drawing that somebody uploads fit: what cannot do harm is taken out and said so.

Drawing programs write a great deal that no page needs: notes of their own, styles, fixed colours,
gradients. That goes. What is alive (scripts, handlers) or comes from elsewhere is a reason to
refuse the whole: nobody draws that by accident.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.sax.saxutils import quoteattr

from saas.kernel.i18n import gettext as _
from saas.themes.rules.drawings import (
    ATTRIBUTES,
    DEEPEST,
    ELEMENTS,
    LARGEST_DRAWING,
    PAINT,
    SVG,
    depth_of,
    drawing_faults,
)

#: So much may be uploaded; most of it is usually taken out.
LARGEST_UPLOAD = 400_000
_ALIVE = frozenset(
    ["script", "foreignobject", "iframe", "object", "embed", "audio", "video", "handler"]
)
_DECLARATION = re.compile(r"<!(?:ENTITY|ELEMENT|ATTLIST|\[)|<!DOCTYPE[^>]*\[", re.IGNORECASE)
_HARMLESS = re.compile(r"<!DOCTYPE[^>\[]*>|<\?[^>]*\?>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
_HEX = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_RGB = re.compile(r"rgb\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*\)")
#: Words for colours that drawing programs write.
_NAMED = {
    "black": "#000000", "white": "#ffffff", "red": "#ff0000", "green": "#008000",
    "blue": "#0000ff", "yellow": "#ffff00", "orange": "#ffa500", "gray": "#808080",
    "grey": "#808080", "brown": "#a52a2a", "gold": "#ffd700", "purple": "#800080",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cleaned:
    """``text`` is the drawing as it can be kept, None when it is refused.

    ``taken`` says what was taken out or changed, ``refused`` why it cannot be kept.
    """

    text: str | None
    taken: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()


def cleaned(text: str, colours: Mapping[str, str]) -> Cleaned:
    """An uploaded drawing made fit. ``colours`` are the pack's, by the names that pages use."""
    if len(text) > LARGEST_UPLOAD:
        return _refused(_("The drawing is too large."))
    bare = _HARMLESS.sub("", text).strip()
    # Once more when comments are gone: they may have stood in the middle of a declaration.
    if _DECLARATION.search(text) or "<!" in bare or "\x00" in text:
        return _refused(_("It declares things of its own (an entity); a drawing needs none."))
    try:
        # Declarations are gone or refused: there is nothing to expand.
        root = ElementTree.fromstring(bare)  # noqa: S314
    except (ElementTree.ParseError, ValueError):
        return _refused(_("This is no SVG drawing, or it is damaged."))
    if _name(root) != "svg":
        return _refused(_("A drawing begins with svg."))
    if depth_of(root) > DEEPEST * 2:
        return _refused(_("The drawing is nested too deep."))
    if alive := tuple(dict.fromkeys(_alive(root))):
        return Cleaned(None, refused=alive)
    return _fitted(root, colours)


def _refused(why: str) -> Cleaned:
    return Cleaned(None, refused=(why,))


def _name(element: ElementTree.Element) -> str:
    return str(element.tag).removeprefix(SVG)


def _bare(name: str) -> str:
    """A name without its namespace, small."""
    return name.rpartition("}")[2].lower()


def _alive(root: ElementTree.Element) -> Iterator[str]:
    """Why a drawing is not taken at all."""
    for element in root.iter():
        name = _bare(str(element.tag))
        if name in _ALIVE:
            yield _("It holds “%(what)s”: a drawing must not do anything by itself.", what=name)
        if name == "image":
            yield _("It holds a photo. Only lines and areas can be taken.")
        for key, value in element.attrib.items():
            bare, said = _bare(key), re.sub(r"\s", "", value).lower()
            if bare.startswith("on"):
                yield _("It holds “%(what)s”: a drawing must not do anything by itself.", what=bare)
            elif "script:" in said or "@import" in said:
                yield _("It holds a script in an address.")
            elif _fetches(bare, said):
                yield _("It fetches something from another address.")


def _fetches(name: str, said: str) -> bool:
    """Whether an attribute points out of the drawing."""
    if name in {"href", "src"}:
        return not said.startswith("#")
    return any(not part.lstrip("'\"").startswith("#") for part in said.split("url(")[1:])


def _fitted(root: ElementTree.Element, colours: Mapping[str, str]) -> Cleaned:
    taken = dict[str, None]()
    view = root.get("viewBox") or _view_box(root)
    if view is None:
        return _refused(_("It does not say how large it is: a viewBox is missing."))
    body = "".join(_written(one, colours, taken) for one in root)
    coat = _coat(root, colours, taken) | {"viewBox": view}
    coat = {key: value for key, value in coat.items() if key not in {"width", "height"}}
    text = f'<svg xmlns="http://www.w3.org/2000/svg"{_spelled(coat)}>{body}</svg>'
    if len(text) > LARGEST_DRAWING:
        sentence = _("Even cleaned it is too large: simplify its lines and try again.")
        return Cleaned(None, tuple(taken), (sentence,))
    if left := drawing_faults("", text):
        return Cleaned(None, tuple(taken), tuple(dict.fromkeys(f.sentence for f in left)))
    if not body:
        return Cleaned(None, tuple(taken), (_("Nothing is left to be drawn."),))
    return Cleaned(text, tuple(taken))


def _view_box(root: ElementTree.Element) -> str | None:
    """Drawings without a viewBox often give their size instead."""
    size = [re.fullmatch(r"(\d+(?:\.\d+)?)(?:px)?", root.get(key, "")) for key in _SIZE]
    return f"0 0 {size[0][1]} {size[1][1]}" if size[0] and size[1] else None


_SIZE = ("width", "height")


def _written(
    element: ElementTree.Element, colours: Mapping[str, str], taken: dict[str, None]
) -> str:
    name = _name(element)
    if name not in ELEMENTS or name == "title":
        taken[_left_out(_bare(str(element.tag)))] = None
        return ""
    inner = "".join(_written(one, colours, taken) for one in element)
    head = f"{name}{_spelled(_coat(element, colours, taken))}"
    return f"<{head}>{inner}</{name}>" if inner else f"<{head}/>"


def _left_out(name: str) -> str:
    if name in {"text", "tspan"}:
        return _("Words were taken out: turn them into paths to keep them.")
    if name in {"defs", "lineargradient", "radialgradient", "pattern", "filter", "clippath"}:
        return _("Gradients, patterns and filters were taken out.")
    if name in {"title", "desc", "metadata", "namedview"}:
        return _("Notes of the drawing program were taken out.")
    return _("“%(what)s” was taken out.", what=name[:40])


def _coat(
    element: ElementTree.Element, colours: Mapping[str, str], taken: dict[str, None]
) -> dict[str, str]:
    """The attributes that stay, styles spelled out, colours as the palette's."""
    given = {key: value for key, value in element.attrib.items() if key != "style"}
    given |= _styled(element.get("style", ""))
    kept = {key: value for key, value in given.items() if key in ATTRIBUTES}
    if set(given) - set(kept) - {"id", "class", "version", "style"}:
        taken[_("Notes of the drawing program were taken out.")] = None
    for key in ("fill", "stroke"):
        if key in kept:
            kept[key] = _paint(kept[key].strip(), colours, taken)
    return kept


def _styled(style: str) -> dict[str, str]:
    pairs = (part.partition(":") for part in style.split(";") if ":" in part)
    return {key.strip(): value.strip() for key, _colon, value in pairs}


def _paint(value: str, colours: Mapping[str, str], taken: dict[str, None]) -> str:
    known = PAINT.fullmatch(value)
    if known and (known[1] is None or known[1] in colours):
        return value
    colour = _colour(value)
    name = nearest(colour, colours) if colour else "accent"
    sentence = _("Fixed colours became the nearest colours of the palette.")
    taken[sentence] = None
    return f"var(--{name})"


def _colour(value: str) -> str | None:
    """``#rrggbb`` of a colour as drawing programs write it."""
    if _HEX.fullmatch(value):
        return value if len(value) == 7 else "#" + "".join(sign * 2 for sign in value[1:])
    if found := _RGB.fullmatch(value):
        return "#" + "".join(f"{min(int(part), 255):02x}" for part in found.groups())
    return _NAMED.get(value.lower())


def nearest(colour: str, colours: Mapping[str, str]) -> str:
    """The name of the colour that lies nearest to ``colour``."""

    def far(other: str) -> int:
        pairs = ((colour[i : i + 2], other[i : i + 2]) for i in (1, 3, 5))
        return sum((int(one, 16) - int(two, 16)) ** 2 for one, two in pairs)

    return min(colours, key=lambda name: far(colours[name]))


def _spelled(coat: Mapping[str, str]) -> str:
    return "".join(f" {key}={quoteattr(value)}" for key, value in coat.items())
