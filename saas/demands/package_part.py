"""What demands take from a model package."""

from __future__ import annotations

from saas.demands.models import Category, Deadline
from saas.kernel.db import session
from saas.packages.schemas import Package


def install(package: Package) -> None:
    """Categories (parents before children) and the working hours of each level."""
    rows = [
        Category(code=c.code, parent=c.parent, name=dict(c.name), hint=dict(c.hint), position=i)
        for i, c in enumerate(package.demands.categories)
    ]
    session.add_all(row for row in rows if row.parent is None)
    session.flush()
    session.add_all(row for row in rows if row.parent is not None)
    session.add_all(
        Deadline(level=d.level, accept_hours=d.accept_hours, resolve_hours=d.resolve_hours)
        for d in package.demands.deadlines
    )
    session.flush()
