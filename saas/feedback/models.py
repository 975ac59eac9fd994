"""Tables of feedback. No column of one leads to the other: who was asked is known, and what was
answered, but not who answered what.
"""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from saas.feedback import rules
from saas.kernel.db import APPEND_ONLY, TenantModel


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
