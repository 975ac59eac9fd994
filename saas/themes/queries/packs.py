"""Reading culture packs: those that ship in tenants/cultures/, and any other by the same rules."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from markupsafe import Markup

from saas.kernel.i18n import gettext as _
from saas.kernel.schemas import faults_in
from saas.packages.reading.yaml_text import parse
from saas.settings import CULTURES_DIR
from saas.themes.rules.colours import contrast_faults
from saas.themes.rules.drawings import drawing_faults, inline, slot_faults
from saas.themes.rules.places import without
from saas.themes.rules.references import reference_faults
from saas.themes.rules.sheet import icon
from saas.themes.schemas import Fault, Pack, PackSchema, Palette, content
from saas.themes.schemas.pack import shaped

#: The pack of pages that belong to no district, and of districts that chose none.
DEFAULT = "plain"
#: Where faults are, as a pack's author knows the files.
FILE, DRAWING = "pack.yaml", "motifs/{}.svg"
LARGEST_FILE = 200_000
_CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")


class BadPack(Exception):
    """A pack that cannot be used, with everything that is wrong in it."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        super().__init__("; ".join(f"{f.file} {f.path}: {f.sentence}" for f in faults))


def pack(code: str, taken: Collection[str] | None = None) -> Pack:
    """One shipped pack; the plain one where there is none of that code. Read once a process.

    ``taken``: of the sections that are bound to its place only these, None for all.
    """
    found = _shipped(code if code in shipped_codes() else DEFAULT)
    return found if taken is None else _partly(found.code, frozenset(taken))


@lru_cache(maxsize=256)
def _partly(code: str, taken: frozenset[str]) -> Pack:
    whole = _shipped(code)
    return without(whole, set(whole.bound) - taken)


def packs() -> list[Pack]:
    """Every pack that ships, for choosing one."""
    return [_shipped(code) for code in shipped_codes()]


def codes(folder: Path = CULTURES_DIR) -> list[str]:
    """The packs that are there, by name."""
    return sorted(file.parent.name for file in folder.glob(f"*/{FILE}"))


@lru_cache(maxsize=1)
def shipped_codes() -> tuple[str, ...]:
    """The packs that ship, by name; read once a process."""
    return tuple(codes())


@lru_cache(maxsize=64)
def _shipped(code: str) -> Pack:
    return read_folder(CULTURES_DIR, code)


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
    faults = _form_faults(parts, drawings)
    if isinstance(parts, Mapping):
        faults += reference_faults(FILE, parts, set(drawings))
        faults += _colour_faults(parts.get("palette"))
    if faults:
        raise BadPack(faults)
    return _made(parts, drawings)


def sketched(parts: Any, drawings: Mapping[str, str]) -> Pack:
    """A pack to look at while it is made: as `read_pack`, but colours may be too weak and rows may
    name what is not there. Never for readers.
    """
    if faults := _form_faults(parts, drawings):
        raise BadPack(faults)
    return _made(parts, drawings)


def section_faults(values: Mapping[str, Any]) -> dict[str, Any]:
    """What is wrong in the shape of some sections of a pack, as marshmallow nests it."""
    found: dict[str, Any] = PackSchema(only=tuple(values)).validate(dict(values))
    return found


def section_mark(parts: Mapping[str, Any], sections: Iterable[str]) -> str:
    """A digest of some sections: equal as long as nobody has changed them."""
    kept = {section: parts.get(section) for section in sections}
    text = json.dumps(kept, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _form_faults(parts: Any, drawings: Mapping[str, str]) -> list[Fault]:
    """What keeps parts and drawings from being a pack at all; what pages must never show."""
    faults = [*_shape_faults(parts), *slot_faults(set(drawings))]
    for slot, text in drawings.items():
        faults += drawing_faults(DRAWING.format(slot), text)
    return faults


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
    messages = PackSchema().validate(parts if isinstance(parts, dict) else [parts])
    return [
        Fault(FILE, re.sub(r"\.?_schema", "", path), str(sentence))
        for path, sentences in faults_in(messages, joint=".")
        for sentence in sentences
    ]


def _colour_faults(palette: Any) -> list[Fault]:
    """Colours that cannot be read; none while the palette itself has faults."""
    whole = PackSchema(only=("palette",)).validate({"palette": palette}) == {}
    return contrast_faults(FILE, Palette(**palette)) if whole else []


def _parsed(file: Path) -> tuple[Any, list[Fault]]:
    """The plain content of a YAML file, or None and what is wrong with it."""
    try:
        size = file.stat().st_size
        return parsed(file.read_bytes()) if size <= LARGEST_FILE else (None, [_too_large()])
    except OSError:
        return None, [Fault(FILE, "", _("The file cannot be read."))]


def _too_large() -> Fault:
    return Fault(FILE, "", _("The file is too large."))


def parsed(raw: bytes) -> tuple[Any, list[Fault]]:
    """The plain content of a pack.yaml, or None and what is wrong with it."""
    if len(raw) > LARGEST_FILE:
        return None, [_too_large()]
    read = parse(FILE, raw)
    return read.value, [Fault(one.file, one.path, one.sentence) for one in read.faults]


def _drawings(folder: Path) -> tuple[dict[str, str], list[Fault]]:
    texts, faults = dict[str, str](), list[Fault]()
    for file in sorted((folder / "motifs").glob("*.svg")):
        try:
            texts[file.stem] = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            sentence = _("The file cannot be read.")
            faults.append(Fault(DRAWING.format(file.stem), "", sentence))
    return texts, faults
