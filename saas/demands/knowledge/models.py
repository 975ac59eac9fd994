"""Answers that everybody may read."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from saas.demands.case.models import Demand
from saas.demands.menu.models import Category
from saas.kernel.db import TenantModel

_WHEN = sa.DateTime(timezone=True)


class PublicAnswer(TenantModel):
    """A question and its answer without anybody's personal data, for residents to find first."""

    __tablename__ = "public_answers"

    code: Mapped[str] = mapped_column(sa.String(26), unique=True)
    category: Mapped[str] = mapped_column(sa.ForeignKey(Category.code), index=True)
    question: Mapped[str] = mapped_column(sa.Text)
    answer: Mapped[str] = mapped_column(sa.Text)
    demand_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Demand.id), unique=True)
    written_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))
    written_at: Mapped[datetime] = mapped_column(_WHEN)
    published_at: Mapped[datetime | None] = mapped_column(_WHEN, index=True)
    withdrawn_at: Mapped[datetime | None] = mapped_column(_WHEN)
