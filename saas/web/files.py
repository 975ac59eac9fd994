"""Files as answers."""

from __future__ import annotations

from flask import Response, send_file

from saas.kernel import storage
from saas.kernel.errors import NotFound

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP = "application/zip"
PDF = "application/pdf"


def download(content: bytes | str, name: str, kind: str, *, inline: bool = False) -> Response:
    """A file made for its reader: nothing in between may keep it.

    ``kind`` is its media type; ``inline`` opens it in the browser instead of storing it.
    """
    response = Response(content, mimetype=kind)
    place = "inline" if inline else "attachment"
    response.headers["Content-Disposition"] = f'{place}; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def picture(name: str | None, *, seconds: int = 0) -> Response:
    """A stored picture; `NotFound` where there is none.

    ``seconds`` is for how long anybody between us and the reader may keep it; 0 is for pictures
    that not everybody may see, which nobody may keep.
    """
    path = storage.picture_path(name) if name else None
    if path is None:
        raise NotFound
    response: Response = send_file(path, mimetype="image/jpeg", max_age=seconds)
    if not seconds:
        response.headers["Cache-Control"] = "private, no-store"
    return response
