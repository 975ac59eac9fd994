"""What the worker does for the health of a district."""

from __future__ import annotations

from saas.jobs.queue import job
from saas.onboarding import commands


@job("onboarding.recheck", plane="tenant", nightly=True)
def recheck() -> None:
    """Run the checks again where somebody ran them before, so that the badge tells what broke."""
    commands.recheck()
