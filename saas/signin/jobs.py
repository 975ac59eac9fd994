"""What is old goes at night."""

from __future__ import annotations

from saas.jobs.queue import job
from saas.signin import commands


@job("signin.sweep", plane="tenant", nightly=True)
def sweep() -> None:
    """Tries that count no more, and sign-ins that nobody used for a fortnight."""
    commands.sweep()
