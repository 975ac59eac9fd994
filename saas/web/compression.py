"""Answers that weigh little: pages are compressed on the way out, built files lie compressed.

What tells a secret by its length is thought of. Compressed text is the shorter the more of it
repeats, so who can put words into a page and see how long it grows could guess what else stands in
it. The token of forms is no such secret: its signature is another one every second. For names and
numbers two things stand against it: the cookie of a session does not travel with what another site
asks for (``SameSite``), and every page ends in noise of a random length. Pages of a
session that does travel, inside another app (`saas.web.frames`), are not compressed, nor is JSON
for one who comes by a cookie.
"""

from __future__ import annotations

import secrets
from typing import Final

from flask import Flask, Response, current_app, request, send_from_directory
from flask_compress import Compress

from saas.web import built, frames

_ALGORITHMS: Final = ("br", "gzip")
#: Longest noise at the end of a page, in bytes; half as much as a packet has room for anyway.
_NOISE: Final = 96
_KINDS: Final = (
    "text/html", "text/css", "image/svg+xml", "text/javascript", "application/json",
    "application/problem+json", "application/manifest+json",
)  # fmt: skip
#: Ending of the file beside a built one → what a browser has to take, the smallest first.
_BESIDE: Final = {"br": "br", "gz": "gzip"}
_YEAR: Final = 365 * 24 * 3600
_HOUR: Final = 3600


def init_app(app: Flask) -> None:
    """Before the other parts, so that it sees an answer last; streams and files pass by."""
    app.config.update(
        COMPRESS_REGISTER=False,
        COMPRESS_STREAMS=False,
        COMPRESS_MIMETYPES=list(_KINDS),
        COMPRESS_ALGORITHM=list(_ALGORITHMS),
    )
    compress = Compress(app)

    def _after(response: Response) -> Response:
        if not _may_be_compressed(response):
            return response
        response.vary.add("Accept-Encoding")
        if not any(request.accept_encodings.quality(one) > 0 for one in _ALGORITHMS):
            return response
        if response.mimetype == "text/html":
            response.data += _noise()
        return compress.after_request(response)

    app.after_request(_after)


def _may_be_compressed(response: Response) -> bool:
    """A part of a file is a part of its own bytes; a stream is sent as it comes."""
    if (
        response.mimetype not in _KINDS
        or response.is_streamed
        or "Content-Range" in response.headers
    ):
        return False
    if response.cache_control.public:
        return True
    if response.mimetype == "text/html":
        return not frames.travels(request)
    return not {current_app.config["SESSION_COOKIE_NAME"], frames.COOKIE} & set(request.cookies)


def _noise() -> bytes:
    """A comment of no meaning: bytes that do not compress, as many as nobody knows."""
    length = secrets.randbelow(_NOISE // 2)
    return f"\n<!-- {secrets.token_hex(length)} -->".encode()


def static_file(filename: str) -> Response:
    """A file of the face, compressed as it was built where the browser takes it so.

    What is asked for by its content (``?v=``) never changes and is kept for ever.
    """
    folder = built.STATIC
    beside = _beside(filename)
    exact = request.args.get("v", "") == built.mark(filename.removeprefix("dist/"))
    response: Response = send_from_directory(
        folder,
        f"{filename}.{beside}" if beside else filename,
        mimetype=built.kind(filename),
        max_age=_YEAR if exact else _HOUR,
    )
    if exact:
        response.cache_control.immutable = True
    if beside:
        response.headers["Content-Encoding"] = _BESIDE[beside]
    if built.has_smaller(filename):
        response.vary.add("Accept-Encoding")
    return response


def _beside(filename: str) -> str:
    """The ending of the smallest one that this browser takes; parts are of the file as it is."""
    if "Range" in request.headers or not built.has_smaller(filename):
        return ""
    taken = request.accept_encodings
    return next((end for end, name in _BESIDE.items() if taken.quality(name) > 0), "")
