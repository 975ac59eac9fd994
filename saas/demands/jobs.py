"""Background work of demands: alarms, and the nightly look for what slipped."""

from __future__ import annotations

import logging

from saas import casework
from saas.demands import commands
from saas.jobs.queue import job
from saas.kernel.unit_of_work import unit_of_work

_log = logging.getLogger(__name__)


@job("demands.tick", plane="tenant", own_transactions=True)
def tick() -> None:
    """Do what is due in this district, batch after batch, each whole or not at all."""
    casework.ring_all(commands.ring, commands.due_ids, commands.ring_for, commands.BATCH)


@job("demands.repair", plane="tenant", nightly=True)
def repair() -> None:
    """Once a night: what slipped past its alarm is done and reported."""
    commands.repair()


@job("demands.take_over", plane="tenant", own_transactions=True)
def take_over(token: str) -> None:
    """A confirmed workbook, portion after portion; what was done stays done if one fails."""
    try:
        while _portion(token):
            pass
    except Exception:  # noqa: BLE001 - whatever a row raises, the person is told where it stopped
        _log.exception("a workbook stopped at a row that cannot be taken over")
        with unit_of_work():
            commands.stop_import(token)


def _portion(token: str) -> bool:
    with unit_of_work():
        return commands.import_portion(token)


@job("demands.forget_imports", plane="tenant", nightly=True)
def forget_imports() -> None:
    """Once a night: workbooks that nobody confirmed are deleted."""
    commands.forget_imports()
