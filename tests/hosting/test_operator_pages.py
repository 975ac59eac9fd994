"""What the operator sees and does of a district: edition, another administrator, usage, quotas."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
from flask import Flask

from saas.accounts.models import Person
from saas.kernel import clock
from saas.kernel.audit import AuditEntry
from saas.kernel.context import entering
from saas.kernel.db import session
from saas.kernel.unit_of_work import unit_of_work
from saas.notices.models import Notice
from saas.packages.model import queries as model
from saas.packages.models import InstalledPackage
from saas.tenancy import metering, queries
from tests.support import District, Visitor

AT = "/hub/districts/alpha"


def _hub(app: Flask):  # type: ignore[no-untyped-def]
    return entering(app.extensions["saas"].hub)


def _count(app: Flask, code: str = "alpha") -> None:
    with app.test_request_context(), _hub(app):
        metering.count(code)


def test_the_list_says_the_edition_and_when_somebody_was_last_there(
    app: Flask, operator: Visitor, alpha: District
) -> None:
    alpha.client("admin").get("/me")
    _count(app)
    with alpha.work():
        edition = model.installed_edition()
    page = operator.get("/hub/").text
    assert edition is not None
    assert "@" in edition
    assert edition in page
    with app.test_request_context(), _hub(app):
        usage = queries.usage_of(queries.access_tenant("alpha"))
        assert usage is not None
        assert usage.seen_at is not None
        assert set(usage.counts) == {"people", "demands", "files", "sms", "database", "rows"}
        assert usage.counts["people"] == len(alpha.people)
        assert usage.counts["database"] > 1_000_000


def test_counted_again_nothing_is_there_twice_and_what_was_seen_stays(
    app: Flask, operator: Visitor, alpha: District
) -> None:
    alpha.client("admin").get("/me")
    _count(app)
    with app.test_request_context(), _hub(app):
        before = queries.usage_of(queries.access_tenant("alpha")).seen_at  # type: ignore[union-attr]
    with alpha.work():
        session.execute(sa.text("DELETE FROM sign_ins"))
    _count(app)
    with app.test_request_context(), _hub(app):
        after = queries.usage_of(queries.access_tenant("alpha"))
        assert after is not None
        assert after.seen_at == before


def test_a_district_is_told_of_an_edition_and_merges_itself(
    operator: Visitor, alpha: District
) -> None:
    with alpha.work():
        row = session.scalars(sa.select(InstalledPackage)).first()
        assert row is not None
        head = {**row.content["package"], "version": "0.9.0"}
        row.version, row.content = "0.9.0", {**row.content, "package": head}
    page = operator.get(f"{AT}/model").text
    assert f"{alpha.tenant.package}@0.9.0" in page
    with alpha.work():
        key, version = model.newer()[0]
    edition = f"{key}@{version}"
    assert edition in page
    assert operator.post(f"{AT}/model", form=f"{AT}/model", edition=edition).status_code == 302
    assert (
        operator.post(f"{AT}/model", form=f"{AT}/model", edition="1519@99.0.0").status_code == 422
    )
    with alpha.work():
        notice = session.scalars(
            sa.select(Notice).where(Notice.kind == "hosting.edition_offered")
        ).one()
        assert notice.person_id == alpha.people["admin"]
        assert notice.path == f"/model/upgrade/{key}/{version}"
        assert model.installed_edition() == f"{alpha.tenant.package}@0.9.0"
    assert edition in operator.get(AT).text


def test_where_an_administrator_was_in_lately_the_operator_opens_no_door(
    operator: Visitor, alpha: District
) -> None:
    with alpha.work():
        session.get_one(Person, alpha.people["admin"]).last_sign_in_at = clock.now()
    typed = {"administrator": "新人", "login": "second", "reason": "调走"}
    at = f"{AT}/administrators"
    assert operator.post(at, form="/hub/", **typed).status_code == 422
    with alpha.work():
        assert session.scalar(sa.select(Person.id).where(Person.login == "second")) is None


def test_another_administrator_is_invited_and_the_first_one_is_told(
    operator: Visitor, alpha: District
) -> None:
    with alpha.work():
        first = session.get_one(Person, alpha.people["admin"])
        first.last_sign_in_at = clock.now() - timedelta(days=31)
        name = first.name
    at = f"{AT}/administrators"
    assert name not in operator.get(at).text  # no more of it than needed
    assert (
        operator.post(at, form=at, administrator="", login="second", reason="x").status_code == 422
    )
    answer = operator.post(at, form=at, administrator="新人", login="second", reason="前任调走")
    assert answer.status_code == 302
    link = operator.get(AT).text.partition("/d/alpha/welcome/")[2].partition('"')[0]
    fresh = alpha.client()
    assert fresh.get(f"/welcome/{link}").status_code == 200
    with alpha.work():
        told = session.scalars(
            sa.select(Notice).where(Notice.kind == "hosting.administrator_invited")
        ).one()
        assert told.person_id == alpha.people["admin"]
        entry = session.scalars(
            sa.select(AuditEntry).where(AuditEntry.action == "hosting.invite_administrator")
        ).one()
        assert (entry.actor_kind, entry.actor_name) == ("operator", "值班员")


def test_quotas_are_set_and_seen_on_both_sides(
    app: Flask, operator: Visitor, alpha: District
) -> None:
    _count(app)
    at = f"{AT}/usage"
    assert operator.post(at, form=at, megabytes="x", people="", sms="").status_code == 422
    assert operator.post(at, form=at, megabytes="50", people="11", sms="").status_code == 302
    page = operator.get(at).text
    assert "50.0 MB" in page
    assert "90 % used" in page
    admin = alpha.client("admin")
    admin.get("/language/en")
    own = admin.get("/settings/usage").text
    assert "People: 90 % of the quota are used." in own
    assert operator.post(at, form=at, megabytes="", people="", sms="").status_code == 302
    assert "of the quota are used" not in admin.get("/settings/usage").text
    with app.test_request_context(), _hub(app), unit_of_work():
        verbs = [event.verb for event in queries.events_of(queries.access_tenant("alpha"))]
        assert verbs.count("quotas") == 2
