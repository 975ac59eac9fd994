"""What a category asks besides the words, and what was answered."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from saas.demands import rules
from saas.demands.models.demand import Demand
from saas.demands.models.menu import Category
from saas.kernel.crypto import Sealed
from saas.kernel.db import APPEND_ONLY, TenantModel


class Question(TenantModel):
    """A question that a category asks; the code is for ever, and so is the kind of answer.

    ``choices`` are code and name of each answer of kind ``choice``. ``retired`` ones are asked no
    more; what was answered stays with its demand.
    """

    __tablename__ = "demand_questions"
    __table_args__ = (
        sa.CheckConstraint(sa.column("kind").in_(rules.QUESTION_KINDS), name="kind"),
        sa.Index(None, "category", "position"),
    )

    code: Mapped[str] = mapped_column(sa.String(40), unique=True)
    category: Mapped[str] = mapped_column(sa.ForeignKey(Category.code))
    label: Mapped[dict[str, str]]
    hint: Mapped[dict[str, str]]
    kind: Mapped[str] = mapped_column(sa.String(20))
    choices: Mapped[list[dict[str, Any]]]
    required: Mapped[bool] = mapped_column(server_default=sa.false())
    personal: Mapped[bool] = mapped_column(server_default=sa.false())
    position: Mapped[int]
    retired: Mapped[bool] = mapped_column(server_default=sa.false())


class Detail(TenantModel):
    """An answer as it was given, under the label as it was asked.

    ``question`` is a code and no foreign key: a question that nothing else needs may go. The answer
    stands in ``said``, or where it is personal in ``sealed`` as the same JSON: its ``value`` (a
    text, a decimal number, a choice's code, yes or no, a day as 2026-11-22), and for a choice the
    ``name`` that it had.
    """

    __tablename__ = "demand_details"
    __table_args__ = (
        sa.UniqueConstraint("demand_id", "question"),
        sa.CheckConstraint("(said IS NULL) <> (sealed IS NULL)", name="one_answer"),
        APPEND_ONLY,
    )

    demand_id: Mapped[int] = mapped_column(sa.ForeignKey(Demand.id))
    question: Mapped[str] = mapped_column(sa.String(40))
    kind: Mapped[str] = mapped_column(sa.String(20))
    label: Mapped[dict[str, str]]
    position: Mapped[int]
    said: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    sealed: Mapped[str | None] = mapped_column(Sealed)
