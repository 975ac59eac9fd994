"""Background work between a district and whoever runs its service."""

from __future__ import annotations

from saas.hosting import commands
from saas.jobs.queue import job
from saas.kernel.context import SYSTEM


@job("hosting.end_support", plane="tenant")
def end_support(grant: int) -> None:
    """Write down that a support view ran out."""
    commands.run_out(grant, actor=SYSTEM)
