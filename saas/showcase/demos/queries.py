"""Reading what the hub keeps of guests' demos. In the hub scope."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from saas.kernel.db import session
from saas.showcase.demos.models import DemoGrant, FunnelStep
from saas.tenancy.queries import Tenant

_WAITING = ("requested", "provisioning")


def grant_of(tenant_id: int, *, lock: bool = False) -> DemoGrant | None:
    """What is kept of a demo of somebody's own; None of every other district."""
    query = sa.select(DemoGrant).where(DemoGrant.tenant_id == tenant_id)
    return session.scalar(query.with_for_update() if lock else query)


def standing() -> Sequence[tuple[DemoGrant, Tenant]]:
    """Every demo of somebody's own, the newest first."""
    query = sa.select(DemoGrant, Tenant).join(Tenant, Tenant.id == DemoGrant.tenant_id)
    return [tuple(row) for row in session.execute(query.order_by(DemoGrant.id.desc()))]


def many(address_hash: str) -> tuple[int, int, int]:
    """How many stand in all, of this address, and are not there yet."""
    own = DemoGrant.address_hash == address_hash
    waiting = Tenant.state.in_(_WAITING)
    query = sa.select(
        sa.func.count(), sa.func.count().filter(own), sa.func.count().filter(waiting)
    ).select_from(DemoGrant)
    row = session.execute(query.join(Tenant, Tenant.id == DemoGrant.tenant_id)).one()
    return row[0], row[1], row[2]


def first_end() -> datetime | None:
    """When the next demo ends."""
    query = sa.select(sa.func.min(Tenant.due_at)).join(DemoGrant, DemoGrant.tenant_id == Tenant.id)
    return session.scalar(query)


def waits_before(tenant_id: int) -> int:
    """How many demos that are not there yet were asked for before this one."""
    query = sa.select(sa.func.count()).select_from(DemoGrant)
    query = query.join(Tenant, Tenant.id == DemoGrant.tenant_id)
    before = Tenant.state.in_(_WAITING), DemoGrant.tenant_id < tenant_id
    return session.scalar(query.where(*before)) or 0


def funnel(shown_by: int | None = None) -> dict[str, int]:
    """How many came so far, of all or of those whom one district showed round."""
    own = [FunnelStep.shown_by == shown_by] if shown_by else []
    query = sa.select(FunnelStep.step, sa.func.count()).where(*own).group_by(FunnelStep.step)
    counts = {step: number for step, number in session.execute(query)}
    live = sa.select(sa.func.count()).select_from(FunnelStep).where(
        *own, FunnelStep.step == "made", FunnelStep.tenant_id == Tenant.id,
        Tenant.activated_at.is_not(None),
    )  # fmt: skip
    return {**counts, "live": session.scalar(live) or 0}


def steps(step: str) -> Sequence[tuple[FunnelStep, Tenant | None]]:
    """Every time that somebody came so far, the newest first, with the demo or the district."""
    query = sa.select(FunnelStep, Tenant).outerjoin(Tenant, Tenant.id == FunnelStep.tenant_id)
    query = query.where(FunnelStep.step == ("made" if step == "live" else step))
    if step == "live":
        query = query.where(Tenant.activated_at.is_not(None))
    rows = session.execute(query.order_by(FunnelStep.id.desc()).limit(500))
    return [tuple(row) for row in rows]
