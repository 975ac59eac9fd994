"""Background work of the control plane."""

from __future__ import annotations

from saas.jobs.queue import JOBS, job
from saas.kernel.context import Actor, Tenant, current_tenant, entering
from saas.kernel.rounds import each_alone, raise_first
from saas.kernel.unit_of_work import unit_of_work
from saas.tenancy import leaving, metering, progress, provisioning, queries, sealing


@job("tenancy.provision", plane="hub", own_transactions=True)
def provision(tenant_id: int) -> None:
    """Bring a requested district up."""
    provisioning.provision(tenant_id)


@job("tenancy.archive", plane="hub")
def archive(code: str, operator: str) -> None:
    """Write the archive that an operator asked for."""
    try:
        leaving.archive_here(code, actor=Actor(kind="operator", login=operator))
    finally:
        progress.end(code)


@job("tenancy.compare", plane="hub")
def compare(one: str, other: str, operator: str) -> None:
    """Compare two districts, as an operator asked for."""
    try:
        leaving.compare_and_note(one, other, actor=Actor(kind="operator", login=operator))
    finally:
        progress.end(one)


@job("tenancy.remove", plane="hub", own_transactions=True)
def remove(code: str, reason: str, operator: str) -> None:
    """Delete what is left of a district that was condemned."""
    leaving.remove(code, reason=reason, actor=Actor(kind="operator", login=operator))


@job("tenancy.discard", plane="hub", own_transactions=True)
def discard(schema: str) -> None:
    """Delete tables and files that no district stands on any more."""
    leaving.discard(schema)


@job("tenancy.usage", plane="hub", own_transactions=True, cron="7 * * * *")
def usage() -> None:
    """Count by the hour what every district uses that is open for work."""
    with unit_of_work():
        districts = queries.working_scopes()
    raise_first(each_alone(districts, metering.count_scope))


#: In the small hours of Chinese districts; the queue counts in UTC.
_NIGHT = "17 19 * * *"


@job("tenancy.nightly", plane="hub", own_transactions=True, cron=_NIGHT)
def nightly() -> None:
    """Queue every nightly job for every district that is open for work."""
    with unit_of_work():
        districts = queries.working_scopes()
    raise_first(each_alone(districts, _queue_night_of))


def _queue_night_of(district: Tenant) -> None:
    with entering(district), unit_of_work():
        for declared in JOBS.values():
            if declared.nightly:
                declared.enqueue(once=declared.name)


#: Who was sealed within the hour is left alone, so one whose writers were too busy is tried again.
_THREE_TIMES_AN_HOUR = "7,27,47 * * * *"


@job("tenancy.seal", plane="hub", own_transactions=True, cron=_THREE_TIMES_AN_HOUR)
def seal() -> None:
    """Seal what is new in every district and in the hub; keep the roots of the day."""
    sealing.seal_due()


@job("tenancy.check_seals", plane="tenant", own_transactions=True, nightly=True)
def check_seals() -> None:
    """Hold every row of this district against its seals, and say what came of it."""
    sealing.check(current_tenant())
