"""Changing the control plane. Every function here works in the hub scope and commits nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from saas.jobs import pulse
from saas.jobs.queue import JOBS
from saas.kernel import clock, context
from saas.kernel.context import Actor, Label
from saas.kernel.crypto import check_password
from saas.kernel.db import session
from saas.kernel.errors import Conflict, Invalid, NotFound
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.runtime import wired
from saas.signin import commands as signing
from saas.signin.queries import second_rules, world_now
from saas.signin.rules import Owner
from saas.tenancy import queries, rules
from saas.tenancy.events import tenant_changed
from saas.tenancy.models import Operator, ProvisioningStep, Tenant, TenantEvent
from saas.tenancy.schema import new_schema_name


def note(
    tenant: Tenant,
    verb: str,
    *,
    actor: Actor,
    before: str | None = None,
    reason: str | None = None,
    **facts: Any,
) -> None:
    """Add a line to the tenant's history."""
    session.add(
        TenantEvent(
            tenant_id=tenant.id,
            at=clock.now(),
            actor=actor.login or actor.kind,
            verb=verb,
            before=before,
            after=tenant.state,
            reason=reason,
            facts=facts,
        )
    )


def request_tenant(
    *,
    code: str,
    name: Label,
    package: str,
    look: str = "plain",
    kind: str = "standard",
    official_code: str | None = None,
    seed: dict[str, Any] | None = None,
    queued: bool = True,
    actor: Actor,
) -> Tenant:
    """Register a district and queue its provisioning, unless the caller provisions it at once.

    ``seed`` goes to the seeding steps, which are asked first whether they can do it.
    """
    _ensure_possible(code, package, seed or {})
    tenant = Tenant(
        code=code,
        schema_name=new_schema_name(),
        name=name,
        kind=kind,
        state="requested",
        package=package,
        look=look,
        official_code=official_code or None,
        created_at=clock.now(),
        seed=seed or {},
    )
    session.add(tenant)
    session.flush()
    note(tenant, "request", actor=actor, package=package, kind=kind)
    if queued:
        _queue_provisioning(tenant)
    return tenant


def _ensure_possible(code: str, package: str, seed: dict[str, Any]) -> None:
    """Refuse what cannot succeed before it is queued."""
    if not rules.usable_code(code):
        raise Invalid({"code": [_l("Use 2 to 32 small letters, digits and inner hyphens.")]})
    if queries.find_by_code(code) or queries.find_by_old_code(code):
        raise Invalid({"code": [_l("Another district has this code.")]})
    for step in wired().domains.seeds:
        if step.check:
            step.check(package, seed)


def _queue_provisioning(tenant: Tenant) -> None:
    key = f"provision:{tenant.id}"
    JOBS["tenancy.provision"].enqueue(lock=key, once=key, tenant_id=tenant.id)


def move(tenant: Tenant, after: str, *, actor: Actor, reason: str | None = None) -> None:
    """Take a tenant to another state; raises `Conflict` for a step that is not in the table."""
    step = rules.legal(tenant.state, after)
    if step is None or _opens_by_the_way(tenant, step, after):
        raise Conflict
    if step.samples and tenant.kind not in rules.SAMPLES:
        raise Conflict
    if step.needs_reason and not (reason or "").strip():
        raise Invalid({"reason": [_l("Say why, in a sentence: the district will see it.")]})
    before, tenant.state = tenant.state, after
    tenant.state_reason = reason
    if after == "active" and tenant.activated_at is None:
        tenant.activated_at = clock.now()
    note(tenant, step.verb, actor=actor, before=before, reason=reason)
    session.flush()
    tenant_changed.send(tenant.code)


def retry(code: str, *, actor: Actor) -> Tenant:
    """Set a district up that could not be set up, from the beginning.

    Only the operator's word queues it: a job that queued itself would be there twice.
    """
    tenant = queries.access_tenant(code, lock=True)
    if tenant.state != "failed":
        raise Conflict
    move(tenant, "provisioning", actor=actor)
    _queue_provisioning(tenant)
    return tenant


def again(job: int, *, actor: Actor) -> None:
    """Have a failed job tried once more. Raises `Conflict` for one that does not stand there."""
    _note_job(pulse.again(job), "again", actor)


