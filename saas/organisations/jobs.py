"""Background work of organisations."""

from __future__ import annotations

from saas import casework
from saas.jobs.queue import job
from saas.organisations import commands, queries


@job(commands.JOB, plane="tenant", own_transactions=True)
def tick() -> None:
    """Ask who has been silent for long, and let those sleep who did not answer."""
    casework.ring_all(commands.ring, queries.due_ids, commands.ring_for, commands.BATCH)


@job("organisations.repair", plane="tenant", nightly=True)
def repair() -> None:
    """Once a night: the alarms of the coming days are set anew, so that a lost one is found."""
    commands.set_alarms_ahead()
