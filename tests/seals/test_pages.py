"""Who may see the audit list sees whether it was changed; what the page shows was counted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
import sqlalchemy as sa
from flask import Flask
from psycopg import sql

from saas.jobs.queue import JOBS
from saas.jobs.worker import run_job
from saas.kernel.context import entering
from saas.kernel.db import session
from saas.kernel.unit_of_work import unit_of_work
from saas.settings import Settings
from saas.tenancy import commands, queries, sealing
from tests.seals.conftest import look, seal, write
from tests.support import PASSWORD, District, Visitor

pytestmark = [pytest.mark.commits, pytest.mark.usefixtures("fresh")]


@contextmanager
def _hub(app: Flask) -> Iterator[None]:
    with app.test_request_context(), entering(app.extensions["saas"].hub):
        yield


@pytest.fixture
def operator(app: Flask, district: District) -> Visitor:
    with _hub(app), unit_of_work():
        if queries.find_operator("sealop") is None:
            commands.create_operator(login="sealop", name="运营", password=PASSWORD)
    visitor = Visitor(app.test_client(), "")
    visitor.post("/hub/sign-in", form="/hub/sign-in", login="sealop", password=PASSWORD)
    return visitor


def test_who_sees_the_audit_list_sees_its_seals_and_nobody_else_does(district: District) -> None:
    seal(district)
    for path in ("/audit/seals", "/audit/seals/progress", "/audit/seals/roots.txt"):
        for who in ("admin", "auditor"):
            assert district.client(who).get(path).status_code == 200, (who, path)
        for who in ("community", "resident"):
            assert district.client(who).get(path).status_code == 403, (who, path)
        assert district.client().get(path).status_code in {302, 401}
    assert district.client("resident").post("/audit/seals/check").status_code == 403
    assert look(district).open_rows == 0


def test_a_check_is_asked_for_done_in_the_background_and_its_result_kept(
    app: Flask, district: District
) -> None:
    write(district, 2)
    seal(district)
    auditor = district.client("auditor")
    for _ in range(2):
        assert auditor.post("/audit/seals/check").status_code == 302
    assert "hx-trigger" in auditor.get("/audit/seals").text
    assert "HX-Refresh" not in auditor.get("/audit/seals/progress").headers
    run_job(app, JOBS["tenancy.check_seals"], district.tenant.schema)
    assert auditor.get("/audit/seals/progress").headers["HX-Refresh"] == "true"
    page, report = auditor.get("/audit/seals").text, look(district)
    assert "没有改动" in page
    assert f"共 {report.seals} 次封存、{report.rows} 条记录" in page
    assert "没有改动" in auditor.get("/audit").text
    assert auditor.get("/audit").text.count("核对操作记录的封存") == 1
    for statement in ("UPDATE seal_checks SET faults = '[]'", "DELETE FROM seal_checks"):
        with pytest.raises(sa.exc.ProgrammingError), district.work():
            session.execute(sa.text(statement))


def test_what_was_changed_stands_on_the_page_with_its_seal(
    app: Flask, district: District, owner: psycopg.Connection, operator: Visitor
) -> None:
    seal(district)
    owner.execute("UPDATE audit_entries SET thing_id = 4711 WHERE id = 1")
    try:
        run_job(app, JOBS["tenancy.check_seals"], district.tenant.schema)
    finally:
        owner.execute("UPDATE audit_entries SET thing_id = NULL WHERE id = 1")
    page = district.client("admin").get("/audit/seals").text
    assert "有 1 处封存不符" in page
    assert "第 1 号" in page
    assert "记录被改动" in page
    assert "有记录被改动" in district.client("admin").get("/audit").text
    assert "有 1 个区县的记录事后被改动" in operator.get("/hub/seals").text
    assert "1 个不符" in operator.get("/hub/work").text


def test_the_file_of_check_codes_holds_the_last_of_each_day_and_nobody_elses(
    app: Flask, district: District, alpha: District, operator: Visitor
) -> None:
    with _hub(app):
        sealing.seal_due(at_once=True)
    own = district.client("auditor").get("/audit/seals/roots.txt").text
    report = look(district)
    assert own.split()[-1] == report.root
    assert len(own.splitlines()) == 1
    assert alpha.tenant.schema not in own
    every = operator.get("/hub/seals/roots.txt")
    known = sealing.read_exported(every.text)
    assert {"hub", alpha.tenant.schema, district.tenant.schema} <= known.keys()
    assert every.headers["Content-Disposition"].startswith("attachment")
    assert operator.get("/hub/seals").status_code == 200


def test_a_monitor_reads_how_many_are_late(
    app: Flask, settings: Settings, district: District
) -> None:
    with _hub(app):
        sealing.seal_due(at_once=True)
    client = app.test_client()
    assert _late(client.get("/metrics").text) == "0.0"
    with psycopg.connect(settings.owner_url or "", autocommit=True) as owner:
        for change, late in (("- interval '3 hours'", "1.0"), ("+ interval '3 hours'", "0.0")):
            statement = sql.SQL("UPDATE hub.sealings SET sealed_at = sealed_at {}").format(
                sql.SQL(change)  # type: ignore[arg-type]
            )
            owner.execute(statement + sql.SQL(" WHERE schema_name = {}").format(
                district.tenant.schema))  # fmt: skip
            assert _late(client.get("/metrics").text) == late


def _late(text: str) -> str:
    found = re.search(r"^saas_seals_late (\S+)$", text, re.MULTILINE)
    assert found
    return found.group(1)
