"""What the wizard and the checklist remember of a district."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from saas.kernel.db import TenantModel
from saas.onboarding import rules

_WHEN = sa.DateTime(timezone=True)
_PERSON = "people.id"


class StepMark(TenantModel):
    """What somebody said of a step of the wizard; what is there speaks for itself."""

    __tablename__ = "setup_marks"
    __table_args__ = (
        sa.CheckConstraint(sa.column("step").in_(rules.STEPS), name="step"),
        sa.CheckConstraint(sa.column("mark").in_(rules.MARKS), name="mark"),
    )

    step: Mapped[str] = mapped_column(sa.String(20), unique=True)
    mark: Mapped[str] = mapped_column(sa.String(20))
    by_id: Mapped[int] = mapped_column(sa.ForeignKey(_PERSON))
    at: Mapped[datetime] = mapped_column(_WHEN)


class CheckResult(TenantModel):
    """The last run of a check. ``findings`` are as `rules.Finding` stores them; ``gaps`` counts
    those that are neither mended nor accepted, for the badge.
    """

    __tablename__ = "check_results"

    check: Mapped[str] = mapped_column(sa.String(20), unique=True)
    findings: Mapped[list[dict[str, Any]]]
    gaps: Mapped[int]
    at: Mapped[datetime] = mapped_column(_WHEN)
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(_PERSON))


class Acceptance(TenantModel):
    """That somebody answers for a gap by name, and why; revoked, never deleted."""

    __tablename__ = "accepted_gaps"
    __table_args__ = (
        sa.Index(
            "uq_accepted_gaps_living",
            "key",
            unique=True,
            postgresql_where=sa.text("revoked_at IS NULL"),
        ),
    )

    key: Mapped[str] = mapped_column(sa.String(120))
    reason: Mapped[str] = mapped_column(sa.Text)
    by_id: Mapped[int] = mapped_column(sa.ForeignKey(_PERSON))
    at: Mapped[datetime] = mapped_column(_WHEN)
    revoked_at: Mapped[datetime | None] = mapped_column(_WHEN)
    revoked_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(_PERSON))
