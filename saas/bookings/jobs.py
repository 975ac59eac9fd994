"""Background work of bookings."""

from __future__ import annotations

from saas import casework
from saas.bookings import commands, queries
from saas.jobs.queue import job


@job(commands.JOB, plane="tenant", own_transactions=True)
def tick() -> None:
    """Free what nobody came for, end what is over."""
    casework.ring_all(commands.ring, queries.due_ids, commands.ring_for, commands.BATCH)


@job("bookings.repair", plane="tenant", nightly=True)
def repair() -> None:
    """Once a night: the alarms of the coming days are set anew, so that a lost one is found."""
    commands.set_alarms_ahead()


@job("bookings.forget", plane="tenant", nightly=True)
def forget() -> None:
    """Once a night: who guests were long ago is known no more."""
    commands.forget_guests()
