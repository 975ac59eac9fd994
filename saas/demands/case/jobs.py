"""Background work of demands: alarms, and the nightly look for what slipped."""

from __future__ import annotations

import logging

from saas import casework
from saas.demands.case import commands, rules
from saas.jobs.queue import job

_log = logging.getLogger(__name__)


@job(rules.CLOCK_JOB, plane="tenant", own_transactions=True)
def tick() -> None:
    """Do what is due in this district, batch after batch, each whole or not at all."""
    casework.ring_all(commands.ring, commands.due_ids, commands.ring_for, commands.BATCH)


@job("demands.repair", plane="tenant", nightly=True)
def repair() -> None:
    """Once a night: what slipped past its alarm is done and reported."""
    commands.repair()
