"""Background work of attachments."""

from __future__ import annotations

from saas.attachments import commands
from saas.jobs.queue import job


@job("attachments.sweep", plane="tenant", nightly=True)
def sweep() -> None:
    """Once a night: files that belong to nothing are deleted."""
    commands.sweep()
