"""Background work of activities."""

from __future__ import annotations

from saas import casework
from saas.activities import commands, queries
from saas.jobs.queue import job
from saas.kernel.unit_of_work import unit_of_work


@job(commands.JOB, plane="tenant", own_transactions=True)
def tick() -> None:
    """Begin what is due, end offers, serve those who wait, remind those who come."""
    casework.ring_all(commands.ring, queries.due_ids, commands.ring_for, commands.BATCH)
    with unit_of_work():
        commands.look_at_queues()
    with unit_of_work():
        commands.remind()


@job("activities.repair", plane="tenant", nightly=True)
def repair() -> None:
    """Once a night: alarms anew, and places held against parties."""
    commands.repair()


@job("activities.forget", plane="tenant", nightly=True)
def forget() -> None:
    """Once a night: who guests were long ago is known no more."""
    commands.forget_guests()
