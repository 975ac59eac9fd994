"""A district leaves and comes back: nothing is lost on the way, and nobody else can read it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pyrage
import pytest
from flask import Flask
from psycopg import sql

from saas.accounts import queries as people
from saas.kernel import crypto, storage
from saas.kernel.context import SYSTEM, Tenant, entering
from saas.kernel.crypto import lookup_hash
from saas.kernel.db import session, tenant_metadata
from saas.kernel.errors import Conflict, Invalid
from saas.kernel.unit_of_work import unit_of_work
from saas.settings import Settings
from saas.tenancy import archives, drift, leaving, migrating, queries, schema, sealing
from saas.tenancy.archives import content
from tests.support import District, bring_up

pytestmark = pytest.mark.commits
PHONE = "13800000000"


@pytest.fixture
def hub(app: Flask, _districts: object) -> Iterator[Flask]:
    with app.test_request_context(), entering(app.extensions["saas"].hub):
        yield app


@pytest.fixture(scope="module")
def district(app: Flask, _districts: object) -> District:
    """A district with something sealed in it, and a file."""
    made = bring_up(app, "leaver")
    with made.work():
        person = people.find_person(made.people["resident"])
        assert person is not None
        person.phone, person.phone_hash = PHONE, lookup_hash(PHONE)
        folder = storage.folder() / "attachments"
        folder.mkdir(parents=True)
        (folder / "picture").write_bytes(b"sealed picture")
    with app.test_request_context(), entering(app.extensions["saas"].hub):
        sealing.seal_before_leaving(made.tenant)  # so that an archive of it adds no seal
    return made


@pytest.fixture(scope="module")
def key() -> str:
    return leaving.new_key()[0]


def _quiet(_: str) -> None: ...


def _archive(code: str, to: Path, key: str) -> Any:
    public = str(pyrage.x25519.Identity.from_str(key).to_public())
    with unit_of_work():
        leaving.set_recipient(code, public, actor=SYSTEM)
    with unit_of_work():
        made = leaving.archive(code, to, say=_quiet, actor=SYSTEM)
        return made.sha256, dict(made.tables)


def _restore(file: Path, key: str, code: str | None = None) -> str:
    with unit_of_work():
        return leaving.restore(file, key, code=code, say=_quiet, actor=SYSTEM).code


def _writable(code: str) -> Tenant:
    """A district that is suspended, as it would be when it is resumed."""
    return replace(queries.as_scope(queries.access_tenant(code)), read_only=False)


def _delete(code: str) -> dict[str, Any]:
    with unit_of_work():
        leaving.condemn(code, reason="合并", actor=SYSTEM)
    return leaving.remove(code, reason="合并", actor=SYSTEM)


def _discard(settings: Settings, code: str) -> None:
    tenant = queries.access_tenant(code)
    name = tenant.schema_name
    session.rollback()
    leaving.remove_all(name)
    with psycopg.connect(settings.owner_url or "") as owner:
        for table in ("archives", "tenant_events", "provisioning_steps"):
            owner.execute(
                sql.SQL("DELETE FROM hub.{} WHERE tenant_id = %s").format(sql.Identifier(table)),
                (tenant.id,),
            )
        owner.execute("DELETE FROM hub.tenants WHERE id = %s", (tenant.id,))


def test_every_table_of_a_district_is_archived_or_listed_as_left_out() -> None:
    assert {table.name for table in content.tables()} | set(archives.LEFT_OUT) == {
        table.name for table in tenant_metadata.tables.values()
    }
    assert {table.name for table in content.tables()}.isdisjoint(archives.LEFT_OUT)


def test_archived_deleted_and_restored_it_is_the_same_to_the_byte(
    hub: Flask, district: District, key: str, tmp_path: Path
) -> None:
    file, before = tmp_path / "leaver.age", leaving.measure("leaver")
    assert sum(part.rows for part in before.tables.values()) > 200
    _, tables = _archive("leaver", file, key)
    assert tables["people"] == before.tables["people"].rows
    assert PHONE.encode() not in file.read_bytes()
    with unit_of_work():
        leaving.close("leaver", reason="合并", days=0, actor=SYSTEM)
    with pytest.raises(Conflict):  # what was done since is not in the old archive
        _delete("leaver")
    session.rollback()
    digest, _ = _archive("leaver", file, key)
    certificate = _delete("leaver")
    assert certificate["archive"]["sha256"] == digest
    assert certificate["rows"] == sum(part.rows for part in before.tables.values())
    session.remove()
    assert hub.test_client().get("/d/leaver/").status_code == 410
    assert not leaving.folder_of(district.tenant.schema).exists()

    assert _restore(file, key) == "leaver"
    session.remove()
    assert queries.access_tenant("leaver").state == "suspended"
    assert before.differing(leaving.measure("leaver")) == []
    with district.work():
        person = people.find_person(district.people["resident"])
        assert person is not None
        assert person.phone == PHONE


def test_nothing_goes_out_of_a_district_that_was_just_restored(
    hub: Flask, settings: Settings, district: District, key: str, tmp_path: Path
) -> None:
    name, file = district.tenant.schema, tmp_path / "channels.age"
    with psycopg.connect(settings.owner_url or "") as owner:
        owner.execute(
            sql.SQL(
                "INSERT INTO {} (name, url, secret, kinds, active, created_at)"
                " VALUES ('a', 'https://a.example', 'x', '[]', true, now())"
            ).format(sql.Identifier(name, "webhooks"))
        )
    _archive("leaver", file, key)
    _restore(file, key, "silent")
    session.remove()
    silent = queries.access_tenant("silent").schema_name
    with psycopg.connect(settings.owner_url or "") as owner:
        for schema_name, active in ((name, True), (silent, False)):
            found = owner.execute(
                sql.SQL("SELECT active FROM {}").format(sql.Identifier(schema_name, "webhooks"))
            ).fetchall()
            assert found == [(active,)]
        owner.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(name, "webhooks")))
    session.remove()
    _discard(settings, "silent")


def test_restored_beside_itself_it_is_compared_and_changes_places(
    hub: Flask, settings: Settings, district: District, key: str, tmp_path: Path
) -> None:
    file = tmp_path / "beside.age"
    _archive("leaver", file, key)
    with pytest.raises(Invalid):
        _restore(file, key)
    session.rollback()
    assert _restore(file, key, "leaver-beside") == "leaver-beside"
    session.remove()
    assert leaving.compare("leaver", "leaver-beside") == []
    beside = _writable("leaver-beside")
    assert beside.schema != district.tenant.schema
    session.remove()
    with hub.test_request_context(), entering(beside), unit_of_work():
        person = people.find_person(district.people["resident"])
        assert person is not None
        assert person.phone == PHONE, "what is sealed opens beside as well"
        person.name = "换了名字"
    session.remove()
    assert leaving.compare("leaver", "leaver-beside") == ["people"]
    with unit_of_work():
        leaving.swap("leaver", "leaver-beside", actor=SYSTEM)
    session.remove()
    assert queries.access_tenant("leaver").schema_name == beside.schema
    with unit_of_work():
        leaving.swap("leaver", "leaver-beside", actor=SYSTEM)
    session.remove()
    _discard(settings, "leaver-beside")


def test_brought_to_another_installation_what_is_sealed_opens_there(
    hub: Flask, settings: Settings, district: District, key: str, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    file = tmp_path / "elsewhere.age"
    _archive("leaver", file, key)
    monkeypatch.setitem(hub.config, "SAAS", replace(settings, master_key="another key " * 4))
    _restore(file, key, "elsewhere")
    session.remove()
    scope = _writable("elsewhere")
    session.remove()
    with hub.test_request_context(), entering(scope), unit_of_work():
        person = people.resident_by_phone(PHONE)
        assert person is not None, "and is found by its number"
        assert person.phone == PHONE
    session.remove()
    _discard(settings, "elsewhere")


@pytest.mark.parametrize(
    ("how", "told"),
    [
        ("other key", "key does not open"),
        ("cut short", "cannot be read"),
        ("bent", "cannot be read|damaged"),
    ],
)
def test_a_damaged_archive_or_a_wrong_key_leaves_nothing_behind(
    hub: Flask, district: District, key: str, tmp_path: Path, how: str, told: str
) -> None:
    file = tmp_path / "bad.age"
    _archive("leaver", file, key)
    data = bytearray(file.read_bytes())
    if how == "cut short":
        del data[len(data) // 2 :]
    elif how == "bent":
        data[len(data) // 2] ^= 1
    file.write_bytes(data)
    used, before = leaving.new_key()[0] if how == "other key" else key, _schemas(hub)
    with pytest.raises(archives.BadArchive, match=told):
        _restore(file, used, "broken")
    session.remove()
    assert queries.find_by_code("broken") is None
    assert _schemas(hub) == before


def test_what_breaks_after_the_tables_are_stored_leaves_nothing_and_can_be_tried_again(
    hub: Flask, settings: Settings, district: District, key: str, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    def burst(name: str, revision: str) -> None:
        raise RuntimeError(name)

    file, before = tmp_path / "late.age", _schemas(hub)
    _archive("leaver", file, key)
    with monkeypatch.context() as broken:
        broken.setattr(leaving, "_bring_along", burst)
        with pytest.raises(RuntimeError):
            _restore(file, key, "late")
    session.remove()
    assert queries.find_by_code("late") is None
    assert _schemas(hub) == before
    assert _restore(file, key, "late") == "late"
    session.remove()
    _discard(settings, "late")


def test_what_keys_are_used_for_later_works_in_a_district_that_brought_its_own(
    hub: Flask, district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    with district.work():
        brought = crypto.own_keys()
    monkeypatch.setattr(crypto, "PURPOSES", crypto.PURPOSES | {"later"})
    with hub.test_request_context(), entering(replace(district.tenant, keys=brought)):
        hashed = crypto.keyed_hash("later", "x")
        assert crypto.own_keys()["later"] not in brought.values()
        assert hashed == crypto.keyed_hash("later", "x")


def _schemas(hub: Flask) -> set[str]:
    with psycopg.connect(hub.config["SAAS"].owner_url) as owner:
        found = owner.execute(
            "SELECT nspname FROM pg_namespace n WHERE obj_description(n.oid, 'pg_namespace') = %s",
            (schema.MARK,),
        )
        return {row[0] for row in found}


def test_an_archive_of_an_older_revision_is_brought_along(
    hub: Flask, settings: Settings, tmp_path: Path
) -> None:
    name, engine = schema.new_schema_name(), migrating.owner_engine(settings.owner_url or "")
    older = migrating._scripts("tenant").get_revision(migrating.head("tenant"))
    assert older is not None
    before = str(older.down_revision)
    with psycopg.connect(settings.owner_url or "") as owner:
        leaving.build(owner, name, before)
        owner.commit()
        row = owner.execute(
            sql.SQL("SELECT version_num FROM {}").format(sql.Identifier(name, "alembic_version"))
        ).fetchone()
    assert row == (before,)
    leaving._bring_along(name, before)
    with psycopg.connect(settings.owner_url or "") as owner:
        wanted = drift.expected(owner, settings)
        assert drift.differing(wanted, drift.fingerprint(owner, name)) == []
    engine.dispose()
    leaving.remove_all(name)


def test_until_its_days_are_over_a_closing_district_is_kept_and_not_deleted(
    hub: Flask, district: District, key: str, tmp_path: Path
) -> None:
    with unit_of_work():
        leaving.close("leaver", reason="试试", actor=SYSTEM)
    _archive("leaver", tmp_path / "again.age", key)
    with pytest.raises(Conflict):
        _delete("leaver")
    session.rollback()
    with unit_of_work():
        leaving.keep("leaver", actor=SYSTEM)
    tenant = queries.access_tenant("leaver")
    assert (tenant.state, tenant.due_at) == ("suspended", None)
