"""Every change by a workbook or an official list."""

from saas.onboarding.workbook.commands.applying import run_import
from saas.onboarding.workbook.commands.divisions import (
    DivisionList,
    DivisionStep,
    check_divisions,
    kept_list,
    plan_divisions,
    take_divisions,
)
from saas.onboarding.workbook.commands.inviting import invite_new
from saas.onboarding.workbook.commands.keeping import (
    IMPORTS,
    check_workbook,
    ensure_imports,
    give_out,
    keep,
    plan_of,
    sheets_of,
    start_import,
)
