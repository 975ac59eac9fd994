"""Reading the control plane. Every function here works in the hub scope."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import sqlalchemy as sa

from saas.kernel import clock, context, crypto
from saas.kernel.db import session
from saas.kernel.errors import NotFound
from saas.kernel.folding import has_words
from saas.kernel.paging import page_of
from saas.signin import queries as signing
from saas.signin.models import HubSignIn
from saas.tenancy import rules
from saas.tenancy.models import (
    Archive,
    Host,
    OldCode,
    Operator,
    ProvisioningStep,
    TenantEvent,
    Usage,
)
from saas.tenancy.models import Tenant as Tenant  # higher floors type with it


def as_scope(tenant: Tenant) -> context.Tenant:
    """The frozen value that running code carries instead of the row."""
    return context.Tenant(
        id=tenant.id,
        code=tenant.code,
        schema=tenant.schema_name,
        name=dict(tenant.name),
        kind=tenant.kind,
        state=tenant.state,
        look=tenant.look,
        official_code=tenant.official_code or "",
        package=tenant.package,
        read_only=rules.ROUTING[tenant.state].read_only,
        staff_only=rules.ROUTING[tenant.state].staff_only,
        clock_shift=tenant.clock_shift or timedelta(),
        ends_at=tenant.due_at if tenant.kind == "demo" else None,
        quotas=quotas_of(tenant),
        keys=crypto.unwrap_keys(tenant.keys) if tenant.keys else None,
    )


def quotas_of(tenant: Tenant) -> context.Quotas:
    """How much a tenant may use."""
    return context.Quotas(tenant.quota_bytes, tenant.quota_people, tenant.quota_sms)


def usage_of(tenant: Tenant) -> Usage | None:
    """What a tenant used when it was counted last."""
    return session.scalar(sa.select(Usage).where(Usage.tenant_id == tenant.id))


def usage_by_tenant(tenant_ids: Collection[int]) -> dict[int, Usage]:
    """The same of several, by their ids."""
    query = sa.select(Usage).where(Usage.tenant_id.in_(tenant_ids))
    return {row.tenant_id: row for row in session.scalars(query)}


def working_scopes() -> list[context.Tenant]:
    """Every district that is open and may be written to."""
    query = sa.select(Tenant).where(Tenant.state.in_(rules.WORKING)).order_by(Tenant.id)
    return [as_scope(tenant) for tenant in session.scalars(query)]


def has_tables() -> sa.ColumnElement[bool]:
    """That a district's schema exists and is brought along."""
    return Tenant.state.in_(rules.MIGRATED)


def scopes_with_tables() -> list[context.Tenant]:
    """Every district whose schema exists, open or not."""
    query = sa.select(Tenant).where(has_tables()).order_by(Tenant.id)
    return [as_scope(tenant) for tenant in session.scalars(query)]


def find_by_code(code: str) -> Tenant | None:
    """The tenant with this handle."""
    return session.scalar(sa.select(Tenant).where(Tenant.code == code))


def find_by_schema(schema: str) -> Tenant | None:
    """The tenant with this generated name."""
    return session.scalar(sa.select(Tenant).where(Tenant.schema_name == schema))


def by_schema(schemas: Collection[str]) -> dict[str, Tenant]:
    """The districts that have these schemas, by schema."""
    query = sa.select(Tenant).where(Tenant.schema_name.in_(schemas))
    return {tenant.schema_name: tenant for tenant in session.scalars(query)}


def find_by_host(host: str) -> Tenant | None:
    """The tenant that this custom domain leads to."""
    query = sa.select(Tenant).join(Host, Host.tenant_id == Tenant.id).where(Host.host == host)
    return session.scalar(query.where(Host.proved_at.is_not(None)))


