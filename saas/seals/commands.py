"""Sealing. The one who seals waits for all who write, for a moment, and reads afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from saas.kernel import writers
from saas.kernel.db import session
from saas.kernel.unit_of_work import reading, unit_of_work
from saas.seals import queries, rules
from saas.seals.declared import Book
from saas.seals.models import Seal, SealCheck, seals


def ask_check(by: str) -> bool:
    """Write down that somebody of this district wants it checked; False when that waits already."""
    writers.in_turn("seal_check")
    if queries.last_check(done=False):
        return False
    session.add(SealCheck(asked_by=by, asked_at=queries.world_now()))
    return True


def seal(books: Sequence[Book]) -> int:
    """Seal what is new in ``books`` of this scope, in transactions of its own; how many rows.

    Raises `saas.kernel.writers.Busy` when somebody writes for long: nothing is sealed then.
    """
    with reading():
        writers.be_alone()
        upto = [(book, queries.highest(book)) for book in books]
    return sum(_seal_upto(book, last) for book, last in upto)


def _seal_upto(book: Book, last: int) -> int:
    """Seal by seal: no row up to ``last`` is on its way any more."""
    done = 0
    while True:
        with unit_of_work():
            writers.in_turn("seal")
            made = _next(book, last)
            if made is None:
                return done
            session.add(made)
            done += made.rows


def _next(book: Book, last: int) -> Seal | None:
    """The seal that follows, over at most `rules.MOST` rows; None when nothing is new."""
    before = queries.newest(book.code)
    after = before.last_id if before else 0
    rolling, upto = rules.Rolling(), after
    for row in queries.rows(book, after=after, last=last, most=rules.MOST):
        rolling.add(row)
        upto = int(row[0])
    if not rolling.rows:
        return None
    head = rules.Head(
        book=book.code,
        number=before.number + 1 if before else 1,
        after_id=after,
        last_id=upto,
        rows=rolling.rows,
        width=len(book.columns),
        sealed_at=queries.world_now(),
        prev=before.root if before else "",
        digest=rolling.digest(),
    )
    made = seals()(**asdict(head), root=rules.root_of(head, book.form))
    made.before = before.number if before else None
    return made
