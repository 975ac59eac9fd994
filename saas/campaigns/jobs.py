"""Background work of campaigns."""

from __future__ import annotations

from saas import casework
from saas.campaigns import commands
from saas.jobs.queue import job


@job(commands.JOB, plane="tenant")
def tick() -> None:
    """Tell who won what is over."""
    casework.ring_out(commands.ring)


@job("campaigns.repair", plane="tenant", nightly=True)
def repair() -> None:
    """Once a night: the alarms of the coming days are set anew, so that a lost one is found."""
    commands.set_alarms_ahead()
    casework.ring_out(commands.ring)
