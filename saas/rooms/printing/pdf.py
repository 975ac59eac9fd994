"""Posters as a PDF of lines and letters, by the optional extra ``pdf``.

The template lies beside this file and never changes; what people wrote goes in as data and is set
as text, never read as markup. Nothing is fetched: the template uses no package.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any, Final

from saas.kernel.errors import Unavailable
from saas.kernel.i18n import lazy_gettext as _l
from saas.rooms.printing.sheets import Sheet
from saas.web.pictures import QrCode

try:
    typst: ModuleType | None = import_module("typst")
except ImportError:  # the extra is not installed: posters are printed by the browser
    typst = None

_HERE: Final = Path(__file__).parent
#: Families with Chinese letters, the nicest on a wall first.
_FAMILIES: Final = (
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "Noto Serif SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Noto Sans SC",
    "Songti SC",
    "PingFang SC",
    "SimSun",
    "Microsoft YaHei",
    "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei",
)


@lru_cache(maxsize=1)
def _fonts() -> tuple[Any, tuple[str, ...]]:
    """The fonts of this machine, and those with Chinese letters; looked for once a process."""
    assert typst is not None
    fonts = typst.Fonts()
    there = set(fonts.families())
    return fonts, tuple(name for name in _FAMILIES if name in there)


def can_print() -> bool:
    """Whether a PDF can be made here: with the extra, and a font with Chinese letters."""
    return typst is not None and bool(_fonts()[1])


def pdf_of(
    sheets: Sequence[Sheet],
    *,
    size: str,
    footer: str,
    caption: str,
    words: dict[str, str],
    paint: dict[str, str],
) -> bytes:
    """One sheet of paper for each poster. ``size`` is a4 or a3. ``caption`` says where the code
    leads, ``words`` are the headings, ``paint`` has colours (ink, muted, accent) and the drawings
    (band, frame) as SVG. Raises `Unavailable` where this server cannot.
    """
    data = {
        "size": size,
        "footer": footer,
        "caption": caption,
        "words": words,
        "paint": paint,
        "sheets": [_told(sheet) for sheet in sheets],
    }
    return typeset(_HERE / "poster.typ", data)


def typeset(template: Path, data: dict[str, Any]) -> bytes:
    """A template of ours with what is written on it; ``families`` of letters are added. Raises
    `Unavailable` where this server cannot.
    """
    if typst is None or not can_print():
        raise Unavailable(
            _l("Go back, press Print and choose “Save as PDF”: the file is for the printer's shop.")
        )
    fonts, families = _fonts()
    with TemporaryDirectory() as nowhere:
        made: bytes = typst.compile(
            template.read_bytes(),
            root=nowhere,
            font_paths=fonts,
            format="pdf",
            sys_inputs={"data": json.dumps({**data, "families": families}, ensure_ascii=False)},
            package_path=nowhere,
            package_cache_path=nowhere,
        )
    return made


def svg_of(code: QrCode) -> str:
    """A code to scan as a drawing."""
    box = f'viewBox="0 0 {code.size} {code.size}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box}><path d="{code.path}"/></svg>'


def _told(sheet: Sheet) -> dict[str, Any]:
    return {
        "seal": sheet.seal,
        "name": sheet.name,
        "purpose": sheet.purpose,
        "hours": list(sheet.hours),
        "services": list(sheet.services),
        "place": sheet.place,
        "contact": sheet.contact,
        "address": sheet.address,
        "code": svg_of(sheet.report),
    }
