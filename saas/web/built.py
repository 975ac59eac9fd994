"""What the build has made: the files of the face by name, and by which mark of their content."""

from __future__ import annotations

import json
import mimetypes
from functools import lru_cache
from pathlib import Path

STATIC = Path(__file__).parent / "static"
DIST = STATIC / "dist"


@lru_cache(maxsize=1)
def _marks() -> dict[str, str]:
    file = DIST / "manifest.json"
    return json.loads(file.read_text()) if file.is_file() else {}


def mark(name: str) -> str:
    """The start of the hash of a built file; "0" for one that was not built."""
    return _marks().get(name, "0")


@lru_cache(maxsize=64)
def asset_url(name: str) -> str:
    """The address of a built file; it changes with the content and may be kept for ever."""
    return f"/static/dist/{name}?v={mark(name)}"


@lru_cache(maxsize=256)
def has_smaller(filename: str) -> bool:
    """Whether the build has put the same file beside it, compressed."""
    name = filename.removeprefix("dist/")
    return name in _marks() and all((DIST / f"{name}.{end}").is_file() for end in ("br", "gz"))


def kind(filename: str) -> str:
    """The media type, by the name and not by this machine's tables alone."""
    own = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
    ending = Path(filename).suffix
    return own.get(ending) or mimetypes.guess_type(filename)[0] or "application/octet-stream"
