"""Rows that only grow and can still be taken back: a void points at its mark, and who is marked
again after it follows the void. So nothing is written twice, a void is never void, and both rows of
a correction stay. The database keeps all of it by keys and checks, without a trigger.
"""

from __future__ import annotations

from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Mapped, aliased, mapped_column

WHATS: Final = ("mark", "void")


class Correctable:
    """The columns: ``what`` a row is; the mark it takes back (``voids_id``) or the void it comes
    after (``follows_id``), with what these have to find there (``target``, ``before``); the
    ``cause`` of a correction.
    """

    what: Mapped[str] = mapped_column(sa.String(4))
    voids_id: Mapped[int | None]
    follows_id: Mapped[int | None]
    target: Mapped[str | None] = mapped_column(
        sa.String(4),
        sa.Computed("CASE WHEN voids_id IS NOT NULL THEN 'mark' END", persisted=True),
    )
    before: Mapped[str | None] = mapped_column(
        sa.String(4),
        sa.Computed("CASE WHEN follows_id IS NOT NULL THEN 'void' END", persisted=True),
    )
    cause: Mapped[str | None] = mapped_column(sa.String(200))


def once(table: str) -> tuple[str, str]:
    """The constraints by which nobody is marked twice."""
    return f"uq_{table}_once", f"uq_{table}_follows_id"


def taken_back(table: str) -> str:
    """The constraint by which nothing is taken back twice."""
    return f"uq_{table}_voids_id"


def correctable(table: str, scope: str, subject: str) -> tuple[Any, ...]:
    """What a table of such rows, `APPEND_ONLY`, needs among its arguments. In one ``scope`` a
    ``subject`` is marked once; where it is NULL, as often as one likes.
    """
    first, follows = once(table)
    found = [f"{table}.{name}" for name in ("what", "id")]
    return (
        sa.ForeignKeyConstraint(
            [scope, "target", "voids_id"], [f"{table}.{scope}", *found], name=f"fk_{table}_voids"
        ),
        sa.ForeignKeyConstraint(
            [scope, subject, "before", "follows_id"],
            [f"{table}.{scope}", f"{table}.{subject}", *found],
            name=f"fk_{table}_follows",
        ),
        sa.UniqueConstraint(scope, "what", "id"),
        sa.UniqueConstraint(scope, subject, "what", "id"),
        sa.UniqueConstraint("voids_id", name=taken_back(table)),
        sa.UniqueConstraint("follows_id", name=follows),
        sa.Index(
            first, scope, subject, unique=True,
            postgresql_where=sa.text("what = 'mark' AND follows_id IS NULL"),
        ),
        sa.CheckConstraint(sa.column("what").in_(WHATS), name="what"),
        sa.CheckConstraint("(what = 'void') = (voids_id IS NOT NULL)", name="void"),
    )  # fmt: skip


def live(model: Any) -> sa.ColumnElement[bool]:
    """A condition: a mark that nobody took back."""
    void = aliased(model)
    return sa.and_(model.what == "mark", ~sa.exists().where(void.voids_id == model.id))


def last_void(
    model: Any, scope: InstrumentedAttribute[int], within: int, subject: sa.ColumnElement[bool]
) -> sa.Select[Any]:
    """The void that somebody who was taken back is marked again after; none where they never were,
    or are marked now.
    """
    after = aliased(model)
    query = sa.select(model).where(
        scope == within, subject, model.what == "void",
        ~sa.exists().where(after.follows_id == model.id),
    )  # fmt: skip
    return query.order_by(model.id.desc()).limit(1)
