"""How far an archive that is written, a restoring or a comparing has come: a small file each beside
the archives, since what a running transaction writes nobody else sees.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from saas.kernel.runtime import settings

Say = Callable[[str], None]
_ENDING: Final = ".progress"
#: Written this often at most, in seconds; what said nothing for so long is dead.
_PAUSE, _DEAD = 0.3, 3600.0


@dataclass(frozen=True, slots=True)
class UnderWay:
    """What is being done with a district: ``what`` is a word of `words.UNDER_WAY`, ``text`` where
    it stands, empty while it waits, ``at`` when it said so.
    """

    code: str
    what: str
    text: str
    at: datetime


def _folder() -> Path:
    return settings().data_dir / "archives"


def begin(code: str, what: str, text: str = "") -> None:
    """Write down that something is asked for, or where it stands."""
    _folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = _folder() / f".{code}{_ENDING}"
    fresh.write_text(json.dumps({"code": code, "what": what, "text": text}))
    fresh.replace(_folder() / f"{code}{_ENDING}")


def end(code: str) -> None:
    """It is over, well or not."""
    (_folder() / f"{code}{_ENDING}").unlink(missing_ok=True)


@contextmanager
def shown(code: str, what: str, say: Say) -> Iterator[Say]:
    """Inside, what is said is said here, too."""
    last = 0.0

    def both(text: str) -> None:
        nonlocal last
        say(text)
        if time.monotonic() - last >= _PAUSE:
            last = time.monotonic()
            begin(code, what, text)

    begin(code, what)
    try:
        yield both
    finally:
        end(code)


def under_way(code: str = "") -> list[UnderWay]:
    """What goes on now, of one district or of all."""
    found = []
    for path in sorted(_folder().glob(f"{code or '*'}{_ENDING}")):
        if path.name.startswith("."):  # being written
            continue
        with suppress(OSError, ValueError):
            at = path.stat().st_mtime
            if time.time() - at < _DEAD:
                found.append(
                    UnderWay(**json.loads(path.read_text()), at=datetime.fromtimestamp(at, UTC))
                )
    return found
