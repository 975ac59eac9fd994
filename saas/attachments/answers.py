"""A file as an answer."""

from __future__ import annotations

from urllib.parse import quote

from flask import Response

from saas.attachments import disk
from saas.attachments.models import Attachment
from saas.web.files import PDF, XLSX, download

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MEDIA = {"jpeg": "image/jpeg", "pdf": PDF, "xlsx": XLSX, "docx": _DOCX}


def answer(row: Attachment, *, small: bool = False) -> Response:
    """The file for who came through the door of its thing: pictures stand in the page, everything
    else is stored. Nobody in between may keep it. ``small``: a picture's small one.

    `NotFound` where its bytes are no more.
    """
    key = disk.small(row.key) if small and row.is_picture else row.key
    content = disk.read(key, sealed=row.sealed)
    ending = row.name.rpartition(".")[2]
    response = download(content, f"file.{ending}", _MEDIA[row.kind], inline=row.is_picture)
    response.headers["Content-Disposition"] += f"; filename*=UTF-8''{quote(row.name)}"
    return response
