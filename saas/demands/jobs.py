"""Background work of demands: alarms, and the nightly look for what slipped."""

from __future__ import annotations

import logging

from saas.demands import commands
from saas.jobs.queue import job
from saas.kernel.unit_of_work import unit_of_work

_log = logging.getLogger(__name__)


@job("demands.tick", plane="tenant", own_transactions=True)
def tick() -> None:
    """Do what is due in this district, batch after batch, each whole or not at all."""
    while _batch():
        pass


def _batch() -> bool:
    """Whether there may be more. One that cannot be done must not hold up the others."""
    try:
        with unit_of_work():
            done = commands.ring()
        return done >= commands.BATCH
    except Exception:  # noqa: BLE001 - whatever one demand raises, the others must not wait for it
        _log.exception("a batch of alarms failed; each is tried alone")
    return _each_alone()


def _each_alone() -> bool:
    """Whether to go on: there may be more, and something was done, so it does not go in rounds."""
    with unit_of_work():
        waiting = commands.due_ids()
    done = [_alone(demand_id) for demand_id in waiting]
    return len(done) >= commands.BATCH and any(done)


def _alone(demand_id: int) -> bool:
    try:
        with unit_of_work():
            return commands.ring_for(demand_id)
    except Exception:  # noqa: BLE001 - the same
        _log.exception("the alarm of demand %s failed; the nightly repair reports it", demand_id)
        return False


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
