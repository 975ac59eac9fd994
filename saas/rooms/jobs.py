"""Background work of rooms."""

from __future__ import annotations

from saas.jobs.queue import job
from saas.rooms import commands


@job("rooms.forget", plane="tenant", nightly=True)
def forget() -> None:
    """Once a night: what a bulk change replaced is forgotten when it can be undone no more."""
    commands.forget()
