"""Reading culture packs: those that ship in tenants/cultures/, and the one that is shown here."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from markupsafe import Markup

from saas.kernel.context import Tenant, current_scope
from saas.kernel.i18n import gettext as _
from saas.packages.queries.yaml_text import parse
from saas.settings import CULTURES_DIR
from saas.themes.rules.calendar import FIRST as FIRST_YEAR
from saas.themes.rules.calendar import LAST as LAST_YEAR
from saas.themes.rules.colours import contrast_faults, measured
from saas.themes.rules.drawings import drawing_faults, inline, slot_faults
from saas.themes.rules.references import reference_faults
from saas.themes.rules.sheet import css, icon, painted
from saas.themes.schemas import Fault, Pack, PackSchema, Palette, content
from saas.themes.schemas.pack import shaped

#: The pack of pages that belong to no district, and of districts that chose none.
DEFAULT = "plain"
#: Where faults are, as a pack's author knows the files.
FILE, DRAWING = "pack.yaml", "motifs/{}.svg"
LARGEST_FILE = 200_000
_CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")

__all__ = [
    "FIRST_YEAR",
    "LAST_YEAR",
    "BadPack",
    "codes",
    "current_pack",
    "pack",
    "packs",
    "read_folder",
    "read_pack",
    "style_sheet",
]


class BadPack(Exception):
    """A pack that cannot be used, with everything that is wrong in it."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        super().__init__("; ".join(f"{f.file} {f.path}: {f.sentence}" for f in faults))


# Which pack --------------------------------------------------------------------------------


def current_pack() -> Pack:
    """The pack that the current district shows; the plain one outside districts.

    Every page, template and style sheet asks here, and nowhere else.
    """
    scope = current_scope()
    return pack(scope.look if isinstance(scope, Tenant) else DEFAULT)


def pack(code: str) -> Pack:
    """One shipped pack; the plain one where there is none of that code. Read once a process."""
    return _shipped(code if code in _shipped_codes() else DEFAULT)


def packs() -> list[Pack]:
    """Every pack that ships, for choosing one."""
    return [_shipped(code) for code in _shipped_codes()]


def codes(folder: Path = CULTURES_DIR) -> list[str]:
    """The packs that are there, by name."""
    return sorted(file.parent.name for file in folder.glob(f"*/{FILE}"))


@lru_cache(maxsize=1)
def _shipped_codes() -> tuple[str, ...]:
    return tuple(codes())


@lru_cache(maxsize=64)
def _shipped(code: str) -> Pack:
    return read_folder(CULTURES_DIR, code)


def style_sheet(code: str) -> str:
    """The style sheet of the pack shown here, if ``code`` is its name, else of the shipped one."""
    here = current_pack()
    return css(here if here.code == code else pack(code))


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


# Reading and checking ----------------------------------------------------------------------


def read_folder(folder: Path, code: str) -> Pack:
    """Read and check a pack that lies in a folder; every fault of every file is told at once."""
    if not _CODE.fullmatch(code):
        raise BadPack([Fault(FILE, "", _("This is no name of a pack."))])
    parts, unparsed = _parsed(folder / code / FILE)
    drawings, unreadable = _drawings(folder / code)
    faults = [*unparsed, *unreadable, *_misplaced(parts, code)]
    try:
        made = read_pack(parts, drawings)
    except BadPack as bad:
        # What could not be parsed has been said; that it is not a pack either need not be.
        more = [fault for fault in bad.faults if not (unparsed and fault.file == FILE)]
        raise BadPack(faults + more) from bad
    if faults:
        raise BadPack(faults)
    return made


def _misplaced(parts: Any, code: str) -> list[Fault]:
    if isinstance(parts, Mapping) and parts.get("code") != code:
        return [Fault(FILE, "code", _("The code is not the name of the folder."))]
    return []


def read_pack(parts: Any, drawings: Mapping[str, str]) -> Pack:
    """A pack from the content of pack.yaml and its drawings by slot; `BadPack` with all faults.

    The same for what ships and for what a district made itself: `content` gives the ``parts``.
    """
    faults = [*_shape_faults(parts), *slot_faults(set(drawings))]
    for slot, text in drawings.items():
        faults += drawing_faults(DRAWING.format(slot), text)
    if isinstance(parts, Mapping):
        faults += reference_faults(FILE, parts, set(drawings))
        faults += _colour_faults(parts.get("palette"))
    if faults:
        raise BadPack(faults)
    return _made(parts, drawings)


def _made(parts: Mapping[str, Any], drawings: Mapping[str, str]) -> Pack:
    data = shaped(PackSchema().load(parts))
    # Only drawings that passed every check become markup.
    motifs = {slot: Markup(inline(drawings[slot])) for slot in sorted(drawings)}  # noqa: S704
    made = Pack(
        **data,
        drawings={slot: drawings[slot] for slot in sorted(drawings)},
        motifs=motifs,
        icon=icon(data["frames"]["centre"], data["palette"]),
    )
    return replace(made, mark=_mark(made))


def _mark(made: Pack) -> str:
    text = json.dumps([content(made), made.drawings], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _shape_faults(parts: Any) -> list[Fault]:
    return _flat("", PackSchema().validate(parts if isinstance(parts, dict) else [parts]))


def _colour_faults(palette: Any) -> list[Fault]:
    """Colours that cannot be read; none while the palette itself has faults."""
    whole = PackSchema(only=("palette",)).validate({"palette": palette}) == {}
    return contrast_faults(FILE, Palette(**palette)) if whole else []


def _flat(path: str, messages: Any) -> list[Fault]:
    """marshmallow's nested messages as one fault for each sentence."""
    if isinstance(messages, dict):
        inner = ((f"{path}.{key}".strip("."), value) for key, value in messages.items())
        return [fault for where, value in inner for fault in _flat(where, value)]
    return [Fault(FILE, re.sub(r"\.?_schema", "", path), str(text)) for text in messages]


def _parsed(file: Path) -> tuple[Any, list[Fault]]:
    """The plain content of a YAML file, or None and what is wrong with it."""
    try:
        if file.stat().st_size > LARGEST_FILE:
            return None, [Fault(FILE, "", _("The file is too large."))]
        parsed = parse(FILE, file.read_bytes())
    except OSError:
        return None, [Fault(FILE, "", _("The file cannot be read."))]
    return parsed.value, [Fault(one.file, one.path, one.sentence) for one in parsed.faults]


def _drawings(folder: Path) -> tuple[dict[str, str], list[Fault]]:
    texts, faults = dict[str, str](), list[Fault]()
    for file in sorted((folder / "motifs").glob("*.svg")):
        try:
            texts[file.stem] = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            sentence = _("The file cannot be read.")
            faults.append(Fault(DRAWING.format(file.stem), "", sentence))
    return texts, faults


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
