"""The safe reading of workbooks that people send: in a child with limits, never in this process.

Whatever a file does to its reader, it does it to a process that has nothing and may take little;
here it is a fault with a sentence.
"""

from __future__ import annotations

import csv
import io
import json
import logging
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from threading import BoundedSemaphore
from typing import IO, Any, Final

from saas.kernel.workbooks import MOST_ROWS, Cell, CellFault, column_letters

#: Bytes as they are sent.
FILE_LIMIT: Final = 5 * 1024 * 1024
#: Seconds that a reader may take by the clock, and be waited for until one is free; readers of one
#: process at the same time.
PATIENCE: Final = 30
#: Columns of a plain file, as of a workbook.
_COLUMNS: Final = 100
_log = logging.getLogger(__name__)
_READERS: Final = BoundedSemaphore(2)
_CHILD: Final = Path(__file__).with_name("child.py")
_TYPES: Final[dict[str, Callable[[Any], Any]]] = {
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "time": time.fromisoformat,
    "timedelta": lambda seconds: timedelta(seconds=seconds),
}


class Unreadable(Exception):
    """The file cannot be read; ``key`` says why."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(key)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet's name, its cells from the first row and column on, and its merged cells."""

    name: str
    grid: list[list[Cell]]
    merged: list[CellFault]


def read_workbook(
    stream: IO[bytes], *, most_rows: int = MOST_ROWS, plainly: bool = False
) -> list[Sheet]:
    """Every visible sheet with anything in it; ``plainly``: of texts between commas, too. Raises
    `Unreadable`.
    """
    stream.seek(0)
    data = stream.read(FILE_LIMIT + 1)
    if len(data) > FILE_LIMIT:
        raise Unreadable("too_large")
    if not data:
        raise Unreadable("nothing")
    if data.startswith(b"\xd0\xcf\x11\xe0"):  # the old format, or one that is locked by a password
        raise Unreadable("old_format")
    if not data.startswith(b"PK\x03\x04") and plainly:
        return [_plain_sheet(data, most_rows)]
    if not data.startswith(b"PK\x03\x04"):
        raise Unreadable("not_a_workbook")
    found = json.loads(_asked(data, most_rows), object_hook=unmarked)
    if "fault" in found:
        raise Unreadable(found["fault"])
    return [
        Sheet(name, grid, [_merged(name, *cell) for cell in merged])
        for name, grid, merged in found["sheets"]
    ]


def _plain_sheet(data: bytes, most_rows: int) -> Sheet:
    """Texts between commas or tabs as one sheet, as UTF-8 or as banks write them."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise Unreadable("not_a_workbook")
    if "\0" in text:
        raise Unreadable("not_a_workbook")
    tabs = text.count("\t") > text.count(",")
    try:
        grid = list(islice(csv.reader(io.StringIO(text), "excel-tab" if tabs else "excel"),
                           most_rows + 1))  # fmt: skip
    except csv.Error:
        raise Unreadable("damaged") from None
    if len(grid) > most_rows:
        raise Unreadable("too_many_rows")
    if max(map(len, grid), default=0) > _COLUMNS:
        raise Unreadable("too_many_columns")
    return Sheet("CSV", [[cell.strip() for cell in row] for row in grid], [])


def _asked(data: bytes, most_rows: int) -> bytes:
    """What the child says. One that died wanted more memory or time than a workbook needs."""
    command = [sys.executable, "-I", str(_CHILD), str(most_rows)]
    if not _READERS.acquire(timeout=PATIENCE):
        raise Unreadable("too_long")
    try:
        ended = subprocess.run(  # noqa: S603 - our own file, and one number
            command, input=data, capture_output=True, timeout=PATIENCE, env={}, check=False
        )
    except subprocess.TimeoutExpired:
        raise Unreadable("too_long") from None
    finally:
        _READERS.release()
    if ended.returncode:
        _log.warning("a reader of workbooks ended with %s", ended.returncode)
        raise Unreadable("too_much_inside")
    return ended.stdout


def unmarked(found: dict[str, Any]) -> Any:
    """A date, a time or a span where one was `marked`, for JSON that is read."""
    kind, value = next(iter(found.items()), ("", None))
    return _TYPES[kind](value) if kind in _TYPES else found


def _merged(sheet: str, top: int, left: int) -> CellFault:
    return CellFault(sheet, top + 1, column_letters(left), "merged", cell=left)
