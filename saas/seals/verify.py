"""Holding books against their seals, and seals against what was kept elsewhere.

One pass over the rows in the order of their ids; few are in memory at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

from saas.seals import queries, rules
from saas.seals.declared import Book
from saas.seals.models import Seal

#: What can be wrong. Of rows: as many as were sealed, and not the same; fewer; more. Of the chain:
#: a seal says what its root does not; one does not stand on the one before; one is not there; its
#: root is another than the one that was kept.
CHANGED, MISSING, ADDED = "changed", "missing", "added"
SEAL, CHAIN, GONE, ANCHOR = "seal", "chain", "gone", "anchor"


@dataclass(frozen=True, slots=True)
class Kept:
    """A root that was kept elsewhere."""

    book: str
    number: int
    root: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, at the seal that says so. ``number`` rows were ``sealed``, now there
    are ``found``; ``since`` and ``until``: when the seal before it and it were made.
    """

    book: str
    number: int
    what: str
    first_id: int = 0
    last_id: int = 0
    sealed: int = 0
    found: int = 0
    since: str | None = None
    until: str | None = None


@dataclass(slots=True)
class Report:
    """What came of one book."""

    book: str
    rows: int = 0
    seals: int = 0
    open_rows: int = 0
    sealed_at: datetime | None = None
    root: str = ""
    faults: list[Fault] = field(default_factory=list)


def verify(book: Book, kept: Sequence[Kept] = ()) -> Report:
    """Hold every row of a book against its seal, every seal against the one before and the roots
    that were ``kept``. Reads alone, in the scope at work.
    """
    report = Report(book.code)
    chain, roots = list(queries.chain(book.code)), _by_number(book, kept)
    rows = _Rows(queries.rows(book))
    before: Seal | None = None
    for one in chain:
        rolling = rows.upto(one.last_id, one.width)
        report.rows += rolling.rows
        report.faults += _faults(book, before, one, rolling, roots.pop(one.number, None))
        before = one
    report.seals = len(chain)
    if before is not None:
        report.sealed_at, report.root = before.sealed_at, before.root
    report.faults += [
        Fault(book.code, number, GONE, until=_iso(k.at)) for number, k in roots.items()
    ]
    report.open_rows = rows.rest()
    return report


def _by_number(book: Book, kept: Sequence[Kept]) -> dict[int, Kept]:
    return {one.number: one for one in kept if one.book == book.code}


class _Rows:
    """The rows of a book, taken as far as each seal reaches."""

    def __init__(self, rows: Iterator[Any]) -> None:
        self._rows = rows
        self._next = next(rows, None)

    def upto(self, last: int, width: int) -> rules.Rolling:
        """The digest of all that are left up to this id, over their first ``width`` columns."""
        rolling = rules.Rolling()
        while self._next is not None and int(self._next[0]) <= last:
            rolling.add(self._next[:width])
            self._next = next(self._rows, None)
        return rolling

    def rest(self) -> int:
        """How many are left."""
        return 0 if self._next is None else 1 + sum(1 for _ in self._rows)


def _faults(
    book: Book, before: Seal | None, one: Seal, rolling: rules.Rolling, kept: Kept | None
) -> list[Fault]:
    """What is wrong with one seal."""
    wrong = []
    if rolling.digest() != one.digest:
        apart = rolling.rows - one.rows
        wrong.append(CHANGED if apart == 0 else MISSING if apart < 0 else ADDED)
    head = rules.Head(*(getattr(one, each.name) for each in fields(rules.Head)))
    if rules.root_of(head, book.form) != one.root:
        wrong.append(SEAL)
    if not _follows(before, one):
        wrong.append(CHAIN)
    if kept is not None and kept.root != one.root:
        wrong.append(ANCHOR)
    since = _iso(before.sealed_at) if before else None
    told = one.after_id + 1, one.last_id, one.rows, rolling.rows, since, _iso(one.sealed_at)
    return [Fault(book.code, one.number, what, *told) for what in wrong]


def _follows(before: Seal | None, one: Seal) -> bool:
    if before is None:
        return (one.number, one.after_id, one.prev) == (1, 0, "")
    wanted = before.number + 1, before.last_id, before.root
    return (one.number, one.after_id, one.prev) == wanted


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
