"""Bringing a district up: all of it or nothing, wherever it is killed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa
from flask import Flask

from saas.kernel.context import SYSTEM, entering
from saas.kernel.db import session
from saas.kernel.domain import Domains, Seed
from saas.kernel.errors import AppError
from saas.kernel.unit_of_work import unit_of_work
from saas.settings import Settings
from saas.tenancy import commands, provisioning, queries, schema
from saas.tenancy.models import ProvisioningStep, TenantEvent
from saas.tenancy.provisioning import ProvisioningFailed
from tests.support import District, run_worker

pytestmark = pytest.mark.commits


class Killed(BaseException):
    """The process died here: nothing may catch it."""


@pytest.fixture
def in_hub(app: Flask, _districts: object) -> Iterator[Flask]:
    """Working in the hub with real commits."""
    with app.test_request_context(), entering(app.extensions["saas"].hub):
        yield app


def _request(code: str, **more: object) -> int:
    values: dict[str, Any] = {"package": "1519", "name": {"zh": "试验区"}, "seed": {}, **more}
    values["seed"] = {"live": True, **values["seed"]}
    with unit_of_work():
        return commands.request_tenant(code=code, actor=SYSTEM, **values).id


def _schema_of(code: str) -> str:
    return queries.access_tenant(code).schema_name


def _exists(settings: Settings, name: str) -> tuple[bool, bool]:
    with psycopg.connect(settings.owner_url or "") as owner:
        role = owner.execute("SELECT 1 FROM pg_roles WHERE rolname LIKE %s", (f"{name}%",))
        return schema.schema_exists(owner, name), role.fetchone() is not None


STEPS = ("schema", "package", "territory", "culture", "rooms", "people", "demo", "open")


def test_the_steps_are_those_that_these_tests_kill(in_hub: Flask) -> None:
    assert tuple(provisioning.step_names()) == STEPS


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("moment", ["before", "after"])
def test_killed_at_a_step_it_is_invisible_and_the_next_run_finishes_it(
    in_hub: Flask, monkeypatch: pytest.MonkeyPatch, step: str, moment: str
) -> None:
    code = f"k-{step}-{moment}"
    tenant_id = _request(code, seed={"streets": [{"name": {"zh": "一街"}}]})
    original = provisioning._pass_on

    def die(tenant: int, done: str | None, doing: str | None) -> None:
        if (doing if moment == "before" else done) == step:
            raise Killed
        original(tenant, done, doing)

    monkeypatch.setattr(provisioning, "_pass_on", die)
    with pytest.raises(Killed):
        provisioning.provision(tenant_id)
    session.remove()
    live = in_hub.test_client().get(f"/d/{code}/").status_code
    assert live == (200 if (step, moment) == ("open", "after") else 404)

    monkeypatch.undo()
    provisioning.provision(tenant_id)
    session.remove()
    assert in_hub.test_client().get(f"/d/{code}/").status_code == 200
    states = {s.step: s.state for s in queries.steps_of(queries.access_tenant(code))}
    if (step, moment) != ("open", "after"):
        assert states == dict.fromkeys(STEPS, "done")
    page = in_hub.test_client().get(f"/d/{code}/rooms").text
    assert page.count("data-room=") == 19


def test_a_step_that_fails_leaves_nothing_and_says_which(
    in_hub: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def burst(_: dict[str, object]) -> None:
        raise ValueError("no")

    wiring = in_hub.extensions["saas"]
    rooms = (Seed("rooms", burst, 30),)
    domains = (replace(d, seeds=rooms) if d.name == "rooms" else d for d in wiring.domains)
    unfit = replace(wiring, domains=Domains(tuple(domains)))
    monkeypatch.setitem(in_hub.extensions, "saas", unfit)
    tenant_id = _request("burst")
    with pytest.raises(ProvisioningFailed):
        provisioning.provision(tenant_id)
    session.remove()
    tenant = queries.access_tenant("burst")
    assert (tenant.state, tenant.state_reason) == ("failed", "rooms")
    assert _exists(settings, tenant.schema_name) == (False, False)
    assert in_hub.test_client().get("/d/burst/").status_code == 404

    monkeypatch.undo()
    with unit_of_work():
        commands.retry("burst", actor=SYSTEM)
    provisioning.provision(tenant_id)
    session.remove()
    assert queries.access_tenant("burst").state == "active"


@pytest.mark.parametrize(
    "request_of",
    [
        {"package": "none"},
        {"seed": {"package_version": "9.9.9"}},
        {"seed": {"demo": "nonsense"}},
        {"seed": {"demo": "longjing"}},  # it was made for an edition of its own
    ],
)
def test_what_cannot_succeed_is_refused_before_it_is_queued(
    in_hub: Flask, request_of: dict[str, Any]
) -> None:
    with pytest.raises(AppError):
        _request("nopack", **request_of)
    session.remove()
    assert queries.find_by_code("nopack") is None


def test_a_step_that_fails_leaves_the_district_failed_and_nothing_stored(
    in_hub: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    tenant_id = _request("gone-package")
    with unit_of_work():
        queries.access_tenant("gone-package").package = "gone-since"
    with pytest.raises(ProvisioningFailed):
        provisioning.provision(tenant_id)
    session.remove()
    assert queries.access_tenant("gone-package").state == "failed"


def test_the_worker_brings_up_what_was_requested(in_hub: Flask, settings: Settings) -> None:
    _request("queued")
    session.remove()
    run_worker(in_hub, settings.owner_url or "")
    assert queries.access_tenant("queued").state == "active"


def test_every_move_is_an_event_that_stays(in_hub: Flask) -> None:
    tenant_id = _request("storied")
    provisioning.provision(tenant_id)
    with unit_of_work():
        commands.suspend("storied", reason="整改", actor=SYSTEM)
    with unit_of_work():
        commands.resume("storied", actor=SYSTEM)
    rows = session.execute(
        sa.select(TenantEvent.verb, TenantEvent.before, TenantEvent.after, TenantEvent.reason)
        .where(TenantEvent.tenant_id == tenant_id)
        .order_by(TenantEvent.id)
    ).all()
    assert [tuple(row) for row in rows] == [
        ("request", None, "requested", None),
        ("start", "requested", "provisioning", None),
        ("activate", "provisioning", "active", None),
        ("suspend", "active", "suspended", "整改"),
        ("resume", "suspended", "active", None),
    ]


def test_provisioning_twice_at_once_builds_one_district(in_hub: Flask) -> None:
    tenant_id = _request("twice")
    provisioning.provision(tenant_id)
    provisioning.provision(tenant_id)
    session.remove()
    query = sa.select(sa.func.count()).select_from(ProvisioningStep)
    assert session.scalar(query.where(ProvisioningStep.tenant_id == tenant_id)) == len(STEPS)


def test_a_schema_that_is_not_ours_is_never_dropped(settings: Settings) -> None:
    with psycopg.connect(settings.owner_url or "") as owner:
        for name in ("public", "hub", "t_UPPER", "t_short", "t_aaaaaaaaaaaa; DROP"):
            with pytest.raises(schema.NotOurs):
                schema.drop_schema(owner, name)
        foreign = schema.new_schema_name()
        owner.execute(f"CREATE SCHEMA {foreign}")
        with pytest.raises(schema.NotOurs):
            schema.drop_schema(owner, foreign)
        owner.rollback()


def test_the_role_of_care_files_reaches_nothing_of_the_rest(
    settings: Settings, alpha: District, beta: District
) -> None:
    with psycopg.connect(settings.database_url) as runtime:
        own, other = alpha.tenant.schema, beta.tenant.schema
        for role, of in ((own, own), (schema.care_role(own), None)):
            for name in (own, other):
                runtime.execute(f"SET LOCAL ROLE {role}")
                if of == name:
                    runtime.execute(f"SELECT count(*) FROM {name}.people")
                else:
                    with pytest.raises(psycopg.errors.InsufficientPrivilege):
                        runtime.execute(f"SELECT count(*) FROM {name}.people")
                runtime.rollback()


def test_a_district_older_than_the_role_of_care_files_gets_it(
    settings: Settings, alpha: District
) -> None:
    name = alpha.tenant.schema
    with psycopg.connect(settings.owner_url or "") as owner:
        owner.execute(f"REVOKE USAGE ON SCHEMA {name} FROM {schema.care_role(name)}")
        owner.execute(f"DROP ROLE {schema.care_role(name)}")
        assert schema.ensure_care_roles(owner, settings) == 1
        assert schema.ensure_care_roles(owner, settings) == 0
        member = owner.execute(
            "SELECT pg_has_role(%s, %s, 'SET')", (settings.app_role, schema.care_role(name))
        ).fetchone()
        owner.rollback()
    assert member == (True,)


def test_a_process_without_the_owner_cannot_build(in_hub: Flask, settings: Settings) -> None:
    tenant_id = _request("ownerless")
    in_hub.config["SAAS"] = replace(settings, owner_url=None)
    try:
        with pytest.raises(ProvisioningFailed):
            provisioning.provision(tenant_id)
    finally:
        in_hub.config["SAAS"] = settings
