"""Background work of setting up: workbooks that were confirmed, and those that nobody did."""

from __future__ import annotations

import logging

from saas.jobs.queue import job
from saas.kernel.unit_of_work import unit_of_work
from saas.onboarding.workbook import commands

_log = logging.getLogger(__name__)


@job("onboarding.take_over", plane="tenant", own_transactions=True)
def take_over(token: str) -> None:
    """A confirmed workbook, all of it or nothing."""
    try:
        with unit_of_work():
            commands.run_import(token)
    except Exception:  # noqa: BLE001 - whatever a step raises, the person is told that it stopped
        _log.exception("a workbook could not be taken over; nothing of it was")
        with unit_of_work():
            commands.IMPORTS.stop(token)


@job("onboarding.forget_imports", plane="tenant", nightly=True)
def forget_imports() -> None:
    """Once a night: files that were not taken over within a day are deleted."""
    commands.IMPORTS.forget()
