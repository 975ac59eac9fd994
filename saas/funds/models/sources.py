"""Public money: sources and lines; and what was disclosed of gifts."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from saas import ledger
from saas.funds.models.gifts import PERSON, WHEN
from saas.kernel.db import APPEND_ONLY, TenantModel
from saas.ledger.models import AMOUNT


class Source(TenantModel):
    """Money that a department gives for a programme, for a time."""

    __tablename__ = "fund_sources"
    __table_args__ = (
        sa.CheckConstraint("amount > 0", name="amount"),
        sa.CheckConstraint("until >= since", name="order"),
    )

    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("units.id"))
    name: Mapped[str] = mapped_column(sa.String(60))
    department: Mapped[str] = mapped_column(sa.String(60))
    document: Mapped[str] = mapped_column(sa.String(100))
    amount: Mapped[Any] = mapped_column(AMOUNT)
    about: Mapped[bool] = mapped_column(server_default=sa.false())
    since: Mapped[date]
    until: Mapped[date]
    sample: Mapped[bool] = mapped_column(server_default=sa.false())


class BudgetLine(TenantModel):
    """A part of a source, for one thing; ``stops`` is what ends when it is over."""

    __tablename__ = "fund_lines"
    __table_args__ = (sa.CheckConstraint("amount > 0", name="amount"),)

    source_id: Mapped[int] = mapped_column(sa.ForeignKey(Source.id), index=True)
    name: Mapped[str] = mapped_column(sa.String(60))
    purpose: Mapped[str] = mapped_column(sa.String(100))
    amount: Mapped[Any] = mapped_column(AMOUNT)
    about: Mapped[bool] = mapped_column(server_default=sa.false())
    until: Mapped[date]
    stops: Mapped[str] = mapped_column(sa.String(100), server_default="")


class Disclosure(TenantModel):
    """A sheet as it was published; of it nothing is changed. ``digest``: SHA-256 of its content as
    JSON with sorted keys and of ``previous``, the digest of the sheet before. A correction names
    what it corrects and why.
    """

    __tablename__ = "fund_disclosures"
    __table_args__ = (
        *ledger.numbered("fund_disclosures"),
        sa.UniqueConstraint("number", "digest", name="uq_fund_disclosures_chain"),
        sa.ForeignKeyConstraint(
            ["before_number", "previous"], ["fund_disclosures.number", "fund_disclosures.digest"],
            name="fk_fund_disclosures_chain",
        ),
        sa.CheckConstraint("(before_number IS NULL) = (previous IS NULL)", name="chained"),
        sa.CheckConstraint("(corrects_id IS NULL) = (reason IS NULL)", name="why"),
        APPEND_ONLY,
    )  # fmt: skip

    number: Mapped[int]
    before_number: Mapped[int | None]
    code: Mapped[str] = mapped_column(sa.String(26), unique=True)
    first_day: Mapped[date]
    last_day: Mapped[date]
    content: Mapped[dict[str, Any]]
    digest: Mapped[str] = mapped_column(sa.String(64))
    previous: Mapped[str | None] = mapped_column(sa.String(64))
    corrects_id: Mapped[int | None] = mapped_column(sa.ForeignKey("fund_disclosures.id"))
    reason: Mapped[str | None] = mapped_column(sa.String(500))
    at: Mapped[datetime] = mapped_column(WHEN)
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(PERSON))
