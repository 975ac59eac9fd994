"""Background work of visits."""

from __future__ import annotations

from saas.jobs.queue import job
from saas.visits import commands


@job("visits.forget", plane="tenant", nightly=True)
def forget() -> None:
    """Once a night: who guests were long ago is known no more."""
    commands.forget_guests()
