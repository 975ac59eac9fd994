"""The official list of divisions: CSV as either office gives it, read line by line. Pure."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from saas.kernel.unseen import seen
from saas.kernel.workbooks import plain

_CODE: Final = re.compile(r"\d{6}(?:\d{3}(?:\d{3})?)?")
#: What heads the columns; what only contains such a word (the city's code, the class) does not.
_CODE_HEADINGS: Final = frozenset(
    {"code", "代码", "编码", "区划代码", "统计用区划代码", "行政区划代码", "统计用区划代码(12位)"}
)
_NAME_HEADINGS: Final = frozenset({"name", "名称", "地名", "区划名称", "行政区划名称", "单位名称"})
#: What a spreadsheet makes of twelve digits that it takes for a number.
_CUT: Final = re.compile(r"\d(?:\.\d+)?E\+?\d+", re.IGNORECASE)
#: A quoted cell goes over so many lines at most; a quote that nothing ends spoils its own alone.
_MOST_LINES: Final = 5
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
    cut = False
    columns: tuple[int, int | None] = (0, None)
    for line, cells in _lines(text):
        if not any(map(_CODE.fullmatch, cells)) and (headed := _headed(cells)):
            columns = headed
            continue
        read = _division(line, cells, *columns)
        if isinstance(read, LineFault):
            faults += [read] if _concerns(read, _code(cells, columns[0]), district) else []
            cut = cut or bool(_CUT.fullmatch(read.found))
        elif read.code.startswith(district):
            known = True
            rows += [] if read.is_district else [read]
    if not known:
        raise NotAList("cut_short" if cut else "no_district")
    kept, twice = _once(rows)
    _ensure_named(kept)
    return kept, sorted([*faults, *twice, *_orphans(kept)], key=lambda fault: fault.line)


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Line number and cells, whichever sign stands between them; empty lines are passed over."""
    head = text[:4000]
    sign = max("\t,;", key=head.count)
    lines, at = text.splitlines(), 0
    while at < len(lines):
        tried = (n for n in range(1, _MOST_LINES + 1) if _is_closed(lines[at : at + n]))
        number = next(tried, 1)
        read = csv.reader([f"{line}\n" for line in lines[at : at + number]], delimiter=sign)
        for line, cells in enumerate(read, at + 1):
            if any(clean := [_cell(cell) for cell in cells]):
                yield line, clean
        at += number


def _is_closed(lines: Sequence[str]) -> bool:
    return sum(line.count('"') for line in lines) % 2 == 0


def _cell(text: str) -> str:
    """A cell on one line; a break inside a Chinese name stands for nothing."""
    return " ".join(unicodedata.normalize("NFKC", seen(text)).replace("\n", "").split())


def _headed(cells: Sequence[str]) -> tuple[int, int | None] | None:
    """Where code and name stand by their headings; None where this is no line of headings."""
    known = [plain(cell) for cell in cells]
    codes, names = (
        [at for at, cell in enumerate(known) if cell in headings]
        for headings in (_CODE_HEADINGS, _NAME_HEADINGS)
    )
    return (codes[0], names[0] if names else None) if codes else None


def _division(
    line: int, cells: Sequence[str], code_at: int, name_at: int | None
) -> Division | LineFault:
    """What a line says. Without a heading over the names it is the first cell with a letter in it:
    codes of what lies above, levels and classes are digits.
    """
    code = _code(cells, code_at)
    if not _CODE.fullmatch(code):
        return LineFault(line, "no_code", code[:40])
    named = cells[name_at : name_at + 1] if name_at is not None else cells
    name = next((cell for cell in named if any(map(str.isalpha, cell))), "")
    if not name:
        return LineFault(line, "no_name", code)
    if len(name) > _NAME_LIMIT:
        return LineFault(line, "too_long", name[:40])
    return Division(line, code.ljust(12, "0"), name)


def _ensure_named(rows: Sequence[Division]) -> None:
    """Raise `NotAList` where one name stands at most of the codes: then it is not their name."""
    ((_, most),) = Counter(row.name for row in rows).most_common(1) or [("", 0)]
    if most > max(2, len(rows) // 2):
        raise NotAList("one_name")


def _code(cells: Sequence[str], at: int) -> str:
    return cells[at].lstrip("'") if at < len(cells) else ""


def _concerns(fault: LineFault, code: str, district: str) -> bool:
    """Headings are no fault, and lines of other districts are not ours to mend."""
    digits = re.sub(r"\D", "", code)
    if fault.key == "no_code":
        return fault.line > 1 and bool(digits) and district.startswith(digits[:6])
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
