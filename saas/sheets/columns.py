"""What is declared: the columns of a table that people fill in, and how a cell of each is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any, Final, TypeAlias

from flask_babel.speaklater import LazyString

from saas.kernel.workbooks import Cell, cell_date, tidy

#: What people read, in the language that is spoken when it is shown.
Text: TypeAlias = str | LazyString

#: A cell of which nobody knows any more what was typed: a number from here on has lost its end.
_CUT_SHORT = 1e15


class Wrong(Exception):
    """A cell that cannot be used; ``key`` says why."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(key)


@dataclass(frozen=True, slots=True)
class Given:
    """What cells are held against: the day, and by name what finds the thing that a text means.

    A finder gives None for what it does not find, or cannot use.
    """

    today: date
    finders: Mapping[str, Callable[[str], Any]] = field(default_factory=dict)


#: A cell, its clean text, what is given → its value. Raises `Wrong`.
Reader = Callable[[Cell, str, Given], Any]


def text(most: int | None = None) -> Reader:
    """Words of at most so many signs. What a spreadsheet made a date or cut short is none."""

    def read(cell: Cell, words: str, given: Given) -> str:
        number = isinstance(cell, int | float) and abs(cell) >= _CUT_SHORT
        if number or isinstance(cell, date | time | timedelta):
            raise Wrong("retyped")
        if most is not None and len(words) > most:
            raise Wrong("too_long")
        return words

    return read


def found(finder: str, wrong: str, most: int | None = None) -> Reader:
    """What the finder of this name makes of the text; else ``wrong``."""

    def read(cell: Cell, words: str, given: Given) -> Any:
        if most is not None and len(words) > most:
            raise Wrong("too_long")
        if (value := given.finders[finder](words)) is None:
            raise Wrong(wrong)
        return value

    return read


def shaped(pattern: re.Pattern[str], wrong: str) -> Reader:
    """A small text that has this shape as a whole; else ``wrong``."""

    def read(cell: Cell, words: str, given: Given) -> str:
        if not pattern.fullmatch(words.lower()):
            raise Wrong(wrong)
        return words.lower()

    return read


def whole(most: int, wrong: str) -> Reader:
    """A whole number from 1; else ``wrong``."""

    def read(cell: Cell, words: str, given: Given) -> int:
        if not (words.isascii() and words.isdigit() and 0 < int(words[:9]) <= most):
            raise Wrong(wrong)
        return int(words)

    return read


def past_day(cell: Cell, words: str, given: Given) -> date:
    """A day up to today, however it stands there."""
    day = cell_date(cell)
    if day is None:
        raise Wrong("no_date")
    if day > given.today:
        raise Wrong("in_the_future")
    return day


#: A text of any length.
WORDS: Final = text()


@dataclass(frozen=True, slots=True)
class Column:
    """A column: by which name it is known, how it is headed, its width in characters, what to
    write, how a filled-in cell is read. ``clean`` makes its text what is kept; what stands in a
    ``personal`` one is shown masked. ``also``: how others head it, whose files come as they are.
    """

    key: str
    heading: Text
    width: int
    help: Text
    read: Reader = WORDS
    needed: bool = False
    clean: Callable[[str], str] = tidy
    personal: bool = False
    also: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet as it is given out; what comes back is one of it by the headings it needs."""

    key: str
    title: Text
    columns: tuple[Column, ...]

    @property
    def needed(self) -> frozenset[str]:
        """The columns without which a sheet is not one of it."""
        return frozenset(column.key for column in self.columns if column.needed)

    def column(self, key: str) -> Column:
        """The column of this name."""
        return next(column for column in self.columns if column.key == key)
