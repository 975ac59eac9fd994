"""The safe reading of workbooks that people send.

A workbook is a ZIP of XML. Before anything is parsed, its real sizes and the reach of its cells are
measured while it is unpacked piece by piece, so that a small file cannot fill the memory. Formulas
and macros are never run: of a formula the value that was stored with it is read.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Final

import python_calamine

from saas.kernel.workbooks.cells import Cell, CellFault, column_letters
from saas.kernel.workbooks.weight import Weight

#: Bytes as they are sent, and unpacked in all; members; how much a member may shrink.
FILE_LIMIT: Final = 5 * 1024 * 1024
_UNPACKED: Final = 40 * 1024 * 1024
_MEMBERS: Final = 500
_RATIO: Final = 200
_SMALL: Final = 1024 * 1024  # below it the ratio says nothing: empty sheets shrink well
_COLUMNS: Final = 100
#: More rows than this are refused unless the reader is told another number.
MOST_ROWS: Final = 6000
_CELLS: Final = 400_000
_PIECE: Final = 256 * 1024
_REFERENCE: Final = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{0,9})(\d{1,19})["']""")
_CELL: Final = re.compile(rb"<(?:\w{1,20}:)?c[\s/>]")
_OVERLAP: Final = 64


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


def read_workbook(stream: IO[bytes], *, most_rows: int = MOST_ROWS) -> list[Sheet]:
    """Every visible sheet with anything in it. Raises `Unreadable`."""
    stream.seek(0)
    data = stream.read(FILE_LIMIT + 1)
    _ensure_workbook(data, most_rows)
    try:
        book = python_calamine.load_workbook(io.BytesIO(data))
        visible = [
            sheet.name
            for sheet in book.sheets_metadata
            if sheet.visible == python_calamine.SheetVisibleEnum.Visible
            and sheet.typ == python_calamine.SheetTypeEnum.WorkSheet
        ]
        return [_sheet(book, name) for name in visible]
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        raise Unreadable("damaged") from error


def _sheet(book: python_calamine.CalamineWorkbook, name: str) -> Sheet:
    sheet = book.get_sheet_by_name(name)
    merged = [
        CellFault(name, top + 1, column_letters(left), "merged", cell=left)
        for (top, left), _ in sheet.merged_cell_ranges or []
    ]
    grid: list[list[Cell]] = [list(row) for row in sheet.to_python(skip_empty_area=False)]
    return Sheet(name, grid, merged)


def _ensure_workbook(data: bytes, most_rows: int) -> None:
    if len(data) > FILE_LIMIT:
        raise Unreadable("too_large")
    if not data:
        raise Unreadable("nothing")
    if data.startswith(b"\xd0\xcf\x11\xe0"):  # the old format, or one that is locked by a password
        raise Unreadable("old_format")
    if not data.startswith(b"PK\x03\x04"):
        raise Unreadable("not_a_workbook")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _ensure_bounded(archive, most_rows)
    except Unreadable:
        raise
    except Exception as error:  # whatever a broken archive does to its reader
        raise Unreadable("damaged") from error


def _ensure_bounded(archive: zipfile.ZipFile, most_rows: int) -> None:
    """What the archive says of itself first, then what really comes out of it."""
    members = archive.infolist()
    names = {member.filename for member in members}
    if "xl/workbook.xml" not in names:
        raise Unreadable("not_a_workbook")
    if len(members) > _MEMBERS or len(names) < len(members):
        raise Unreadable("too_much_inside")
    if sum(member.file_size for member in members) > _UNPACKED:
        raise Unreadable("too_much_inside")
    unpacked, measures = 0, _Measures(most_rows, Weight())
    for member in members:
        if member.flag_bits & 1:
            raise Unreadable("old_format")
        unpacked = _measured(archive, member, unpacked, measures)
    if measures.weight.total() > _UNPACKED:
        raise Unreadable("too_much_inside")


@dataclass(frozen=True, slots=True)
class _Measures:
    """What every member is held against: rows at most, and the weight of all of them."""

    rows: int
    weight: Weight


def _measured(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, before: int, measures: _Measures
) -> int:
    """Bytes unpacked so far, this member included; of a sheet the reach of its cells too."""
    size, reach, part = 0, _Reach(measures.rows), measures.weight.part(member.filename)
    for piece in _pieces(archive, member):
        size += len(piece)
        if before + size > _UNPACKED or size > max(_SMALL, member.compress_size * _RATIO):
            raise Unreadable("too_much_inside")
        reach.see(piece)
        part.see(piece)
    part.end()
    return before + size


def _pieces(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(member) as content:
        while piece := content.read(_PIECE):
            yield piece


class _Reach:
    """How far out the cells of a sheet are, seen piece by piece: the reader of workbooks fills in
    everything before the last one.
    """

    def __init__(self, most_rows: int) -> None:
        self._tail, self._in_cells, self._cells, self._rows = b"", False, 0, most_rows

    def see(self, piece: bytes) -> None:
        """One more piece of a member; raises `Unreadable` when it is a sheet that goes too far."""
        whole, self._tail = self._tail + piece, piece[-_OVERLAP:]
        if whole.startswith((b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")):
            raise Unreadable("damaged")  # another encoding, in which nothing could be looked for
        if not self._in_cells and b"sheetData" not in whole:
            return
        self._in_cells = True
        self._cells += len(_CELL.findall(piece))
        for letters, digits in _REFERENCE.findall(whole):
            if int(digits) > self._rows:
                raise Unreadable("too_many_rows")
            if len(letters) > 2 or _number(letters) > _COLUMNS:
                raise Unreadable("too_many_columns")
        if self._cells > _CELLS:
            raise Unreadable("too_much_inside")


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number
