"""Reports that a district puts together again and again."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from saas.figures.reports import PERIODS
from saas.kernel.db import TenantModel


class Report(TenantModel):
    """A report for every ``period`` (month, quarter, year); figures are counted when it is opened.

    ``sections`` each have ``by``, ``measures`` and what is narrowed down to, as in a package.
    """

    __tablename__ = "demand_reports"
    __table_args__ = (sa.CheckConstraint(sa.column("period").in_(PERIODS), name="period"),)

    code: Mapped[str] = mapped_column(sa.String(40), unique=True)
    title: Mapped[dict[str, str]]
    summary: Mapped[dict[str, str]]
    period: Mapped[str] = mapped_column(sa.String(20))
    sections: Mapped[list[dict[str, Any]]]
    position: Mapped[int]
    retired: Mapped[bool] = mapped_column(server_default=sa.false())
