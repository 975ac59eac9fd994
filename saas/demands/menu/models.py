"""What can be asked for, and the terms on which it is handled; all of it begins in a package."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, composite, mapped_column

from saas.demands.menu import rules
from saas.demands.menu.rules import Hours
from saas.kernel.db import TenantModel


class Kind(TenantModel):
    """A kind of asking: affairs to settle at a counter, small services, demands proper.

    ``appointments``: what is filed under it may name a day and an hour.
    """

    __tablename__ = "demand_kinds"

    code: Mapped[str] = mapped_column(sa.String(40), unique=True)
    name: Mapped[dict[str, str]]
    hint: Mapped[dict[str, str]]
    position: Mapped[int]
    appointments: Mapped[bool] = mapped_column(server_default=sa.false())


class Category(TenantModel):
    """What a demand is about; of any depth, the code is for ever.

    ``open_to_neighbours``: what is filed here is usually everybody's matter, so that others may
    see it (without who filed it) and follow it. ``retired`` ones take no new demands.
    """

    __tablename__ = "demand_categories"

    code: Mapped[str] = mapped_column(sa.String(40), unique=True)
    kind: Mapped[str] = mapped_column(sa.ForeignKey(Kind.code), index=True)
    parent: Mapped[str | None] = mapped_column(sa.ForeignKey("demand_categories.code"))
    name: Mapped[dict[str, str]]
    hint: Mapped[dict[str, str]]
    position: Mapped[int]
    open_to_neighbours: Mapped[bool] = mapped_column(server_default=sa.false())
    retired: Mapped[bool] = mapped_column(server_default=sa.false())


class Guide(TenantModel):
    """How an affair is settled: what to bring, in which steps, at what cost; and its counter.

    ``slot_minutes`` and ``per_slot`` say how many appointments fit; without them none are made.
    ``level`` is the level of the ladder whose units keep the counter; without it the lowest.
    """

    __tablename__ = "demand_guides"

    category: Mapped[str] = mapped_column(sa.ForeignKey(Category.code), unique=True)
    bring: Mapped[list[dict[str, str]]]
    steps: Mapped[list[dict[str, str]]]
    cost: Mapped[dict[str, str]]
    takes: Mapped[dict[str, str]]
    counter: Mapped[dict[str, str]]
    slot_minutes: Mapped[int | None]
    per_slot: Mapped[int | None]
    days_ahead: Mapped[int] = mapped_column(server_default="14")
    level: Mapped[str | None] = mapped_column(sa.String(40))


class Deadline(TenantModel):
    """How many working hours a level has to accept and to resolve; for one category, or for all; in
    one street (``unit_id``), or in the whole district.
    """

    __tablename__ = "demand_deadlines"
    __table_args__ = (
        sa.UniqueConstraint("level", "category", "unit_id", postgresql_nulls_not_distinct=True),
    )

    level: Mapped[str] = mapped_column(sa.String(40))
    category: Mapped[str | None] = mapped_column(sa.ForeignKey(Category.code))
    unit_id: Mapped[int | None] = mapped_column(sa.ForeignKey("units.id"))
    accept_hours: Mapped[int]
    resolve_hours: Mapped[int]
    hours: Mapped[Hours] = composite("accept_hours", "resolve_hours")


class ReasonCode(TenantModel):
    """A cause that can be chosen: ``use`` is suspend (why it stands) or decline (why not).

    ``retired`` ones are chosen no more; what was decided with them keeps their name.
    """

    __tablename__ = "demand_reason_codes"

    code: Mapped[str] = mapped_column(sa.String(40), unique=True)
    use: Mapped[str] = mapped_column(sa.String(20))
    name: Mapped[dict[str, str]]
    position: Mapped[int]
    retired: Mapped[bool] = mapped_column(server_default=sa.false())


class Terms(TenantModel):
    """The one row of terms that hold for every demand of a district; spans in days of 24 hours.

    ``warn_percent``: after this share of its time a demand is amber. ``confirm_days``: when the
    resident says nothing for so long, what was resolved counts as settled. ``answer_days``: so long
    a question to the resident holds the clock.
    """

    __tablename__ = "demand_terms"

    warn_percent: Mapped[int]
    confirm_days: Mapped[int]
    reopen_days: Mapped[int]
    appeal_days: Mapped[int]
    answer_days: Mapped[int]
    review_hours: Mapped[int]


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
