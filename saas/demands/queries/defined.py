"""The reports that a district has defined."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from saas.demands.models import Report
from saas.kernel.db import session
from saas.kernel.errors import NotFound


def every_report() -> Sequence[Report]:
    """Every report in order, those out of use too."""
    return session.scalars(sa.select(Report).order_by(Report.position, Report.id)).all()


def defined_reports() -> list[Report]:
    """Those in use."""
    return [row for row in every_report() if not row.retired]


def report(code: str) -> Report:
    """A report by code, or `NotFound`."""
    found = session.scalar(sa.select(Report).where(Report.code == code))
    if found is None:
        raise NotFound
    return found