def hosts_at(code: str) -> list[str]:
    """The host names that lead to a tenant besides its path."""
    query = sa.select(Host.host).join(Tenant, Tenant.id == Host.tenant_id)
    proved = Tenant.code == code, Host.proved_at.is_not(None)
    return list(session.scalars(query.where(*proved).order_by(Host.host)))


def hosts_of(tenant: Tenant) -> Sequence[Host]:
    """What is written down of a tenant's host names, proved or not."""
    query = sa.select(Host).where(Host.tenant_id == tenant.id).order_by(Host.host)
    return session.scalars(query).all()


def find_by_old_code(code: str) -> Tenant | None:
    """The tenant that had this handle before."""
    query = sa.select(Tenant).join(OldCode, OldCode.tenant_id == Tenant.id)
    return session.scalar(query.where(OldCode.code == code))


def old_codes_of(tenant: Tenant) -> Sequence[str]:
    """The handles that a tenant had before, the first of them first."""
    query = sa.select(OldCode.code).where(OldCode.tenant_id == tenant.id).order_by(OldCode.id)
    return session.scalars(query).all()


def access_tenant(code: str, *, lock: bool = False) -> Tenant:
    """The tenant with this handle, or that had it before; else `NotFound`. ``lock`` holds the row
    until the end.
    """
    before = sa.select(OldCode.tenant_id).where(OldCode.code == code)
    query = sa.select(Tenant).where(sa.or_(Tenant.code == code, Tenant.id.in_(before)))
    tenant = session.scalar(query.with_for_update() if lock else query)
    if tenant is None:
        raise NotFound
    return tenant


def access_working(code: str) -> Tenant:
    """The tenant with this handle if it is open for work, else `NotFound`."""
    tenant = access_tenant(code)
    if tenant.state not in rules.WORKING:
        raise NotFound
    return tenant


def list_tenants(
    search: str = "", state: str = "", *, number: int = 1, size: int = 50
) -> tuple[Sequence[Tenant], int]:
    """One page of tenants by code, and how many there are in all."""
    query = sa.select(Tenant)
    if search:
        names = Tenant.name["zh"].astext, Tenant.name["en"].astext
        query = query.where(has_words(search, Tenant.code, *names, Tenant.official_code))
    if state:
        query = query.where(Tenant.state == state)
    return page_of(query.order_by(Tenant.code), number, size)


def count_by_state() -> dict[str, int]:
    """How many tenants are in each state."""
    rows = session.execute(sa.select(Tenant.state, sa.func.count()).group_by(Tenant.state))
    return {state: number for state, number in rows}


def suspended_beside(tenant: Tenant) -> Sequence[Tenant]:
    """Other districts that are suspended, as one is that was just restored."""
    query = sa.select(Tenant).where(Tenant.state == "suspended", Tenant.id != tenant.id)
    return session.scalars(query.order_by(Tenant.code)).all()


def last_comparing(tenant: Tenant) -> TenantEvent | None:
    """What a tenant was compared with last, unless it has changed places since."""
    query = sa.select(TenantEvent).where(
        TenantEvent.tenant_id == tenant.id, TenantEvent.verb.in_(["compare", "swap"])
    )
    found = session.scalars(query.order_by(TenantEvent.id.desc()).limit(1)).first()
    return found if found and found.verb == "compare" else None


def archives_of(tenant: Tenant) -> Sequence[Archive]:
    """Its archives, the newest first."""
    query = sa.select(Archive).where(Archive.tenant_id == tenant.id).order_by(Archive.id.desc())
    return session.scalars(query).all()


def events_of(tenant: Tenant) -> Sequence[TenantEvent]:
    """The tenant's history, newest first."""
    query = sa.select(TenantEvent).where(TenantEvent.tenant_id == tenant.id)
    return session.scalars(query.order_by(TenantEvent.id.desc())).all()


def steps_of(tenant: Tenant) -> Sequence[ProvisioningStep]:
    """The recorded steps of bringing the tenant up, in order."""
    query = sa.select(ProvisioningStep).where(ProvisioningStep.tenant_id == tenant.id)
    return session.scalars(query.order_by(ProvisioningStep.position)).all()


