"""The hub seals every district, keeps roots of them, and finds who made a whole chain anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pyrage
import pytest
import sqlalchemy as sa
from click.testing import CliRunner
from flask import Flask
from psycopg import sql

from saas import doctor
from saas.accounts.books import AUDIT_BOOK
from saas.attendance.books import BOOK
from saas.cli import common
from saas.cli.audit import audit as shell
from saas.funds.books import SEALED as FUNDS
from saas.goods.books import SEALED as GOODS
from saas.jobs.queue import JOBS
from saas.jobs.worker import run_job
from saas.kernel.context import SYSTEM, entering
from saas.kernel.db import session
from saas.kernel.unit_of_work import reading, unit_of_work
from saas.points.books import SEALED as POINTS
from saas.seals.verify import Kept, Report
from saas.settings import Settings
from saas.statements.books import SEALED as STATEMENTS
from saas.tenancy import commands, leaving, queries, sealing
from tests.seals.conftest import faults, seal, write
from tests.support import District

pytestmark = [pytest.mark.commits, pytest.mark.usefixtures("fresh")]


@pytest.fixture
def hub(app: Flask, district: District) -> Iterator[Flask]:
    with app.test_request_context(), entering(app.extensions["saas"].hub):
        yield app


@pytest.fixture
def run(app: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """The command line, in this app."""
    monkeypatch.setattr(common, "create_app", lambda _: app)
    monkeypatch.setattr(common.Settings, "from_env", lambda _: settings)
    return lambda *args: CliRunner().invoke(shell, args)


def _check(district: District, *also: Kept) -> Report:
    return sealing.check(district.tenant, also)[0]


def _kept(district: District) -> list[Kept]:
    with reading():
        return sealing.kept_of(district.tenant.schema)


@contextmanager
def _forged(owner: psycopg.Connection, district: District) -> Iterator[None]:
    """The owner of the district's tables changes the oldest entry and makes every seal anew."""
    tables = "audit_entries", "seals"
    for table in tables:
        owner.execute(f"CREATE TEMP TABLE kept_{table} AS SELECT * FROM {table}")
    oldest = "(SELECT min(id) FROM audit_entries)"
    owner.execute(f"UPDATE audit_entries SET actor_name = '别人' WHERE id = {oldest}")
    owner.execute("DELETE FROM seals")
    seal(district)
    try:
        yield
    finally:
        for table in tables:
            owner.execute(f"DELETE FROM {table}")
            owner.execute(f"INSERT INTO {table} OVERRIDING SYSTEM VALUE SELECT * FROM kept_{table}")
            owner.execute(f"DROP TABLE kept_{table}")


def test_a_round_seals_every_district_and_the_hub_and_keeps_a_root_a_day(
    hub: Flask, district: District, alpha: District
) -> None:
    write(district, 3)
    sealing.seal_due(at_once=True)
    kept = _kept(district)
    write(district)
    sealing.seal_due(at_once=True)
    assert (len(kept), _kept(district)) == (1, kept), "one a day"
    with reading():
        rows = {row.code: row for row in sealing.overview()}
        assert sealing.needing().late == 0
    assert {"alpha", "beta", "keeping", "hub"} <= rows.keys()
    assert not any(row.late for row in rows.values())
    for scope in (district.tenant, hub.extensions["saas"].hub):
        for report in sealing.check(scope):
            assert report.faults == [], report.book
            books = (BOOK, *FUNDS, *POINTS, *STATEMENTS, *GOODS)
            nothing_yet = report.book in {"services", *(one.code for one in books)}
            assert (report.seals == 0) == nothing_yet, "nobody came to anything there"


def test_a_suspended_district_is_sealed_to_its_last_deed_too(
    hub: Flask, district: District
) -> None:
    write(district, 2)
    with unit_of_work():
        commands.suspend("keeping", reason="修整", actor=SYSTEM)
    try:
        sealing.seal_due(at_once=True)
        assert _check(district).open_rows == 0
    finally:
        with unit_of_work():
            commands.resume("keeping", actor=SYSTEM)


def test_who_was_sealed_within_the_hour_is_left_alone(hub: Flask, district: District) -> None:
    sealing.seal_due(at_once=True)
    write(district)
    sealing.seal_due()
    assert _check(district).open_rows == 1


def test_a_district_that_cannot_be_sealed_stops_no_other_and_is_seen(
    hub: Flask, settings: Settings, district: District, beta: District,
) -> None:  # fmt: skip
    sealing.seal_due(at_once=True)
    write(district, 1)
    name = sql.Identifier(beta.tenant.schema, "seals")
    with psycopg.connect(settings.owner_url or "", autocommit=True) as owner:
        owner.execute(sql.SQL("ALTER TABLE {} RENAME TO away").format(name))
        owner.execute("UPDATE hub.sealings SET sealed_at = now() - interval '3 hours'")
        try:
            with pytest.raises(sa.exc.ProgrammingError):
                sealing.seal_due()
        finally:
            away = sql.Identifier(beta.tenant.schema, "away")
            owner.execute(sql.SQL("ALTER TABLE {} RENAME TO seals").format(away))
    session.rollback()
    assert _check(district).open_rows == 0
    with reading():
        late = [row.code for row in sealing.overview() if row.late]
        assert sealing.needing().late == 1
    assert late == ["beta"]
    found = {c.name: c for c in doctor.examine(hub, settings, settings.owner_url or "")}
    assert (found["seals"].state, "beta" in found["seals"].told) == ("warn", True)
    run_job(hub, JOBS["tenancy.seal"], "hub")
    with reading():
        assert not any(row.late for row in sealing.overview())


