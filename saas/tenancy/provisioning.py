"""Bringing a district up: recorded steps, each in one transaction, each safe to repeat.

Nothing is routable before the last step, because only that one lets anybody in: into a demo
everybody, into any other district its own staff, who prepare it and let it go live. A worker
that is killed anywhere leaves either a finished step or no trace of it; the next run goes on from
there. When a step fails for good, what was built is dropped and the tenant is marked failed.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Any

import psycopg
import sqlalchemy as sa

from saas.kernel import context
from saas.kernel.context import SYSTEM, Hub, entering
from saas.kernel.db import session
from saas.kernel.domain import Seed
from saas.kernel.runtime import settings, wired
from saas.kernel.unit_of_work import unit_of_work
from saas.tenancy import commands, migrating, queries, rules, schema
from saas.tenancy.models import ProvisioningStep, Tenant

_log = logging.getLogger(__name__)


class ProvisioningFailed(RuntimeError):
    """A step did not succeed; the tenant is marked failed and nothing of it is left."""


def hub() -> Hub:
    """The control plane as a scope."""
    return Hub(role=settings().hub_role)


def step_names() -> list[str]:
    """The steps in order, as the console shows them."""
    return ["schema", *(seed.name for seed in _seeds()), "open"]


def _seeds() -> tuple[Seed, ...]:
    return wired().domains.seeds


def provision(tenant_id: int) -> None:
    """Bring the tenant up from wherever an earlier run stopped. Works in the hub scope."""
    tenant = start(tenant_id, step_names())
    if tenant is None:
        return
    done, before = _done_steps(tenant_id), None
    work = _work_of(tenant)
    for name in [name for name in step_names() if name not in done]:
        try:
            _pass_on(tenant_id, before, name)
            work[name]()
        except Exception as error:
            fail(tenant, name, error)
            raise ProvisioningFailed(f"{tenant.code}: {name}") from error
        before = name
    _pass_on(tenant_id, before, None)


def start(tenant_id: int, steps: Sequence[str]) -> context.Tenant | None:
    """Take a tenant into provisioning; None when there is nothing to do."""
    with unit_of_work():
        row = session.get(Tenant, tenant_id, with_for_update=True)
        if row is None or row.state not in {"requested", "provisioning", "failed"}:
            return None
        if row.state != "provisioning":
            commands.move(row, "provisioning", actor=SYSTEM)
        commands.lay_out_steps(tenant_id, steps)
        return queries.as_scope(row)


def _done_steps(tenant_id: int) -> set[str]:
    query = sa.select(ProvisioningStep.step).where(
        ProvisioningStep.tenant_id == tenant_id, ProvisioningStep.state == "done"
    )
    return set(session.scalars(query))


def _work_of(tenant: context.Tenant) -> dict[str, Callable[[], None]]:
    row = session.get(Tenant, tenant.id)
    seed = dict(row.seed) if row else {}
    session.rollback()
    steps: dict[str, Callable[[], None]] = {"schema": lambda: _build(tenant)}
    for step in _seeds():
        steps[step.name] = _filler(tenant, step, seed)
    steps["open"] = lambda: _open(tenant.id)
    return steps


def _pass_on(tenant_id: int, done: str | None, doing: str | None) -> None:
    """From one step to the next: both are written down in one transaction."""
    with unit_of_work():
        if done:
            commands.record_step(tenant_id, done, state="done")
        if doing:
            commands.record_step(tenant_id, doing, state="doing")


def _build(tenant: context.Tenant) -> None:
    """Schema, role and tables; already there when an earlier run was killed just afterwards."""
    owner_url = settings().owner_url
    if owner_url is None:
        raise ProvisioningFailed("this process has no owner connection")
    revision = migrating.head("tenant")
    with psycopg.connect(owner_url) as owner:
        if not schema.schema_exists(owner, tenant.schema):
            schema.create_schema(owner, tenant.schema, revision, settings())
    with unit_of_work():
        session.execute(sa.update(Tenant).where(Tenant.id == tenant.id).values(revision=revision))


def _filler(tenant: context.Tenant, step: Seed, seed: dict[str, Any]) -> Callable[[], None]:
    def fill() -> None:
        with entering(tenant), unit_of_work():
            step.run(seed)

    return fill


def _open(tenant_id: int) -> None:
    """The last step: the district becomes reachable for those who are to see it, and the seed is
    forgotten.
    """
    with unit_of_work():
        row = session.get(Tenant, tenant_id, with_for_update=True)
        if row is not None and row.state == "provisioning":
            after = rules.first_state(row.kind, live=bool(row.seed.get("live")))
            commands.move(row, after, actor=SYSTEM)
            row.seed = {}


def fail(tenant: context.Tenant, name: str, error: Exception) -> None:
    """Leave nothing of a district that could not be built, and say at which step it broke."""
    _log.error("provisioning broke at %s: %s", name, type(error).__name__)
    session.rollback()
    owner_url = settings().owner_url
    if owner_url:
        with psycopg.connect(owner_url) as owner:
            schema.drop_schema(owner, tenant.schema)
    with unit_of_work():
        row = session.get(Tenant, tenant.id, with_for_update=True)
        if row is None:
            return
        session.execute(
            sa.update(ProvisioningStep)
            .where(ProvisioningStep.tenant_id == tenant.id)
            .values(state="todo", started_at=None, finished_at=None)
        )
        commands.record_step(tenant.id, name, state="failed", error=type(error).__name__)
        row.revision = None
        commands.move(row, "failed", actor=SYSTEM, reason=name)
