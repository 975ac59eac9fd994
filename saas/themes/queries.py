"""Reading the looks that lie in tenants/cultures/."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from markupsafe import Markup
from marshmallow import ValidationError

from saas.kernel.i18n import gettext as _
from saas.settings import CULTURES_DIR
from saas.themes import rules
from saas.themes.schemas import Fault, Look, LookSchema, Palette

#: The look of pages that belong to no district, and of districts that chose none.
DEFAULT = "plain"
LARGEST_FILE = 200_000
_CODE = re.compile(r"^[a-z][a-z0-9_]{0,39}$")


class BadLook(Exception):
    """A look that cannot be used, with everything that is wrong in it."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        super().__init__("; ".join(f"{f.file} {f.path}: {f.sentence}" for f in faults))


def codes(folder: Path = CULTURES_DIR) -> list[str]:
    """The looks that are there, by name."""
    return sorted(file.parent.name for file in folder.glob("*/look.yaml"))


def look(code: str) -> Look:
    """One look; the plain one where there is none of that code. Read once a process."""
    return _shipped(code if code in _shipped_codes() else DEFAULT)


def looks() -> list[Look]:
    """Every look that ships, for choosing one."""
    return [_shipped(code) for code in _shipped_codes()]


@lru_cache(maxsize=1)
def _shipped_codes() -> tuple[str, ...]:
    return tuple(codes())


@lru_cache(maxsize=64)
def _shipped(code: str) -> Look:
    return read_look(CULTURES_DIR, code)


@dataclass(frozen=True, slots=True)
class Contrast:
    """How a look reads: how many pairs of colours meet, the weakest text, and what is too weak."""

    pairs: int
    lowest: float
    faults: tuple[Fault, ...]


def contrast_of(chosen: Look) -> Contrast:
    """Every pair of colours that meets on the two faces, measured."""
    pairs, lowest = rules.measured(chosen.palette)
    faults = rules.contrast_faults(f"{chosen.code}/look.yaml", chosen.palette)
    return Contrast(pairs, lowest, tuple(faults))


@lru_cache(maxsize=64)
def look_css(code: str) -> str:
    """The style sheet of a look, made once a process."""
    return rules.css(look(code))


def read_look(folder: Path, code: str) -> Look:
    """Read and check one look; every fault of every file is told at once."""
    file, drawings = f"{code}/look.yaml", _drawings(folder / code)
    data, faults = _data(folder, code, file)
    faults += rules.missing_motifs(code, set(drawings))
    for name, text in drawings.items():
        faults += rules.drawing_faults(f"{code}/motifs/{name}.svg", text)
    if palette := data.get("palette"):
        faults += rules.contrast_faults(file, Palette(**palette))
    if faults:
        raise BadLook(faults)
    # Only drawings that passed the check above become markup.
    motifs = {name: Markup(rules.inline(text)) for name, text in drawings.items()}  # noqa: S704
    colours = Palette(**data["palette"])
    icon = rules.icon(data["frames"]["centre"], colours)
    return Look(**data | {"palette": colours, "motifs": motifs, "icon": icon})


def _drawings(folder: Path) -> dict[str, str]:
    files = sorted((folder / "motifs").glob("*.svg"))
    return {file.stem: file.read_text(encoding="utf-8") for file in files}


def _data(folder: Path, code: str, file: str) -> tuple[dict[str, Any], list[Fault]]:
    """The checked content of look.yaml; on faults only what can still be checked further."""
    if not _CODE.match(code):
        return {}, [Fault(file, "", _("This is no name of a look."))]
    try:
        data = LookSchema().load(_parsed(folder / file))
    except (OSError, ValueError, yaml.YAMLError) as error:
        return {}, [Fault(file, "", str(error))]
    except ValidationError as error:
        valid = error.valid_data if isinstance(error.valid_data, dict) else {}
        faults = _flat(file, "", error.messages)
        whole = not any(fault.path.startswith("palette") for fault in faults)
        return ({"palette": valid["palette"]} if whole and "palette" in valid else {}), faults
    if data["code"] != code:
        return data, [Fault(file, "code", _("The code is not the name of the folder."))]
    return data, []


def _parsed(file: Path) -> Any:
    if file.stat().st_size > LARGEST_FILE:
        raise ValueError(_("The file is too large."))
    return yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def _flat(file: str, path: str, messages: Any) -> list[Fault]:
    """marshmallow's nested messages as one fault for each sentence."""
    if isinstance(messages, dict):
        inner = ((f"{path}.{key}".strip("."), value) for key, value in messages.items())
        return [fault for where, value in inner for fault in _flat(file, where, value)]
    return [Fault(file, path.replace("._schema", ""), str(text)) for text in messages]
