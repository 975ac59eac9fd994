"""Background work of points."""

from __future__ import annotations

from saas.jobs.queue import job
from saas.points import commands


@job("points.end_lots", plane="tenant", nightly=True)
def end_lots() -> None:
    """Once a night: lots end, and who has one that ends soon is told."""
    commands.end_lots()