def test_rows_and_seals_made_anew_with_every_right_over_the_district_are_found(
    hub: Flask, settings: Settings, district: District, owner: psycopg.Connection
) -> None:
    seal(district)
    write(district, 1)
    sealing.seal_due(at_once=True)
    owner.execute("UPDATE hub.anchors SET at = at - interval '2 days'")
    write(district, 1)
    sealing.seal_due(at_once=True)
    owner.execute(
        "UPDATE hub.anchors SET at = at + interval '2 days' WHERE at < now() - '1 d'::interval"
    )
    assert _check(district).faults == []
    with _forged(owner, district):
        wrong = faults(_check(district))
        assert {what for _, what in wrong} <= {"anchor", "gone"}
        assert wrong
        with reading():
            assert {r.code: r.faults for r in sealing.overview()}["keeping"] == len(wrong)
        found = {c.name: c for c in doctor.examine(hub, settings, settings.owner_url or "")}
        assert found["seals"].state == "bad"
    session.rollback()
    assert _check(district).faults == []


def test_the_shell_says_what_is_wrong_and_ends_with_one(
    run: Callable[..., Any], district: District, owner: psycopg.Connection, tmp_path: Path
) -> None:
    assert run("seal").exit_code == 0
    fine = run("verify", "keeping")
    assert (fine.exit_code, "keeping audit: ok" in fine.output) == (0, True), fine.output
    printed = run("anchors").output
    (tmp_path / "roots").write_text(printed)
    assert run("verify", "--all", "--roots", str(tmp_path / "roots")).exit_code == 0
    forged = printed.replace(printed.split()[5], "0" * 64)
    (tmp_path / "roots").write_text(forged)
    assert run("verify", "--all", "--roots", str(tmp_path / "roots")).exit_code == 1
    (tmp_path / "roots").write_text("nonsense")
    assert "line 1" in run("verify", "--all", "--roots", str(tmp_path / "roots")).output
    changed = "UPDATE audit_entries SET facts = facts || '{\"a\": 1}' WHERE id = 1"
    kept = owner.execute("SELECT facts::text FROM audit_entries WHERE id = 1").fetchone()
    owner.execute(changed)
    try:
        found = run("verify", "keeping")
    finally:
        owner.execute("UPDATE audit_entries SET facts = %s WHERE id = 1", kept)
    assert found.exit_code == 1
    assert "seal 1: rows were changed; it covers rows 1 to " in found.output
    assert run("verify").exit_code == 2
    assert run("verify", "nobody").exit_code == 1


def test_the_hubs_own_books_are_held_against_their_seals_too(
    hub: Flask, settings: Settings, district: District
) -> None:
    sealing.seal_due(at_once=True)
    scope = hub.extensions["saas"].hub
    with psycopg.connect(settings.owner_url or "", autocommit=True) as owner:
        owner.execute("UPDATE hub.anchors SET root = reverse(root)")
        found = {report.book: faults(report) for report in sealing.check(scope)}
        owner.execute("UPDATE hub.anchors SET root = reverse(root)")
    assert "changed" in {what for _, what in found["anchors"]}
    assert "changed" not in {what for _, what in found["events"]}


def _archive(to: Path, key: str) -> None:
    public = str(pyrage.x25519.Identity.from_str(key).to_public())
    with unit_of_work():
        leaving.set_recipient("keeping", public, actor=SYSTEM)
    with unit_of_work():
        leaving.archive("keeping", to, say=lambda _: None, actor=SYSTEM)


def test_an_archive_ends_with_a_seal_and_beside_itself_the_chain_goes_on(
    hub: Flask, settings: Settings, district: District, tmp_path: Path
) -> None:
    key, file = leaving.new_key()[0], tmp_path / "sealed.age"
    write(district, 2)
    _archive(file, key)
    before = _check(district)
    assert before.open_rows == 0
    with unit_of_work():
        leaving.restore(file, key, code="keeping-beside", say=lambda _: None, actor=SYSTEM)
    session.remove()
    beside = next(one for one in sealing.sealed_scopes() if one.code == "keeping-beside")
    session.remove()
    there = District(hub, beside)
    assert (_check(there).root, _check(there).faults) == (before.root, [])
    write(there, 1)
    sealing.seal_due(at_once=True)
    report = _check(there)
    assert (report.seals, report.faults, report.open_rows) == (before.seals + 1, [], 0)
    session.rollback()
    leaving.remove_all(beside.schema)
    with psycopg.connect(settings.owner_url or "") as owner:
        owner.execute("DELETE FROM hub.tenant_events WHERE tenant_id = %s", (beside.id,))
        owner.execute("DELETE FROM hub.tenants WHERE id = %s", (beside.id,))


def test_roots_of_seals_that_a_restore_took_away_say_nothing_any_more(
    hub: Flask, district: District
) -> None:
    sealing.seal_due(at_once=True)
    report = _check(district)
    with unit_of_work():
        sealing._keep(  # as if later seals had been there, before an older archive came back
            district.tenant.schema, "keeping", AUDIT_BOOK.code, report.seals + 5, "f" * 64, "day",
            report.sealed_at or queries.signing.world_now(),
        )  # fmt: skip
    assert faults(_check(district)) == [(report.seals + 5, "gone")]
    with unit_of_work():
        sealing.note_restored(district.tenant)
    assert _check(district).faults == []
