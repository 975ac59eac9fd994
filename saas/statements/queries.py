"""Every read of statements."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from saas.funds import queries as funds
from saas.funds.reconciled import say_reconciled
from saas.kernel import clock
from saas.kernel.db import session
from saas.kernel.naming import Named
from saas.kernel.written import month_written
from saas.statements import rules
from saas.statements.models import Act, Closing, Line, Month, Party
from saas.statements.rules import NOTHING, Standing, Thing

Condition = sa.ColumnElement[bool]


def month_of(text: str) -> Month:
    """A month that was read, as 2026-06; else `NotFound`."""
    query = sa.select(Month).where(Month.month == month_written(text))
    return funds.got(session.scalar(query))


def last_month() -> Month | None:
    """The newest month that was read."""
    return session.scalar(sa.select(Month).order_by(Month.month.desc()).limit(1))


def closing_of(month: Month) -> Closing | None:
    """What a month was closed with."""
    return session.scalar(sa.select(Closing).where(Closing.month == month.month))


def is_closed() -> Condition:
    """A condition: a month is closed."""
    return sa.select(Closing.id).where(Closing.month == Month.month).exists()


def months(*where: Condition, limit: int | None = None) -> Sequence[Month]:
    """The newest of a kind."""
    return funds.every(sa.select(Month).where(*where).order_by(Month.month.desc()).limit(limit))


def closed_of(months: Collection[date]) -> set[date]:
    """Those of them that are closed."""
    query = sa.select(Closing.month).where(Closing.month.in_(months))
    return set(session.scalars(query)) if months else set()


def lines_of(month: Month) -> Sequence[Line]:
    """Its lines in their order."""
    return funds.every(sa.select(Line).where(Line.month == month.month).order_by(Line.number))


def line_of(month: Month, number: int) -> Line:
    """One of them; else `NotFound`."""
    query = sa.select(Line).where(Line.month == month.month, Line.number == number)
    return funds.got(session.scalar(query))


def party_of(line: Line) -> str:
    """Who stands on the other side, for that line's own page."""
    return session.scalar(sa.select(Party.words).where(Party.line_id == line.id)) or ""


def known_references(references: Collection[str]) -> set[str]:
    """Those of them that a statement has already."""
    found = sa.select(Line.reference).where(Line.reference.in_(references))
    return {one for one in session.scalars(found) if one} if references else set()


def _stands() -> Condition:
    """A condition: a match that nobody took back."""
    back = sa.orm.aliased(Act)
    later = sa.select(back.id).where(
        back.line_id == Act.line_id, back.line_before == Act.line_number
    )
    return sa.and_(Act.verb == "match", ~later.exists())


def matches(lines: Collection[int]) -> Mapping[int, Act]:
    """What lines are said to be, by their ids."""
    found = funds.every(sa.select(Act).where(Act.line_id.in_(lines), _stands()))
    return {one.line_id: one for one in found}


def turns_of(lines: Collection[int]) -> Mapping[int, int]:
    """How often something was said of lines."""
    query = sa.select(Act.line_id, sa.func.max(Act.line_number)).where(Act.line_id.in_(lines))
    return {key: number for key, number in session.execute(query.group_by(Act.line_id))}


def thing_turns(things: Collection[str]) -> Mapping[str, int]:
    """How often something was said of things of the book."""
    query = sa.select(Act.thing, sa.func.max(Act.thing_number)).where(
        Act.thing.in_(things), Act.thing_number.is_not(None)
    )
    return {key: number for key, number in session.execute(query.group_by(Act.thing))}


def acts_of(month: Month, line: Line | None = None) -> Sequence[Act]:
    """What was said in a month, or of one of its lines, in its order."""
    query = sa.select(Act).where(Act.month == month.month).order_by(Act.number)
    return funds.every(query.where(Act.line_id == line.id) if line else query)


def tip_of(month: Month) -> Act | None:
    """The last thing that was said in a month."""
    query = sa.select(Act).where(Act.month == month.month).order_by(Act.number.desc()).limit(1)
    return session.scalar(query)


def explained(months: Collection[date]) -> Mapping[date, int]:
    """How many lines of each month are explained."""
    query = sa.select(Act.month, Act.after).where(Act.month.in_(months)).distinct(Act.month)
    found = session.execute(query.order_by(Act.month, Act.number.desc())) if months else ()
    return {month: after for month, after in found}


def waits_of(month: Month) -> Mapping[str, str]:
    """What is said to be on its way at the end of a month, and why."""
    query = sa.select(Act.thing, Act.note).where(Act.month == month.month, Act.verb == "wait")
    return {thing: note for thing, note in session.execute(query)}


def _matched(until: date | None = None) -> sa.Select[Any]:
    """Things that a line is, as (thing); of lines before the end of a month."""
    query = sa.select(Act.thing.label("thing")).where(_stands(), Act.kind.in_(rules.BOOKED))
    return query if until is None else query.where(Act.month <= until)


