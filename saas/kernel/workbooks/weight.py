"""How much text the cells of a workbook hold once each has its own.

A workbook keeps a text once and its cells only point at it; the reader gives every cell a copy. So
a few kilobytes could fill the memory, though nothing in them is large when it is unpacked.
"""

from __future__ import annotations

from collections import Counter
from typing import Final
from xml.parsers import expat

_XML: Final = (".xml", ".rels")
_SHEET: Final = b"sheetData"


class Malformed(Exception):
    """What should be XML is none, or would have to be read in another way than it looks."""


class Weight:
    """The texts that are kept, and how often cells point at each; members come in any order."""

    def __init__(self) -> None:
        self._lengths: dict[int, int] = {}
        self._uses: Counter[int] = Counter()

    def part(self, name: str) -> Part:
        """One member of the archive, to be seen piece by piece."""
        return Part(name, self._lengths, self._uses)

    def total(self) -> int:
        """Characters in all cells together that point at a kept text."""
        return sum(self._lengths.get(text, 0) * uses for text, uses in self._uses.items())


class Part:
    """A member as it is unpacked. Raises `Malformed`."""

    def __init__(self, name: str, lengths: dict[int, int], uses: Counter[int]) -> None:
        self._lengths, self._uses = lengths, uses
        self._reader = self._begun() if name.lower().endswith(_XML) else None
        self._number, self._length, self._points = -1, 0, False
        self._value: list[str] | None = None
        self._tail = b""

    def _begun(self) -> expat.XMLParserType:
        reader = expat.ParserCreate()
        reader.buffer_text = True
        reader.StartElementHandler = self._opens
        reader.EndElementHandler = self._closes
        reader.CharacterDataHandler = self._says
        reader.StartDoctypeDeclHandler = self._declares
        return reader

    def see(self, piece: bytes) -> None:
        """One more piece."""
        if self._reader is None:
            whole, self._tail = self._tail + piece, piece[-len(_SHEET) :]
            if _SHEET in whole:  # a sheet under a name that says that it is none
                raise Malformed
            return
        self._parse(piece, last=False)

    def end(self) -> None:
        """Nothing comes after it."""
        if self._reader is not None:
            self._parse(b"", last=True)

    def _parse(self, piece: bytes, *, last: bool) -> None:
        try:
            self._reader.Parse(piece, last)  # type: ignore[union-attr]
        except expat.ExpatError as error:
            raise Malformed from error

    def _declares(self, *_: object) -> None:
        raise Malformed  # no spreadsheet writes one, and it could make texts out of nothing

    def _opens(self, name: str, attributes: dict[str, str]) -> None:
        match name.rpartition(":")[2]:
            case "si":
                self._number, self._length = self._number + 1, 0
            case "c":
                self._points = attributes.get("t") == "s"
            case "v" if self._points:
                self._value = []

    def _says(self, text: str) -> None:
        self._length += len(text)
        if self._value is not None:
            self._value.append(text)

    def _closes(self, name: str) -> None:
        match name.rpartition(":")[2]:
            case "si":
                known = self._lengths.get(self._number, 0)
                self._lengths[self._number] = max(known, self._length)
            case "v" if self._value is not None:
                text, self._value = "".join(self._value), None
                if text.strip().lstrip("+").isdecimal() and len(text) < 20:
                    self._uses[int(text)] += 1
