"""Tables of a district's own culture: its editions, the draft of the next one, what was applied."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from saas.kernel.db import APPEND_ONLY, TenantModel


class CultureEdition(TenantModel):
    """A pack that this district made itself, as it passed every check. It never changes.

    ``based_on`` is ``daan@1.0.0`` for a pack that ships, ``#3`` for an edition of this district.
    ``content`` and ``drawings`` are what `themes.queries.read_pack` takes; ``mark`` is the digest
    of both.
    """

    __tablename__ = "culture_editions"
    __table_args__ = (sa.UniqueConstraint("number"), APPEND_ONLY)

    number: Mapped[int]
    based_on: Mapped[str] = mapped_column(sa.String(70))
    content: Mapped[dict[str, Any]]
    drawings: Mapped[dict[str, str]]
    mark: Mapped[str] = mapped_column(sa.String(12))
    note: Mapped[str] = mapped_column(sa.String(200))
    made_by_id: Mapped[int | None]
    made_by: Mapped[str] = mapped_column(sa.String(100))
    made_at: Mapped[datetime] = mapped_column(sa.DateTime(timezone=True))


class CultureDraft(TenantModel):
    """The next edition while it is written. One for the district: everybody works on the same.

    It may hold what an edition may not (colours that are too weak, names of rows that are gone),
    but every section has the right shape.
    """

    __tablename__ = "culture_draft"
    __table_args__ = (sa.CheckConstraint(sa.column("single"), name="single"),)

    single: Mapped[bool] = mapped_column(unique=True, server_default=sa.true())
    based_on: Mapped[str] = mapped_column(sa.String(70))
    content: Mapped[dict[str, Any]]
    drawings: Mapped[dict[str, str]]
    changed_by: Mapped[str] = mapped_column(sa.String(100))
    changed_at: Mapped[datetime] = mapped_column(sa.DateTime(timezone=True))


class CultureChoice(TenantModel):
    """Which pack was put on show, when and by whom; the last one counts.

    Either an edition of the district or the code of a pack that ships; ``taken`` are then the
    sections of it that are bound to its place and were taken all the same, None for all of them
    (as it was before they could be chosen). Without any row the district shows the pack that it
    was set up with.
    """

    __tablename__ = "culture_choices"
    __table_args__ = (
        sa.CheckConstraint("(edition_id IS NULL) <> (shipped IS NULL)", name="one"),
        APPEND_ONLY,
    )

    edition_id: Mapped[int | None] = mapped_column(sa.ForeignKey(CultureEdition.id))
    shipped: Mapped[str | None] = mapped_column(sa.String(40))
    taken: Mapped[list[str] | None]
    chosen_by_id: Mapped[int | None]
    chosen_by: Mapped[str] = mapped_column(sa.String(100))
    chosen_at: Mapped[datetime] = mapped_column(sa.DateTime(timezone=True))
