"""Where the bytes lie: under the district's own folder, by names that cannot be guessed."""

from __future__ import annotations

import logging
from contextlib import suppress
from pathlib import Path

from saas.kernel import crypto, storage
from saas.kernel.errors import NotFound

_log = logging.getLogger(__name__)
_SMALL = ".small"


def folder() -> Path:
    """The folder of the district's attachments; older pictures lie beside it."""
    return storage.folder() / "attachments"


def write(key: str, data: bytes, *, sealed: bool) -> None:
    """Keep ``data`` under ``key``; raises `OSError` where the disk does not take it."""
    storage.folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    folder().mkdir(mode=0o700, exist_ok=True)
    (folder() / key).write_bytes(crypto.seal_file(data, key) if sealed else data)


def read(key: str, *, sealed: bool) -> bytes:
    """What was kept; `NotFound` where it is no more or cannot be read any more."""
    try:
        data = (folder() / key).read_bytes()
        return crypto.unseal_file(data, key) if sealed else data
    except (OSError, crypto.Unreadable) as error:
        raise NotFound from error


def small(key: str) -> str:
    """The key of the small picture beside a picture."""
    return key + _SMALL


def whole(name: str) -> str:
    """The key of the file to which a file on the disk belongs."""
    return name.removesuffix(_SMALL)


def remove(key: str) -> None:
    """Both files of a key, as far as they are there."""
    for name in (key, small(key)):
        delete(name)


def delete(name: str) -> bool:
    """Delete one file. What the disk will not let go is left for the nightly sweep."""
    try:
        (folder() / name).unlink(missing_ok=True)
    except OSError:
        _log.exception("a file of a district cannot be deleted")
        return False
    return True


def names_before(moment: float) -> list[str]:
    """What lies there since before ``moment``, in seconds of the epoch, where that is known."""
    found = []
    for path in folder().glob("*"):
        with suppress(OSError):
            if path.lstat().st_mtime < moment:
                found.append(path.name)
    return sorted(found)
