"""Files of a district: pictures that residents and clerks send.

What comes in is never kept as it came: it is decoded, turned upright, shrunk and written again, so
that neither a script nor a place of residence travels inside. Files lie under the district's own
folder and their names are unguessable.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import IO

from PIL import Image, ImageOps

from saas.kernel.context import current_tenant
from saas.kernel.crypto import new_token
from saas.kernel.errors import Invalid, Unavailable
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.runtime import settings

_LONGEST_EDGE = 1600
#: JPEG can be decoded at a fraction of its size, so a telephone's largest picture costs little.
_MAX_PIXELS = {"JPEG": 130_000_000}
_MAX_PIXELS_WHOLE = 40_000_000
Image.MAX_IMAGE_PIXELS = max(_MAX_PIXELS.values())
_FORMATS = ("JPEG", "PNG", "WEBP")
PICTURE_LIMIT = 10 * 1024 * 1024


def _folder() -> Path:
    return settings().data_dir / "files" / current_tenant().schema


def save_picture(stream: IO[bytes], *, field: str = "photo") -> str:
    """Store a picture and return its key; raises `Invalid` on ``field`` for anything else."""
    stream.seek(0)
    data = stream.read(PICTURE_LIMIT + 1)
    if len(data) > PICTURE_LIMIT:
        raise Invalid({field: [_l("The picture is larger than 10 MB. Choose a smaller one.")]})
    key = f"{new_token()}.jpg"
    try:
        _folder().mkdir(mode=0o700, parents=True, exist_ok=True)
        (_folder() / key).write_bytes(_redrawn(data, field))
    except OSError as error:
        raise Unavailable(
            _l("The picture cannot be stored just now. Send it without one.")
        ) from error
    return key


def _redrawn(data: bytes, field: str) -> bytes:
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
            most = _MAX_PIXELS.get(str(picture.format), _MAX_PIXELS_WHOLE)
            if picture.width * picture.height > most:
                raise Invalid({field: [_l("The picture has too many pixels.")]})
            picture.draft("RGB", (2 * _LONGEST_EDGE, 2 * _LONGEST_EDGE))
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except Invalid:
        raise
    except Exception as error:  # a damaged file can break its decoder in any way
        raise Invalid(
            {field: [_l("This is not a picture we can read. JPEG, PNG and WebP work.")]}
        ) from error
    upright.info.clear()  # a remark in it would be written again
    upright.thumbnail((_LONGEST_EDGE, _LONGEST_EDGE))
    out = io.BytesIO()
    upright.save(out, "JPEG", quality=82, optimize=True)
    return out.getvalue()


def picture_path(key: str) -> Path | None:
    """Where a stored picture lies, or None when there is none by that key in this district."""
    path = _folder() / Path(key).name
    return path if path.is_file() else None
