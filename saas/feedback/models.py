"""Tables of feedback. No column of one leads to the other: who was asked is known, and what was
answered, but not who answered what. And the pictures of sessions, with who objects to them.
"""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from saas.feedback import rules
from saas.kernel.crypto import Sealed
from saas.kernel.db import APPEND_ONLY, TenantModel

_WHEN = sa.DateTime(timezone=True)


class Asked(TenantModel):
    """Somebody who came has been given the two questions: once for each mark."""

    __tablename__ = "feedback_asked"
    __table_args__ = (APPEND_ONLY,)

    mark_id: Mapped[int] = mapped_column(sa.ForeignKey("attendances.id"), unique=True)


class Answer(TenantModel):
    """What somebody said of a session; ``token_hash`` is of the ticket with which it was said, so
    that it counts once. Only the day is kept, since a moment would say who.
    """

    __tablename__ = "feedback"
    __table_args__ = (
        sa.CheckConstraint(sa.column("grade").in_(rules.GRADES), name="grade"),
        APPEND_ONLY,
    )

    session_id: Mapped[int] = mapped_column(sa.ForeignKey("sessions.id"), index=True)
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    grade: Mapped[str] = mapped_column(sa.String(10))
    wish: Mapped[str | None] = mapped_column(sa.String(300))
    on: Mapped[date]


class Picture(TenantModel):
    """A picture of a session; its file is an attachment. ``by_id`` put it there and has looked that
    nobody can be recognised who did not agree. Of a removed one the row alone is left.
    """

    __tablename__ = "session_pictures"
    __table_args__ = (sa.CheckConstraint(sa.column("state").in_(rules.SHOWN), name="state"),)

    code: Mapped[str] = mapped_column(sa.String(26), unique=True)
    session_id: Mapped[int] = mapped_column(sa.ForeignKey("sessions.id"), index=True)
    state: Mapped[str] = mapped_column(sa.String(10))
    shows: Mapped[str | None] = mapped_column(sa.String(100))
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(_WHEN)


class Objection(TenantModel):
    """Somebody does not want a picture to be seen: it is hidden from then on until it is decided
    (``outcome``, with ``words`` where it is put back). Who they are is not asked; what they write
    is sealed. ``by_id`` decides.
    """

    __tablename__ = "picture_objections"
    __table_args__ = (
        sa.CheckConstraint(sa.column("outcome").in_(rules.OUTCOMES), name="outcome"),
        sa.CheckConstraint("(decided_at IS NULL) = (outcome IS NULL)", name="decided"),
        sa.CheckConstraint("outcome <> 'put_back' OR words IS NOT NULL", name="words"),
        sa.Index(
            "uq_picture_objections_open", "picture_id", unique=True,
            postgresql_where=sa.text("decided_at IS NULL"),
        ),
    )  # fmt: skip

    picture_id: Mapped[int] = mapped_column(sa.ForeignKey(Picture.id), index=True)
    why: Mapped[str | None] = mapped_column(Sealed)
    at: Mapped[datetime] = mapped_column(_WHEN)
    outcome: Mapped[str | None] = mapped_column(sa.String(10))
    words: Mapped[str | None] = mapped_column(sa.String(200))
    decided_at: Mapped[datetime | None] = mapped_column(_WHEN)
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))
