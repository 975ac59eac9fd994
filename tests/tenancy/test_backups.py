"""Every district is backed up, sealed, and a backup is only one when it came back whole."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from flask import Flask

from saas.kernel.context import entering
from saas.kernel.errors import Invalid
from saas.settings import Settings
from saas.tenancy import backups, leaving, queries, schema
from saas.tenancy.archives import BadArchive
from tests.support import District

pytestmark = pytest.mark.commits


@pytest.fixture
def hub(app: Flask) -> Iterator[Flask]:
    with app.test_request_context(), entering(app.extensions["saas"].hub):
        yield app


@pytest.fixture(scope="module")
def pair() -> tuple[str, str]:
    return leaving.new_key()


def _write(to: Path, public: str, days: int = 14) -> list[Exception]:
    return backups.write(to, public, keep=timedelta(days=days), say=lambda _: None)


def _schemas(settings: Settings) -> set[str]:
    with psycopg.connect(settings.owner_url or "") as owner:
        marked = owner.execute(
            "SELECT nspname FROM pg_namespace WHERE obj_description(oid, 'pg_namespace') = %s",
            (schema.MARK,),
        )
        return {row[0] for row in marked}


def test_every_district_is_backed_up_and_a_drill_brings_it_back_and_leaves_nothing(
    hub: Flask, settings: Settings, alpha: District, pair: tuple[str, str], tmp_path: Path
) -> None:
    secret, public = pair
    assert _write(tmp_path, public) == []
    names = {folder.name for folder in tmp_path.iterdir()}
    assert names == {one.schema for one in queries.scopes_with_tables()}
    (file,) = backups.of_district(tmp_path / alpha.tenant.schema)
    before = _schemas(settings)
    done = backups.drill(file, secret)
    assert done.rows == sum(part.rows for part in leaving.measure("alpha").tables.values()) > 200
    assert _schemas(settings) == before
    backups.write_down(tmp_path, done)
    assert alpha.tenant.schema in (tmp_path / backups.DRILL).read_text()
    assert len(backups.newest(tmp_path)) == len(names)


def test_a_backup_with_one_changed_byte_or_another_key_does_not_pass_the_drill(
    hub: Flask, settings: Settings, alpha: District, pair: tuple[str, str], tmp_path: Path
) -> None:
    secret, public = pair
    _write(tmp_path, public)
    (file,) = backups.of_district(tmp_path / alpha.tenant.schema)
    before = _schemas(settings)
    with pytest.raises(BadArchive):
        backups.drill(file, leaving.new_key()[0])
    changed = bytearray(file.read_bytes())
    changed[len(changed) // 2] ^= 1
    file.write_bytes(changed)
    with pytest.raises(BadArchive):
        backups.drill(file, secret)
    assert _schemas(settings) == before


def test_old_ones_go_and_the_last_of_a_district_never(
    hub: Flask, alpha: District, pair: tuple[str, str], tmp_path: Path
) -> None:
    folder = tmp_path / alpha.tenant.schema
    folder.mkdir()
    for stamp in ("20200101T000000Z", "20200102T000000Z"):
        (folder / f"{stamp}.age").touch()
    gone = tmp_path / "t_nobodysdistr"
    gone.mkdir()
    (gone / "20200101T000000Z.age").touch()
    _write(tmp_path, pair[1])
    assert len(backups.of_district(folder)) == 1
    assert len(backups.of_district(gone)) == 1, "of a district that is deleted it is all there is"
    assert backups.newest(tmp_path)[0].parent == gone


def test_one_that_is_behind_stops_no_other(
    hub: Flask,
    settings: Settings,
    alpha: District,
    beta: District,
    pair: tuple[str, str],
    tmp_path: Path,
) -> None:
    with psycopg.connect(settings.owner_url or "") as owner:
        owner.execute("UPDATE hub.tenants SET revision = 'old' WHERE code = 'alpha'")
    try:
        broken = _write(tmp_path, pair[1])
    finally:
        with psycopg.connect(settings.owner_url or "") as owner:
            owner.execute(
                "UPDATE hub.tenants SET revision ="
                " (SELECT revision FROM hub.tenants WHERE code = 'beta') WHERE code = 'alpha'"
            )
    assert [type(error) for error in broken] == [BadArchive]
    assert backups.of_district(tmp_path / beta.tenant.schema)
    assert not backups.of_district(tmp_path / alpha.tenant.schema)


def test_a_key_that_is_none_is_refused_before_anything_is_written(
    hub: Flask, tmp_path: Path
) -> None:
    with pytest.raises(Invalid):
        _write(tmp_path, "age1nonsense")
    assert not list(tmp_path.iterdir())
