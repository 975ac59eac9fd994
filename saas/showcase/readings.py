"""What the sample texts of a demo say in the language of who reads.

What people type stands in one language, in a demo as anywhere. So that a guest of another language
can follow what residents ask and offices answer, a page of a demo that goes out in that language
says each text it knows by its reading (``readings.yaml``). Nothing stored changes: forms hold what
was written, files and lists to take away too, and no other district is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from html import escape, unescape
from typing import Final

from flask import Response

from saas import settings
from saas.kernel.context import Tenant, current_scope
from saas.kernel.i18n import DEFAULT_LOCALE, locale_code
from saas.packages.reading.folders import read_folder
from saas.packages.schemas.derive import schema_of
from saas.showcase.package.shapes import DemoReadings

#: Text between two tags in which a Chinese sign stands; not what a field holds.
_TEXT: Final = re.compile(
    r"(<(?!textarea|script|style)[^<>]*>)([^<>]*[\u4e00-\u9fff][^<>]*)(?=<)", re.IGNORECASE
)
_BETWEEN: Final = re.compile(r"(\s*\n\s*| · )")
_CUT: Final = ("…", "...")
#: So many signs are left of a text at least where a page cuts it short.
_LEAST: Final = 8


@cache
def readings(locale: str) -> Mapping[str, str]:
    """Text → what it says, out of all demos on disk; read once a process."""
    found: dict[str, str] = {}
    for path in sorted(settings.DEMO_DIR.iterdir()):
        file = {"readings": schema_of(DemoReadings)}
        loaded = read_folder(path, file).loaded.get("readings") if path.is_dir() else None
        found |= {one["zh"]: one[locale] for one in loaded.readings} if loaded else {}
    return found


def read(text: str, locale: str) -> str:
    """``text`` of a page in ``locale``, part by part; what is not known stays as it is."""
    return "".join(_said(part, readings(locale)) for part in _BETWEEN.split(text))


def _said(part: str, known: Mapping[str, str]) -> str:
    bare = unescape(part.strip())
    said = known.get(bare) or _numbered(bare, known) or _begun(bare, known)
    return part.replace(part.strip(), escape(said, quote=False)) if said else part


def _numbered(text: str, known: Mapping[str, str]) -> str | None:
    """A text in which a number was put."""
    for number in re.findall(r"\d+", text):
        if said := known.get(text.replace(number, "{number}")):
            return said.replace("{number}", number)
    return None


def _begun(text: str, known: Mapping[str, str]) -> str | None:
    """A text that was cut short, by how it begins, where one alone begins so: what a guest wrote
    is not taken for a sample.
    """
    start = text.rstrip("….") if text.endswith(_CUT) else ""
    if len(start) < _LEAST:
        return None
    found = [said for one, said in known.items() if one.startswith(start)]
    return found[0] if len(found) == 1 else None


def translate(response: Response) -> Response:
    """On the way out of a demo, before the answer is compressed."""
    scope, locale = current_scope(), locale_code()
    if not isinstance(scope, Tenant) or not scope.is_demo or locale == DEFAULT_LOCALE:
        return response
    if response.mimetype == "text/html" and not response.is_streamed:
        response.set_data(_TEXT.sub(lambda found: found[1] + read(found[2], locale),
                                    response.get_data(as_text=True)))  # fmt: skip
    return response