def open_demo_districts() -> Sequence[Tenant]:
    """Demo districts that every visitor may enter; those of somebody's own are not among them."""
    query = sa.select(Tenant).where(
        Tenant.kind == "demo", Tenant.state == "active", Tenant.due_at.is_(None)
    )
    return session.scalars(query.order_by(Tenant.code)).all()


def demos_over() -> Sequence[Tenant]:
    """Demos of somebody's own whose days are over."""
    query = sa.select(Tenant).where(
        Tenant.kind == "demo",
        Tenant.due_at < sa.func.now(),
        Tenant.state.in_(("requested", "failed", "active", "suspended", "maintenance")),
    )
    return session.scalars(query.order_by(Tenant.id)).all()


def find_template() -> Tenant | None:
    """What demos are copied from, wherever it stands."""
    return session.scalar(sa.select(Tenant).where(Tenant.kind == "template").order_by(Tenant.id))


def find_operator(login: str) -> Operator | None:
    """The operator with this login, unless disabled."""
    return session.scalar(
        sa.select(Operator).where(Operator.login == login, Operator.disabled_at.is_(None))
    )


def living_operator(operator_id: int) -> Operator | None:
    """The operator with this id, unless disabled."""
    operator = session.get(Operator, operator_id)
    return None if operator is None or operator.disabled_at else operator


def looks_until(tenant: Tenant) -> datetime | None:
    """Until when operators may look into a district; None where they may not."""
    until = tenant.support_until
    return until if until and until > clock.now() and tenant.state in rules.WORKING else None


def began_anew_since(code: str, lasts: timedelta) -> bool:
    """Whether a demo has begun anew within so long."""
    query = sa.select(TenantEvent.id).join(Tenant, Tenant.id == TenantEvent.tenant_id)
    anew = Tenant.code == code, TenantEvent.verb == "begin_anew"
    return session.scalar(query.where(*anew, TenantEvent.at > clock.now() - lasts)) is not None


def offered_to(tenant: Tenant) -> dict[str, datetime]:
    """The editions that a district was told of, with when."""
    query = sa.select(TenantEvent.reason, sa.func.max(TenantEvent.at)).where(
        TenantEvent.tenant_id == tenant.id, TenantEvent.verb == "offer_edition"
    )
    return {str(edition): at for edition, at in session.execute(query.group_by(TenantEvent.reason))}


def still_signed_in(operator_id: int, sign_in_id: int) -> bool:
    """Whether an operator is signed in here by this sign-in, and is one still."""
    query = (
        sa.select(HubSignIn.id)
        .join(Operator, HubSignIn.owner_id == Operator.id)
        .where(
            HubSignIn.id == sign_in_id,
            HubSignIn.epoch == Operator.session_epoch,
            Operator.id == operator_id,
            Operator.disabled_at.is_(None),
            sa.or_(HubSignIn.ends_at.is_(None), HubSignIn.ends_at > sa.func.now()),
        )
    )
    return session.scalar(query) is not None


def load_operator(operator_id: int, key: str) -> context.Actor | None:
    """The operator by the sign-in of this key; None when that is over, or the operator disabled."""
    query = (
        sa.select(Operator, *signing.proof_of(HubSignIn))
        .join(HubSignIn, signing.is_of(HubSignIn, Operator.id, Operator.session_epoch))
        .where(Operator.id == operator_id, Operator.disabled_at.is_(None))
    )
    found = session.execute(query, {"key_hash": signing.hash_of(key)}).first()
    if found is None:
        return None
    return replace(as_actor(found[0]), proof=context.Proof(*found[1:]))


def as_actor(operator: Operator) -> context.Actor:
    """The operator as the one who acts."""
    return context.Actor(kind="operator", id=operator.id, name=operator.name, login=operator.login)
