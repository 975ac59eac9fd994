"""Background work of guests' demos and of the sample that they are copied from."""

from __future__ import annotations

from saas.jobs.queue import JOBS, job
from saas.kernel.context import current_tenant, entering
from saas.kernel.rounds import each_alone, raise_first
from saas.kernel.runtime import settings
from saas.kernel.unit_of_work import reading, unit_of_work
from saas.showcase import commands as showcase
from saas.showcase.demos import commands, template
from saas.tenancy import queries as tenants
from saas.tenancy.provisioning import hub


@job("showcase.make_demo", plane="hub", own_transactions=True)
def make_demo(tenant_id: int) -> None:
    """Bring an ordered demo up."""
    commands.make(tenant_id)


@job("showcase.demo_anew", plane="hub", own_transactions=True)
def demo_anew(code: str) -> None:
    """Set a demo back to its beginning."""
    commands.set_back(code)


@job("showcase.count", plane="tenant", own_transactions=True)
def count(step: str) -> None:
    """Count that guests of this district came so far."""
    district = current_tenant().id
    with entering(hub()), unit_of_work():
        commands.mark(step, shown_by=district)


@job("showcase.template", plane="hub", own_transactions=True)
def sample() -> None:
    """Make the sample, unless it is there."""
    template.ensure()


@job("showcase.demos_over", plane="hub", own_transactions=True, cron="11 * * * *")
def demos_over() -> None:
    """Throw away the demos whose days are over."""
    with reading():
        over = [tenant.id for tenant in tenants.demos_over()]
    raise_first(each_alone(over, commands.expire))


@job("showcase.night", plane="hub", own_transactions=True, cron="37 18 * * *")
def night() -> None:
    """Make the sample anew, in the small hours of Chinese districts, and set the showrooms back."""
    if not settings().demos_most:
        return
    template.build()
    with unit_of_work():
        for code in (tenant.code for tenant in tenants.open_demo_districts()):
            if code in showcase.codes():
                JOBS["showcase.demo_anew"].enqueue(once=f"anew:{code}", code=code)
