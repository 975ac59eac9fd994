"""What a file is, by what it holds: its name and what the browser calls it are not believed."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO, Any

from saas.attachments.queries import used_bytes
from saas.kernel.context import current_tenant
from saas.kernel.errors import Invalid
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.pictures import PICTURE_LIMIT, redrawn
from saas.kernel.runtime import settings

PICTURES = ("jpeg",)
_MEGABYTE = 1024 * 1024
_LONGEST_NAME = 120
_LARGEST_CONTENTS = 256 * 1024
#: The media type of the main part, as the list of contents of an office file names it; those with
#: macros have another.
_MAIN_PARTS = {
    "xlsx": b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    "docx": b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
}
_PICTURE_MARKS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF")


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that was checked and can be kept."""

    name: str
    kind: str
    data: bytes


def take(
    files: Sequence[Any], *, kinds: Collection[str] = PICTURES, field: str = "photo"
) -> list[Taken]:
    """Check files as a form sent them (each has ``stream`` and ``filename``).

    ``kinds``: what is taken, of `models.KINDS`. Pictures come back drawn anew. Raises `Invalid` on
    ``field``, `Unavailable` when too many pictures are being drawn.
    """
    most = settings().attachments_at_once
    if len(files) > most:
        raise Invalid({field: [_l("At most %(number)s files at once, please.", number=most)]})
    taken = [_taken(file.stream, file.filename or "", kinds, field) for file in files]
    _ensure_room(sum(len(one.data) for one in taken), field)
    return taken


def _ensure_room(size: int, field: str) -> None:
    """Raise where a district has no more room for files; what goes without one goes on."""
    quota = current_tenant().quotas.files
    if size and quota is not None and used_bytes() + size > quota:
        told = _l(
            "The district has no more room for files. Send it without one, and tell the desk."
        )
        raise Invalid({field: [told]})


def _taken(stream: IO[bytes], name: str, kinds: Collection[str], field: str) -> Taken:
    stream.seek(0)  # a second try after somebody was quicker reads it again
    most = max(PICTURE_LIMIT, settings().attachment_limit)
    data = stream.read(most + 1)
    kind = _kind_of(data)
    if (kind == "jpeg" and kind in kinds) or set(kinds) == set(PICTURES):
        return Taken(_clean(name, "jpeg"), "jpeg", redrawn(data, field))
    if len(data) > settings().attachment_limit:
        most = settings().attachment_limit // _MEGABYTE
        raise Invalid({field: [_l("The file is larger than %(number)s MB.", number=most)]})
    if kind is None or kind not in kinds:
        raise Invalid({field: [_l("Files of this kind are not taken here.")]})
    return Taken(_clean(name, kind), kind, data)


def _kind_of(data: bytes) -> str | None:
    if data.startswith(_PICTURE_MARKS):
        return "jpeg"
    if data.startswith(b"%PDF-"):
        return "pdf"
    return _office_kind(data) if data.startswith(b"PK\x03\x04") else None


def _office_kind(data: bytes) -> str | None:
    """By the list of contents inside; nothing of it is unpacked beyond a fixed length."""
    try:
        with (
            zipfile.ZipFile(io.BytesIO(data)) as packed,
            packed.open("[Content_Types].xml") as listed,
        ):
            contents = listed.read(_LARGEST_CONTENTS)
    except Exception:  # noqa: BLE001 - a damaged archive can break its reader in any way
        return None
    found = [kind for kind, main in _MAIN_PARTS.items() if b'"' + main + b'"' in contents]
    return found[0] if len(found) == 1 and b"macroEnabled" not in contents else None


def _clean(name: str, kind: str) -> str:
    """The name as somebody would know it again, with the ending that is true."""
    plain = PurePath(name.replace("\\", "/")).stem
    signs = (sign for sign in plain if unicodedata.category(sign)[0] not in "CZ" or sign == " ")
    ending = "jpg" if kind == "jpeg" else kind
    return f"{''.join(signs).strip(' .')[:_LONGEST_NAME] or 'file'}.{ending}"
