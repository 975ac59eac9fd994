"""Background work of appointments: a word the day before."""

from __future__ import annotations

from saas.demands.guides import commands
from saas.jobs.queue import job


@job(commands.REMIND_JOB, plane="tenant", nightly=True)
def remind() -> None:
    """Tell those who come within a day; at night what was lost is told, too."""
    commands.remind()
