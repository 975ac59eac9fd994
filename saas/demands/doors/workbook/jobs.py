"""Background work of workbooks: taking over what was confirmed, forgetting what was not."""

from __future__ import annotations

import logging

from saas.demands.doors.workbook import commands
from saas.jobs.queue import job
from saas.kernel.unit_of_work import unit_of_work

_log = logging.getLogger(__name__)


@job("demands.take_over", plane="tenant", own_transactions=True)
def take_over(token: str) -> None:
    """A confirmed workbook, portion after portion; what was done stays done if one fails."""
    try:
        more = True
        while more:
            with unit_of_work():
                more = commands.import_portion(token)
    except Exception:  # noqa: BLE001 - whatever a row raises, the person is told where it stopped
        _log.exception("a workbook stopped at a row that cannot be taken over")
        with unit_of_work():
            commands.IMPORTS.stop(token)


@job("demands.forget_imports", plane="tenant", nightly=True)
def forget_imports() -> None:
    """Once a night: workbooks that nobody confirmed are deleted."""
    commands.IMPORTS.forget()
