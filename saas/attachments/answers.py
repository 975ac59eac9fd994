"""A file as an answer."""

from __future__ import annotations

from urllib.parse import quote

from flask import Response

from saas.attachments import disk, queries
from saas.attachments.models import Attachment
from saas.web.files import PDF, XLSX, download, picture

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MEDIA = {"jpeg": "image/jpeg", "pdf": PDF, "xlsx": XLSX, "docx": _DOCX}


def answer(row: Attachment, *, small: bool = False, seconds: int = 0) -> Response:
    """The file for who came through the door of its thing: pictures stand in the page, everything
    else is stored. ``small``: a picture's small one. ``seconds`` is for how long anybody between us
    and the reader may keep what everybody may see; with 0 nobody may.

    `NotFound` where its bytes are no more.
    """
    key = disk.small(row.key) if small and row.is_picture else row.key
    content = disk.read(key, sealed=row.sealed)
    ending = row.name.rpartition(".")[2]
    response = download(content, f"file.{ending}", _MEDIA[row.kind], inline=row.is_picture)
    response.headers["Content-Disposition"] += f"; filename*=UTF-8''{quote(row.name)}"
    if seconds:
        response.headers["Cache-Control"] = f"public, max-age={seconds}"
    return response


def picture_by_key(thing: str, thing_id: int, key: str | None, *, seconds: int = 0) -> Response:
    """The picture that a thing keeps the key of, else `NotFound`. A key of before there were
    attachments leads to where such pictures lie.
    """
    row = queries.by_key(thing, thing_id, key) if key else None
    return answer(row, seconds=seconds) if row else picture(key, seconds=seconds)
