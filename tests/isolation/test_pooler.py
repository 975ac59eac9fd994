"""Districts stay apart behind PgBouncer in transaction mode, with one connection for all."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import psycopg
import pytest
import sqlalchemy as sa
from flask import Flask

from saas.app import create_app
from saas.kernel import db as kernel_db
from saas.kernel.context import entering
from saas.kernel.db import session
from saas.settings import Settings
from tests.support import District

_BINARY = shutil.which("pgbouncer", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
pytestmark = [
    pytest.mark.commits,
    pytest.mark.skipif(
        _BINARY is None, reason="PgBouncer is not here; scripts/test installs it where it may"
    ),
]
_CONFIG = """[databases]
{name} = host={host} port=5432 dbname={name}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = trust
auth_file = {folder}/users
pool_mode = transaction
default_pool_size = 1
max_client_conn = 100
"""


def _write(folder: Path, settings: Settings, port: int) -> tuple[Path, str]:
    """Its files, and the runtime's address through it."""
    parts = urlsplit(settings.database_url)
    host, name = parse_qs(parts.query)["host"][0], parts.path.strip("/")
    (folder / "users").write_text(f'"{parts.username}" "{parts.password}"\n')
    config = folder / "pgbouncer.ini"
    config.write_text(_CONFIG.format(name=name, host=host, port=port, folder=folder))
    login = f"{parts.username}:{quote(parts.password or '')}"
    return config, f"postgresql://{login}@127.0.0.1:{port}/{name}"


@pytest.fixture(scope="module")
def pooled(settings: Settings, app: Flask) -> Iterator[str]:
    """The runtime's address through a PgBouncer that has one connection."""
    if "host" not in parse_qs(urlsplit(settings.database_url).query):
        pytest.skip("DATABASE_URL names a server of its own, and who may get in there")
    folder = Path(parse_qs(urlsplit(settings.database_url).query)["host"][0]).parent / "pooler"
    folder.mkdir()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    config, url = _write(folder, settings, port)
    # It does not run as root: the database's own user does it.
    owner = (folder.parent / "postgres").stat().st_uid if os.geteuid() == 0 else None
    with (folder / "log").open("wb") as log:
        child = subprocess.Popen([str(_BINARY), str(config)], stdout=log, stderr=log, user=owner)
    try:
        _until_up(url, child, folder / "log")
        yield url
    finally:
        child.terminate()
        child.wait(30)


def _until_up(url: str, child: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until and child.poll() is None:
        with suppress(psycopg.OperationalError), psycopg.connect(url, connect_timeout=5):
            return
        time.sleep(0.1)
    raise AssertionError(log.read_text())


@pytest.fixture
def behind(pooled: str, settings: Settings) -> Iterator[Flask]:
    """The product behind it."""
    made = create_app(replace(settings, database_url=pooled, pool_size=4))
    made.testing = True
    yield made
    with made.app_context():
        kernel_db.db.engine.dispose()


def test_a_setting_of_a_session_does_leak_there(pooled: str, alpha: District) -> None:
    """So the tests below can fail: both clients are given one and the same connection."""
    with (
        psycopg.connect(pooled, autocommit=True) as one,
        psycopg.connect(pooled, autocommit=True) as other,
    ):
        pids = {c.execute("SELECT pg_backend_pid()").fetchone() for c in (one, other)}
        one.execute("SET saas.mark = 'left behind'")
        seen = other.execute("SELECT current_setting('saas.mark', true)").fetchone()
        one.execute("RESET saas.mark")
    assert len(pids) == 1
    assert seen == ("left behind",)


def test_two_districts_in_turn_on_one_connection_see_their_own(
    behind: Flask, alpha: District, beta: District
) -> None:
    def ask(number: int) -> tuple[str, str, int]:
        district = (alpha, beta)[number % 2]
        with behind.app_context(), entering(district.tenant):
            pid = session.scalar(sa.text("SELECT pg_backend_pid()"))
            name = session.scalar(sa.text("SELECT name ->> 'zh' FROM units WHERE id = 1"))
            session.rollback()
        return district.tenant.code, str(name), int(pid or 0)

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(ask, range(400)))
    assert {name for code, name, _ in found if code == "alpha"} == {"alpha区"}
    assert {name for code, name, _ in found if code == "beta"} == {"beta区"}
    assert len({pid for *_, pid in found}) == 1


def test_pages_of_two_districts_come_out_right(
    behind: Flask, alpha: District, beta: District
) -> None:
    def ask(number: int) -> str:
        ours, theirs = (("alpha", "beta"), ("beta", "alpha"))[number % 2]
        page = behind.test_client().get(f"/d/{ours}/rooms")
        assert page.status_code == 200, page.text
        assert f"{ours}区" in page.text
        return theirs if theirs in page.text else ""

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(ask, range(40))) == {""}