def things(*, until: date | None = None, at: date | None = None) -> list[Thing]:
    """What the book has that no line is; or what it had until a day, since statements are read, at
    the end of the month ``at``.
    """
    moves = funds.moves()
    query = (
        sa.select(
            moves.c.thing, moves.c.kind, moves.c.key, sa.func.sum(moves.c.amount),
            sa.func.min(moves.c.on), sa.func.max(moves.c.on), moves.c.called,
        )
        .where(moves.c.thing.not_in(_matched(at)))
        .group_by(moves.c.thing, moves.c.kind, moves.c.key, moves.c.called)
        .order_by(sa.func.max(moves.c.on), moves.c.thing)
    )  # fmt: skip
    if until is not None:
        begun = sa.select(sa.func.min(Month.month)).scalar_subquery()
        query = query.where(moves.c.on.between(begun, until))
    return [Thing(*row) for row in session.execute(query)]


def without_line() -> list[Thing]:
    """Gifts that a line has confirmed, which was taken back: they stay confirmed, and the bank is
    said to have none of them.
    """
    back, later = sa.orm.aliased(Act), sa.orm.aliased(Act)
    again = sa.select(later.id).where(
        later.thing == back.thing, later.thing_before == back.thing_number
    )
    query = sa.select(back.thing).where(
        back.verb == "back", back.kind.in_(("gift", "slip")), ~again.exists()
    )
    wanted = set(session.scalars(query))
    return [one for one in things() if one.thing in wanted] if wanted else []


def on_way(month: Month) -> list[Thing]:
    """What the book has at the end of a month, since statements are read, and the bank had not."""
    end = rules.next_month(month.month) - timedelta(days=1)
    return things(until=end, at=month.month)


def standing(month: Month) -> Standing:
    """Book and bank at the end of a month, out of entries, lines and what was said."""
    end = rules.next_month(month.month) - timedelta(days=1)
    moves, first = funds.moves(), sa.select(Month.month, Month.opening).order_by(Month.month)
    begun, opening = session.execute(first.limit(1)).one()
    known = moves.c.thing.in_(_matched(month.month))

    def sum_of(*where: Condition) -> Any:
        return sa.func.coalesce(sa.func.sum(moves.c.amount).filter(*where), 0)

    book, late, way, before, covered = session.execute(sa.select(
        sum_of(moves.c.on <= end), sum_of(moves.c.on > end, known),
        sum_of(moves.c.on.between(begun, end), ~known), sum_of(moves.c.on < begun),
        sum_of(moves.c.on < begun, known),
    )).one()  # fmt: skip
    said = sa.select(Act.kind, sa.func.sum(Act.amount)).where(
        _stands(), Act.kind.not_in(rules.BOOKED), Act.month <= month.month
    )
    told = dict(session.execute(said.group_by(Act.kind)).tuples().all())
    return Standing(
        book=book, own=sum((told.get(kind, NOTHING) for kind in rules.OWN), NOTHING),
        unbooked=late + told.get("other", NOTHING), on_way=way, statement=month.closing,
        begin=opening - before + covered,
    )  # fmt: skip


def hands_of(month: Month) -> set[int]:
    """Who read a month or said anything in it."""
    found = session.scalars(sa.select(Act.by_id).where(Act.month == month.month).distinct())
    return {month.by_id, *found}


@say_reconciled
def reconciled_until() -> date | None:
    """The last day of the last month that was closed."""
    last = session.scalar(sa.select(sa.func.max(Closing.month)))
    return rules.next_month(last) - timedelta(days=1) if last else None


@dataclass(frozen=True, slots=True)
class Due:
    """Months that wait: those that were read and are open, and the first that nobody has read."""

    open: Sequence[date]
    unread: date | None


def due() -> Due:
    """What is to be done next. A month is to be read once the book has something since it began;
    where none was ever read, the last one, once something was given before it ended.
    """
    found = funds.every(sa.select(Month.month).where(~is_closed()).order_by(Month.month))
    last, this, moves = last_month(), rules.first_of(clock.today()), funds.moves()
    wanted = rules.next_month(last.month) if last else rules.next_month(this, -1)
    moved = moves.c.on >= wanted if last else moves.c.on < this
    asked = wanted < this and session.scalar(sa.select(sa.exists().where(moved)))
    return Due(found, wanted if asked else None)


def called(words: str) -> Condition:
    """A condition: a month as 2026-06, or that has a line with this reference of the bank."""
    month = month_written(words.strip())
    line = sa.select(Line.id).where(Line.month == Month.month, Line.reference == words.strip())
    return sa.or_(line.exists(), Month.month == month) if month else line.exists()


def names(ids: Collection[int]) -> Mapping[int, Named]:
    """Months by their ids."""
    query = sa.select(Month.id, Month.month).where(Month.id.in_(ids))
    return {key: (f"{month:%Y-%m}", {"month": f"{month:%Y-%m}"})
            for key, month in session.execute(query)}  # fmt: skip
