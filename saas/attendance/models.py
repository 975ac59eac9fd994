"""Tables of attendance."""

from __future__ import annotations

from datetime import datetime
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from saas.attendance import rules
from saas.kernel.corrections import Correctable, correctable, once, taken_back
from saas.kernel.db import APPEND_ONLY, TenantModel

#: The constraints by which nobody is marked twice, and nothing is taken back twice.
TWICE: Final = once("attendances")
TAKEN_BACK: Final = taken_back("attendances")
REPLAYED: Final = "uq_attendances_key"
NOT_BEGUN: Final = "fk_attendances_session_id_begun"
_WHEN = sa.DateTime(timezone=True)


class Mark(Correctable, TenantModel):
    """So many people at a session, or that a mark is void. Rows are only added.

    ``kind``: a ``person`` who is known, by account or by sign-up; ``listed``, on a list of names
    that is kept elsewhere; ``tally``, counted without a name, by ``band``. ``key`` is given by the
    device, so that what is sent again is one row. ``begun`` is what the session must be.
    ``unit_id`` and ``held_at`` are those of the session, which cannot move any more. ``actor_id``:
    who wrote it, or made the program that did.
    """

    __tablename__ = "attendances"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["session_id", "begun"], ["sessions.id", "sessions.begun"], name=NOT_BEGUN
        ),
        *correctable("attendances", "session_id", "subject"),
        sa.UniqueConstraint("key", name=REPLAYED),
        sa.Index("ix_attendances_unit_id_held_at", "unit_id", "held_at"),
        sa.CheckConstraint(sa.column("kind").in_(rules.KINDS), name="kind"),
        sa.CheckConstraint(sa.column("how").in_(rules.HOWS), name="how"),
        sa.CheckConstraint(sa.column("band").in_(rules.BANDS), name="band"),
        sa.CheckConstraint("what = 'mark' OR (n = 0 AND follows_id IS NULL)", name="void_is_none"),
        sa.CheckConstraint("what = 'void' OR n BETWEEN 1 AND 5000", name="n"),
        sa.CheckConstraint("(kind = 'person') = (subject IS NOT NULL)", name="subject"),
        sa.CheckConstraint("kind <> 'person' OR n <= 1", name="one_person"),
        sa.CheckConstraint("follows_id IS NULL OR kind = 'person'", name="follows"),
        APPEND_ONLY,
    )  # fmt: skip

    session_id: Mapped[int] = mapped_column(index=True)
    begun: Mapped[bool] = mapped_column(sa.Boolean, sa.Computed("true", persisted=True))
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("units.id"))
    held_at: Mapped[datetime] = mapped_column(_WHEN)
    kind: Mapped[str] = mapped_column(sa.String(10))
    n: Mapped[int]
    band: Mapped[str] = mapped_column(sa.String(10))
    signup_id: Mapped[int | None] = mapped_column(sa.ForeignKey("signups.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"), index=True)
    subject: Mapped[str | None] = mapped_column(
        sa.String(24),
        sa.Computed(
            "CASE WHEN person_id IS NOT NULL THEN 'p' || CAST(person_id AS text)"
            " WHEN kind = 'person' THEN 's' || CAST(signup_id AS text) END",
            persisted=True,
        ),
    )
    how: Mapped[str] = mapped_column(sa.String(10))
    key: Mapped[str] = mapped_column(sa.String(64))
    at: Mapped[datetime] = mapped_column(_WHEN)
    actor_kind: Mapped[str] = mapped_column(sa.String(10))
    actor_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))
    sample: Mapped[bool] = mapped_column(server_default=sa.false())
