"""Background work of packages."""

from __future__ import annotations

from saas.jobs.queue import job
from saas.kernel.context import SYSTEM, current_tenant, entering
from saas.kernel.unit_of_work import reading, unit_of_work
from saas.packages.model import queries
from saas.tenancy import commands as tenancy
from saas.tenancy.provisioning import hub


@job("packages.tell_hub", plane="tenant", own_transactions=True)
def tell_hub() -> None:
    """Let the control plane know which package the district has: nobody removes it then."""
    with reading():
        key = queries.installed_row().key
    code = current_tenant().code
    with entering(hub()), unit_of_work():
        tenancy.note_package(code, key, actor=SYSTEM)
