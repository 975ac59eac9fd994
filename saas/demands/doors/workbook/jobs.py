"""Background work of workbooks: taking over what was confirmed, forgetting what was not."""

from __future__ import annotations

from saas.demands.doors.workbook import commands
from saas.jobs.queue import job


@job("demands.take_over", plane="tenant", own_transactions=True)
def take_over(token: str) -> None:
    """A confirmed workbook, portion after portion; what was done stays done if one fails."""
    commands.IMPORTS.take_over(token, commands.import_portion)


@job("demands.forget_imports", plane="tenant", nightly=True)
def forget_imports() -> None:
    """Once a night: workbooks that nobody confirmed are deleted."""
    commands.IMPORTS.forget()