def give_up(job: int, *, actor: Actor) -> None:
    """Take a failed job out of the queue. Raises `Conflict` for one that does not stand there."""
    _note_job(pulse.give_up(job), "give_up", actor)


def _note_job(job: tuple[str, str] | None, verb: str, actor: Actor) -> None:
    """What was done about a district's job stands in its history."""
    if job is None:
        raise Conflict(_l("This job is not among the failed ones any more."))
    kind, scope = job
    if tenant := queries.find_by_schema(scope):
        note(tenant, verb, actor=actor, kind=kind)


def _opens_by_the_way(tenant: Tenant, step: rules.Move, after: str) -> bool:
    """Whether a district that was closed for a while would come back to where it has not been."""
    home = rules.home_state(was_live=tenant.activated_at is not None)
    return step.verb in {"resume", "restore"} and after != home


def suspend(code: str, *, reason: str, actor: Actor) -> Tenant:
    """Close a district to everybody but keep all it has."""
    tenant = queries.access_tenant(code, lock=True)
    move(tenant, "suspended", actor=actor, reason=reason)
    return tenant


def resume(code: str, *, actor: Actor) -> Tenant:
    """Let those into a suspended district, or one in maintenance, who were let in before."""
    tenant = queries.access_tenant(code, lock=True)
    move(tenant, rules.home_state(was_live=tenant.activated_at is not None), actor=actor)
    return tenant


#: The people of a district as its history in the hub names them: their names stay with them.
DISTRICT = context.Actor(kind="administrator")


def go_live(code: str) -> None:
    """Open a prepared district to everybody: the one step that a district takes by itself.

    Raises `Conflict` for a district in any other state.
    """
    tenant = queries.access_tenant(code, lock=True)
    if tenant.state != "preparing":
        raise Conflict(_l("This district is not being prepared any more."))
    move(tenant, "active", actor=DISTRICT)


def ask_pause(code: str, *, reason: str) -> None:
    """Put down in a district's history that its people want it closed for a while, and why: only
    the operator can do that.
    """
    if not reason.strip():
        raise Invalid({"reason": [_l("Say why, in a sentence.")]})
    note(queries.access_tenant(code), "ask_pause", actor=DISTRICT, reason=reason)


def note_support(code: str, *, until: datetime | None) -> None:
    """Put down that the people of a district let operators look in until then, or no more."""
    tenant = queries.access_tenant(code, lock=True)
    tenant.support_until = until
    note(tenant, "allow_support" if until else "end_support", actor=DISTRICT)


def note_looking(code: str, *, actor: Actor) -> None:
    """Put down that an operator went to look into a district."""
    note(queries.access_tenant(code), "look_in", actor=actor)
    session.flush()


def note_administrator(code: str, *, reason: str, actor: Actor) -> None:
    """Put down that an operator invited another administrator into a district, and why."""
    note(queries.access_tenant(code), "invite_another", actor=actor, reason=reason)
    session.flush()


def note_offer(code: str, edition: str, *, actor: Actor) -> None:
    """Put down that an operator told a district of an edition."""
    note(queries.access_tenant(code), "offer_edition", actor=actor, reason=edition)
    session.flush()


def note_invitation(tenant: Tenant, *, actor: Actor) -> None:
    """Put down that the operator made out the first administrator's invitation anew."""
    note(tenant, "invite", actor=actor)


def lay_out_steps(tenant_id: int, names: Sequence[str]) -> None:
    """Write down what there is to do, in this order; what is done stays so."""
    query = sa.select(ProvisioningStep).where(ProvisioningStep.tenant_id == tenant_id)
    known = {row.step: row for row in session.scalars(query)}
    for position, name in enumerate(names):
        row = known.get(name)
        if row is None:
            row = ProvisioningStep(tenant_id=tenant_id, step=name, position=position, state="todo")
            session.add(row)
        elif row.state != "done":
            row.state, row.error = "todo", None


def record_step(tenant_id: int, step: str, *, state: str, error: str | None = None) -> None:
    """Write down where provisioning stands, at a step that was laid out."""
    values: dict[str, Any] = {"state": state, "error": error}
    if state == "doing":
        values |= {"started_at": clock.now(), "finished_at": None}
    elif state in {"done", "failed"}:
        values["finished_at"] = clock.now()
    session.execute(
        sa.update(ProvisioningStep)
        .where(ProvisioningStep.tenant_id == tenant_id, ProvisioningStep.step == step)
        .values(**values)
    )


