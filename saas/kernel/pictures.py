"""Pictures as people send them, decoded and drawn anew.

What comes in is never kept as it came: it is decoded, turned upright, shrunk and written again, so
that neither a script nor a place of residence travels inside. A file of five kilobytes can hold
gigabytes of pixels; so its size is read off its header first, and a process decodes in two threads
of its own and nowhere else: what is waiting costs no more than the file.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLong
from typing import ParamSpec

from PIL import Image, ImageOps

from saas.kernel.errors import Invalid, Unavailable
from saas.kernel.i18n import lazy_gettext as _l

PICTURE_LIMIT = 10 * 1024 * 1024
#: So many pixels are decoded of any picture.
MOST_PIXELS = 16_000_000
#: So many a telephone's JPEG may have: it is decoded at a half, a quarter or an eighth.
_MOST_IN_PARTS = 130_000_000
AT_ONCE = 2
_MOST_SECONDS = 20.0
_LONGEST_EDGE, _THUMBNAIL_EDGE = 1600, 320
_SCAN, _WITHOUT_LENGTH = 0xDA, {0x00, 0x01, *range(0xD0, 0xDA), 0xFF}
_FORMATS = ("JPEG", "PNG", "WEBP")
_Args = ParamSpec("_Args")

Image.MAX_IMAGE_PIXELS = _MOST_IN_PARTS
_decoders = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="pictures")


class _TooLarge(ValueError):
    """More pixels than are decoded."""


_TOO_LARGE = (_TooLarge, Image.DecompressionBombError, Image.DecompressionBombWarning)


def redrawn(data: bytes, field: str) -> bytes:
    """The picture as a JPEG of ours, upright and without what it carried.

    Raises `Invalid` on ``field`` for anything else, `Unavailable` when too many wait before it.
    """
    if len(data) > PICTURE_LIMIT:
        raise Invalid({field: [_l("The picture is larger than 10 MB. Choose a smaller one.")]})
    try:
        return _in_turn(_redraw, data)
    except Unavailable:
        raise
    except _TOO_LARGE as error:
        raise Invalid({field: [_l("The picture has too many pixels.")]}) from error
    except Exception as error:  # a damaged file can break its decoder in any way
        raise Invalid(
            {field: [_l("This is not a picture we can read. JPEG, PNG and WebP work.")]}
        ) from error


def thumbnail(data: bytes) -> bytes:
    """A small one of a picture that `redrawn` made."""
    return _in_turn(_shrink, data)


def _in_turn(work: Callable[_Args, bytes], *args: _Args.args, **kwargs: _Args.kwargs) -> bytes:
    """What ``work`` gives, when one of the decoders is free."""
    waiting = _decoders.submit(work, *args, **kwargs)
    try:
        return waiting.result(_MOST_SECONDS)
    except TooLong as error:
        waiting.cancel()
        raise Unavailable(
            _l("Many pictures are being worked on just now. Please send it again in a minute.")
        ) from error


def _redraw(data: bytes) -> bytes:
    with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
        _ensure_small(picture, _MOST_IN_PARTS if _is_in_parts(picture, data) else MOST_PIXELS)
        picture.draft("RGB", (_LONGEST_EDGE, _LONGEST_EDGE))
        _ensure_small(picture, MOST_PIXELS)
        return _decoded(picture, _LONGEST_EDGE)


def _shrink(data: bytes) -> bytes:
    with Image.open(io.BytesIO(data), formats=("JPEG",)) as picture:
        picture.draft("RGB", (_THUMBNAIL_EDGE, _THUMBNAIL_EDGE))
        return _decoded(picture, _THUMBNAIL_EDGE)


def _ensure_small(picture: Image.Image, most: int) -> None:
    if picture.width * picture.height > most:
        raise _TooLarge(picture.size)


def _is_in_parts(picture: Image.Image, data: bytes) -> bool:
    """Whether it can be decoded at a fraction of its size without the whole being kept: a JPEG of
    a single scan. One of several, as progressive ones are, is kept whole by its decoder.
    """
    if picture.format not in {"JPEG", "MPO"} or picture.info.get("progressive"):
        return False
    return _colours_of_first_scan(data) == len(picture.getbands())


def _colours_of_first_scan(data: bytes) -> int:
    """How many colours the first scan of a JPEG brings; 0 for a file that is not written plainly.

    From part to part, as its decoder goes: what looks like a scan inside a remark is none.
    """
    at = 2
    while data[at : at + 1] == b"\xff" and len(data) > at + 4:
        part = data[at + 1]
        if part == _SCAN:
            return data[at + 4]
        if part in _WITHOUT_LENGTH:
            return 0
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return 0


def _decoded(picture: Image.Image, edge: int) -> bytes:
    """One frame is decoded, shrunk before it is turned, so that there is never a second whole."""
    whole = picture if picture.mode == "RGB" else picture.convert("RGB")
    whole.thumbnail((edge, edge))
    upright = ImageOps.exif_transpose(whole)
    upright.info.clear()  # a remark in it would be written again
    out = io.BytesIO()
    upright.save(out, "JPEG", quality=82, optimize=True)
    return out.getvalue()
