"""The official list of divisions: CSV as either office gives it, read line by line. Pure."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

_CODE: Final = re.compile(r"\d{6}(?:\d{3}(?:\d{3})?)?")
#: The class of town or country that one of the lists has between code and name.
_CLASS: Final = re.compile(r"\d{3}")
_NAME_LIMIT: Final = 60
_MARKS: Final = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


class NotAList(Exception):
    """The bytes are no list; ``key`` says why."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(key)


@dataclass(frozen=True, slots=True)
class Division:
    """A line: its code with all 12 digits, and the name."""

    line: int
    code: str
    name: str

    @property
    def is_district(self) -> bool:
        """A district or county, or something above it."""
        return self.code[6:] == "000000"

    @property
    def is_street(self) -> bool:
        """A street, town or township."""
        return not self.is_district and self.code[9:] == "000"

    @property
    def street(self) -> str:
        """The code of the street in which it lies, or its own."""
        return f"{self.code[:9]}000"


@dataclass(frozen=True, slots=True)
class LineFault:
    """What is wrong with a line; ``other`` is the line that it clashes with."""

    line: int
    key: str
    found: str = ""
    other: int | None = None


def decoded(data: bytes) -> str:
    """The text of a list in UTF-8, GBK or UTF-16, with or without a mark. Raises `NotAList`."""
    if not data.strip():
        raise NotAList("nothing")
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise NotAList("workbook")
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    for encoding in (marked,) if marked else ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise NotAList("encoding")


def read_divisions(text: str, district: str) -> tuple[list[Division], list[LineFault]]:
    """The streets and communities of a district (its 6 digits), and the faults among them.

    Raises `NotAList` when the list has no line of the district.
    """
    rows, faults, known = list[Division](), list[LineFault](), False
    for line, cells in _lines(text):
        read = _division(line, cells)
        if isinstance(read, LineFault):
            faults += [read] if _concerns(read, cells, district, line) else []
        elif read.code.startswith(district):
            known = True
            rows += [] if read.is_district else [read]
    if not known:
        raise NotAList("no_district")
    kept, twice = _once(rows)
    return kept, sorted([*faults, *twice, *_orphans(kept)], key=lambda fault: fault.line)


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Line number and cells, whichever sign stands between them; empty lines are passed over."""
    head = text[:4000]
    sign = max("\t,;", key=head.count)
    for number, line in enumerate(text.splitlines(), 1):
        cells = next(csv.reader([line], delimiter=sign), [])
        clean = [" ".join(unicodedata.normalize("NFKC", cell).split()) for cell in cells]
        if any(clean):
            yield number, clean


def _division(line: int, cells: Sequence[str]) -> Division | LineFault:
    code, *others = cells[0].lstrip("'\ufeff"), *cells[1:]
    if not _CODE.fullmatch(code):
        return LineFault(line, "no_code", code[:40])
    names = [cell for cell in others if cell and not _CLASS.fullmatch(cell)]
    if not names:
        return LineFault(line, "no_name", code)
    if len(names[-1]) > _NAME_LIMIT:
        return LineFault(line, "too_long", names[-1][:40])
    return Division(line, code.ljust(12, "0"), names[-1])


def _concerns(fault: LineFault, cells: Sequence[str], district: str, line: int) -> bool:
    """Headings are no fault, and lines of other districts are not ours to mend."""
    digits = re.sub(r"\D", "", cells[0])
    if fault.key == "no_code":
        return line > 1 and bool(digits) and district.startswith(digits[:6].ljust(1)[:6])
    return digits.startswith(district)


def _once(rows: Iterable[Division]) -> tuple[list[Division], list[LineFault]]:
    """Each code once; said again with the same name it is passed over."""
    first: dict[str, Division] = {}
    faults = []
    for row in rows:
        before = first.setdefault(row.code, row)
        if before.name != row.name:
            faults.append(LineFault(row.line, "repeated", row.name, before.line))
    return list(first.values()), faults


def _orphans(rows: Sequence[Division]) -> list[LineFault]:
    streets = {row.code for row in rows if row.is_street}
    return [
        LineFault(row.line, "orphan", row.name)
        for row in rows
        if not row.is_street and row.street not in streets
    ]


def bare_name(name: str, endings: Sequence[str]) -> str:
    """A place's name without what an office adds to it."""
    for ending in endings:
        if name.endswith(ending) and len(name) > len(ending) + 1:
            return name.removesuffix(ending).strip()
    return name
