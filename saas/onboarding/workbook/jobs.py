"""Background work of setting up: workbooks that were confirmed, and those that nobody did."""

from __future__ import annotations

from saas.jobs.queue import job
from saas.onboarding.workbook import commands


@job("onboarding.take_over", plane="tenant", own_transactions=True)
def take_over(token: str) -> None:
    """A confirmed workbook, all of it or nothing."""
    commands.IMPORTS.take_over(token, commands.run_import)


@job("onboarding.forget_imports", plane="tenant", nightly=True)
def forget_imports() -> None:
    """Once a night: files that were not taken over within a day are deleted."""
    commands.IMPORTS.forget()
