"""Background work of the control plane."""

from __future__ import annotations

from saas.jobs.queue import job
from saas.tenancy import provisioning


@job("tenancy.provision", plane="hub", own_transactions=True)
def provision(tenant_id: int) -> None:
    """Bring a requested district up."""
    provisioning.provision(tenant_id)
