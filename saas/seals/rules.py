"""What a seal is made of. Pure: values in, digests out."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import orjson

#: How the digests are made. Another way would get another number, and old seals keep theirs.
FORMAT: Final = 1
#: At most so many rows under one seal, so that a broken one leads somewhere.
MOST: Final = 20_000
#: A district is sealed again after so long; after `LATE` somebody should look.
EVERY, LATE = timedelta(minutes=50), timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Head:
    """What a seal says besides its rows. It covers ids after ``after_id`` up to ``last_id``;
    ``prev`` is the root of the seal before, empty for the first; ``digest`` is that of its rows.
    """

    book: str
    number: int
    after_id: int
    last_id: int
    rows: int
    width: int
    sealed_at: datetime
    prev: str
    digest: str


class Rolling:
    """The digest of rows, one after the other."""

    def __init__(self) -> None:
        self._sum = hashlib.sha256()
        self.rows = 0

    def add(self, row: Sequence[str | None]) -> None:
        """Take the next row, as stored."""
        self._sum.update(hashlib.sha256(orjson.dumps(list(row))).digest())
        self.rows += 1

    def digest(self) -> str:
        """Of all rows so far."""
        return self._sum.hexdigest()


def root_of(head: Head, form: Sequence[Sequence[str]]) -> str:
    """The root of a seal: over all that it says, the columns with their tags (``form``), and so
    over every seal before it.
    """
    said = [
        FORMAT,
        head.book,
        head.number,
        head.after_id,
        head.last_id,
        head.rows,
        [list(column) for column in form[: head.width]],
        _micros(head.sealed_at),
        head.prev,
        head.digest,
    ]
    return hashlib.sha256(orjson.dumps(said)).hexdigest()


def _micros(moment: datetime) -> int:
    """Whole microseconds since 1970, as the database keeps them."""
    whole = int(moment.timestamp() // 1)
    return whole * 1_000_000 + moment.microsecond


def short(root: str) -> str:
    """The beginning of a root in groups of four, for people who compare two on paper."""
    return " ".join(root[at : at + 4] for at in range(0, 16, 4))