def create_operator(*, login: str, name: str, password: str) -> Operator:
    """Let somebody run the service. Raises `Invalid` for a taken login or a short password."""
    hashed = signing.new_hash(password, (login, name))
    if session.scalar(sa.select(Operator).where(Operator.login == login)):
        raise Invalid({"login": [_l("This login is taken.")]})
    operator = Operator(login=login, name=name, password_hash=hashed)
    session.add(operator)
    session.flush()
    return operator


def sign_in(*, login: str, password: str, address: str, device: str) -> tuple[Operator, int] | None:
    """The operator, and how many tries with this name were wrong since the last right one; or None.

    The try is stored before it is checked. Raises `TooMany` as `signing.ensure_may_try` does.
    """
    name = login.lower()
    signing.ensure_may_try(name, address=address, device=device)
    operator = queries.find_operator(login)
    fits = check_password(operator.password_hash if operator else None, password)
    if not fits or operator is None:
        signing.failed(address=address)
        return None
    return operator, signing.passed(name)


def as_owner(operator: Operator) -> Owner:
    """An operator whose password was right: a second step is asked for, after days of grace from
    the first time on.
    """
    required, grace = second_rules()
    if operator.second_due_at is None:
        operator.second_due_at = world_now() + grace
    return Owner(
        operator.id, operator.session_epoch, operator.login, required, operator.second_due_at
    )


def forget_second(login: str) -> None:
    """An operator has lost the second step: every way of it and every sign-in ends."""
    operator = queries.find_operator(login)
    if operator is None:
        raise NotFound
    signing.forget_all(operator.id)
    operator.session_epoch += 1
    operator.second_due_at = world_now()


def turn_clock(code: str, *, ahead: timedelta, actor: Actor) -> None:
    """Turn a demo district's clock further ahead; a real one's is the world's, for ever."""
    tenant = queries.access_tenant(code, lock=True)
    if tenant.kind != "demo" or ahead < timedelta():
        raise Conflict(_l("Only the clock of a demo district can be turned, and only ahead."))
    tenant.clock_shift = (tenant.clock_shift or timedelta()) + ahead
    tenant_changed.send(tenant.code)


def begin_anew(code: str, *, seed: dict[str, Any], queued: bool = True, actor: Actor) -> None:
    """Throw away what is in a demo district and have it made again, by the caller unless
    ``queued``; its clock is the world's.
    """
    tenant = access_sample(code)
    move(tenant, "provisioning", actor=actor)
    put_beside(tenant, new_schema_name())
    tenant.seed, tenant.revision = seed, None
    session.execute(
        sa.update(ProvisioningStep)
        .where(ProvisioningStep.tenant_id == tenant.id)
        .values(state="todo", error=None, started_at=None, finished_at=None)
    )
    session.flush()
    if queued:
        _queue_provisioning(tenant)


def access_sample(code: str) -> Tenant:
    """A demo district, or what demos are copied from, locked; `Conflict` for any other."""
    tenant = queries.access_tenant(code, lock=True)
    if tenant.kind not in rules.SAMPLES:
        raise Conflict(_l("Only a demo district can begin anew."))
    return tenant


def set_end(tenant: Tenant, at: datetime) -> None:
    """Until when a demo of somebody's own stands."""
    tenant.due_at = at
    session.flush()
    tenant_changed.send(tenant.code)


def put_beside(tenant: Tenant, schema_name: str) -> None:
    """Let a demo district stand on another schema; what it stood on is thrown away."""
    old, tenant.schema_name = tenant.schema_name, schema_name
    tenant.clock_shift, tenant.keys = timedelta(), None
    session.flush()
    JOBS["tenancy.discard"].enqueue(schema=old)
    tenant_changed.send(tenant.code)


def note_package(code: str, package: str, *, actor: Actor) -> None:
    """Write down which package a district has now; nothing when that is known."""
    tenant = queries.access_tenant(code, lock=True)
    if tenant.package == package:
        return
    before, tenant.package = tenant.package, package
    note(tenant, "package", actor=actor, old=before, new=package)
    session.flush()
    tenant_changed.send(tenant.code)
