"""Files of a district: pictures that residents and clerks send, drawn anew by `pictures`.

Files lie under the district's own folder and their names are unguessable.
"""

from __future__ import annotations

from pathlib import Path
from typing import IO

from saas.kernel.context import current_tenant
from saas.kernel.crypto import new_token
from saas.kernel.errors import Unavailable
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.pictures import PICTURE_LIMIT, redrawn
from saas.kernel.runtime import settings


def folder() -> Path:
    """The folder of the current district's files."""
    return settings().data_dir / "files" / current_tenant().schema


def save_picture(stream: IO[bytes], *, field: str = "photo") -> str:
    """Store a picture and return its key; raises `Invalid` on ``field`` for anything else."""
    stream.seek(0)
    drawn = redrawn(stream.read(PICTURE_LIMIT + 1), field)
    key = f"{new_token()}.jpg"
    try:
        folder().mkdir(mode=0o700, parents=True, exist_ok=True)
        (folder() / key).write_bytes(drawn)
    except OSError as error:
        raise Unavailable(
            _l("The picture cannot be stored just now. Send it without one.")
        ) from error
    return key


def picture_path(key: str) -> Path | None:
    """Where a stored picture lies, or None when there is none by that key in this district."""
    path = folder() / Path(key).name
    return path if path.is_file() else None
