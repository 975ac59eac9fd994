"""What was learnt: texts to answer with, and answers that everybody may read."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from saas.demands.models.demand import Demand
from saas.demands.models.menu import Category
from saas.kernel.db import TenantModel

_WHEN = sa.DateTime(timezone=True)


class ReplyTemplate(TenantModel):
    """A text to begin an answer with; for one category or for all, for one verb or for all."""

    __tablename__ = "reply_templates"

    code: Mapped[str] = mapped_column(sa.String(40), unique=True)
    category: Mapped[str | None] = mapped_column(sa.ForeignKey(Category.code), index=True)
    verb: Mapped[str | None] = mapped_column(sa.String(20))
    name: Mapped[dict[str, str]]
    text: Mapped[dict[str, str]]
    position: Mapped[int]
    retired: Mapped[bool] = mapped_column(server_default=sa.false())


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
