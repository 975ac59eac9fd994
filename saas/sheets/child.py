"""One workbook made into JSON, in a process of its own that may take little memory and time.

Run by its path, so that nothing of the product is imported: it has no settings and no database.
A workbook comes in on standard input; ``{"sheets": [[name, rows, merged], …]}`` goes out, or
``{"fault": key}``, a key of `saas.sheets.words.FILE`. What JSON has no word for stands as
``{type: text}``. Formulas and macros are never run: of a formula its stored value is read.
"""

from __future__ import annotations

import io
import json
import re
import resource
import sys
import zipfile
from datetime import date, datetime, time, timedelta
from typing import Any

import python_calamine

#: Bytes of memory in all, and seconds of work; what wants more dies here and hurts nobody. The
#: largest workbook that is taken needs less than 256 MB.
MEMORY, SECONDS = 384 * 1024 * 1024, 20
#: Bytes unpacked, as the archive says of itself and as text in cells; members; how much one may
#: shrink, which says nothing below ``SMALL`` bytes; cells and columns.
UNPACKED, MEMBERS, RATIO, SMALL = 40 * 1024 * 1024, 500, 200, 1024 * 1024
CELLS, COLUMNS = 400_000, 100
CELL = re.compile(rb"<(?:\w{1,20}:)?c[\s/>]")


class Refused(Exception):
    """The workbook is not read; the argument is the key of why."""


def ensure_modest(data: bytes) -> None:
    """Raise `Refused` for an archive that is no workbook or holds more than people fill in.

    A member that is larger than it says does not come out of its archive at all.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = archive.infolist()
        names = {member.filename for member in members}
        if "xl/workbook.xml" not in names:
            raise Refused("not_a_workbook")
        if any(member.flag_bits & 1 for member in members):
            raise Refused("old_format")
        too_much = (
            not len(names) == len(members) <= MEMBERS
            or sum(member.file_size for member in members) > UNPACKED
            or any(m.file_size > max(SMALL, m.compress_size * RATIO) for m in members)
        )
        if too_much or sum(cells_of(archive, member.filename) for member in members) > CELLS:
            raise Refused("too_much_inside")


def cells_of(archive: zipfile.ZipFile, name: str) -> int:
    """How many cells a member has, empty ones too; none where it is no sheet."""
    content = archive.read(name)
    if b"sheetData" not in content:
        return 0
    if not name.lower().endswith(".xml"):
        raise Refused("damaged")  # a sheet under a name that says that it is none
    return len(CELL.findall(content))


def sheets_of(data: bytes, most_rows: int) -> list[Any]:
    """Every visible sheet: its name, rows from the first cell on, and first cells of merges."""
    book = python_calamine.load_workbook(io.BytesIO(data))
    visible = [
        sheet.name
        for sheet in book.sheets_metadata
        if sheet.visible == python_calamine.SheetVisibleEnum.Visible
        and sheet.typ == python_calamine.SheetTypeEnum.WorkSheet
    ]
    return [sheet_of(book.get_sheet_by_name(name), name, most_rows) for name in visible]


def sheet_of(sheet: python_calamine.CalamineSheet, name: str, most_rows: int) -> list[Any]:
    """One of them; measured before its cells become values, text as long as each cell shows it."""
    if sheet.total_height > most_rows:
        raise Refused("too_many_rows")
    if sheet.total_width > COLUMNS:
        raise Refused("too_many_columns")
    rows = sheet.to_python(skip_empty_area=False)
    if sum(len(cell) for row in rows for cell in row if isinstance(cell, str)) > UNPACKED:
        raise Refused("too_much_inside")
    merged = [(top, left) for (top, left), _ in sheet.merged_cell_ranges or []]
    return [name, rows, merged]


def marked(cell: object) -> dict[str, str | float]:
    """A value for which JSON has no word, for JSON that is written."""
    if isinstance(cell, timedelta):
        return {"timedelta": cell.total_seconds()}
    if isinstance(cell, datetime | date | time):
        return {type(cell).__name__: cell.isoformat()}
    raise Refused("damaged")


def answer(data: bytes, most_rows: int) -> str:
    """What goes out, whatever came in."""
    try:
        ensure_modest(data)
        return json.dumps({"sheets": sheets_of(data, most_rows)}, default=marked)
    except Refused as refused:
        return json.dumps({"fault": refused.args[0]})
    except MemoryError:
        return json.dumps({"fault": "too_much_inside"})
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # noqa: BLE001 - a reader that panics raises what is no `Exception`
        return json.dumps({"fault": "damaged"})


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.stdout.write(answer(sys.stdin.buffer.read(), int(sys.argv[1])))
