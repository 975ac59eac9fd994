"""Starting: what is in the way is said in one sentence that tells what to do."""

from __future__ import annotations

import os
import socket
import stat
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from saas import launch
from saas.settings import BadSettings, Settings
from saas.tenancy import bootstrap

ROOT = Path(__file__).resolve().parents[1]
SECRETS = {"SAAS_SECRET_KEY": "s" * 40, "SAAS_MASTER_KEY": "m" * 40}


def _up(folder: Path, **env: str) -> subprocess.CompletedProcess[str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("SAAS_", "DATABASE_"))}
    kept |= {"SAAS_DATA_DIR": str(folder), "PYTHONPATH": str(ROOT), **env}
    command = [sys.executable, "-m", "saas", "up"]
    return subprocess.run(command, env=kept, cwd=ROOT, capture_output=True, text=True, timeout=240)


def _told(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    lines = [line for line in done.stderr.splitlines() if line]
    assert len(lines) == 1, done.stderr
    return lines[0]


def test_a_busy_port_is_named_with_the_setting_that_changes_it(tmp_path: Path) -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        told = _told(_up(tmp_path, SAAS_PORT=str(port)))
    assert str(port) in told
    assert "SAAS_PORT" in told


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    told = _told(_up(tmp_path / "file"))
    assert "SAAS_DATA_DIR" in told


def test_a_wrong_database_address_is_said_without_its_password(tmp_path: Path) -> None:
    url = "postgresql://me:hunter2@127.0.0.1:1/nowhere"
    told = _told(_up(tmp_path, DATABASE_URL=url, SAAS_PORT="18519"))
    assert "DATABASE_URL" in told
    assert "hunter2" not in told


def test_two_runs_do_not_share_a_folder(tmp_path: Path) -> None:
    refused = pytest.raises(launch.CannotStart, match="SAAS_DATA_DIR")
    with launch._alone(tmp_path), refused, launch._alone(tmp_path):
        pass


def test_a_server_that_is_too_old_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    class Old:
        class info:
            server_version = 140012

    with pytest.raises(bootstrap.UnfitServer, match="14 is too old"):
        bootstrap.ensure_server(Old())  # type: ignore[arg-type]


def test_an_owner_without_rights_is_told_which(settings: Settings) -> None:
    url = settings.database_url
    refused = pytest.raises(bootstrap.UnfitServer, match="CREATEROLE")
    with psycopg.connect(url) as powerless, refused:
        bootstrap.ensure_server(powerless)


def test_a_runtime_login_with_rights_of_its_own_is_refused(settings: Settings) -> None:
    bootstrap.ensure_harmless(settings.database_url)
    with pytest.raises(bootstrap.UnfitServer, match="runtime login"):
        bootstrap.ensure_harmless(settings.owner_url or "")


def test_secrets_are_made_once_and_readable_by_their_owner_alone(tmp_path: Path) -> None:
    first = launch._secret(tmp_path, "secret_key")
    assert launch._secret(tmp_path, "secret_key") == first
    assert len(first) >= 40
    mode = stat.S_IMODE((tmp_path / "secrets" / "secret_key").stat().st_mode)
    assert mode == 0o600
    assert stat.S_IMODE((tmp_path / "secrets").stat().st_mode) == 0o700


def test_settings_refuse_unknown_keys_missing_secrets_and_unreadable_values() -> None:
    good = {"SAAS_DATABASE_URL": "postgresql://x/y", **SECRETS}
    assert Settings.from_env(good).cookie_secure is True
    for env, told in [
        ({**good, "SAAS_SECERT_KEY": "x"}, "SAAS_SECERT_KEY is not a setting"),
        ({"SAAS_DATABASE_URL": "x"}, "SAAS_SECRET_KEY must have"),
        ({**good, "SAAS_MASTER_KEY": "short"}, "SAAS_MASTER_KEY must have"),
        ({**good, "SAAS_POOL_SIZE": "many"}, "SAAS_POOL_SIZE cannot be read"),
        ({**good, "SAAS_COOKIE_SECURE": "maybe"}, "SAAS_COOKIE_SECURE cannot be read"),
        (SECRETS, "SAAS_DATABASE_URL is missing"),
    ]:
        with pytest.raises(BadSettings, match=told):
            Settings.from_env(env)


def test_the_web_process_is_not_given_the_owners_login(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: dict[str, dict[str, str]] = {}

    class Child:
        def __init__(self, command: list[str], env: dict[str, str], **_: object) -> None:
            given["web" if "gunicorn" in command else "worker"] = env

    monkeypatch.setattr(subprocess, "Popen", Child)
    monkeypatch.setattr(launch, "_end", lambda children: None)
    monkeypatch.setenv("DATABASE_URL", "postgresql://owner:hunter2@db/saas")
    env = launch._prepare(tmp_path, "postgresql://owner:hunter2@db/saas")
    with launch._processes(env, 1, settings):
        pass
    assert given["worker"]["SAAS_OWNER_URL"]
    assert "hunter2" not in str(given["web"])
    assert given["web"]["SAAS_DATABASE_URL"]
    assert stat.S_IMODE((tmp_path / "saas.log").stat().st_mode) == 0o600


def test_the_embedded_server_lets_nobody_else_on_the_machine_in(settings: Settings) -> None:
    folder = psycopg.conninfo.conninfo_to_dict(settings.owner_url or "").get("host")
    socket_file = Path(str(folder)) / ".s.PGSQL.5432"
    if socket_file.exists():  # not so with DATABASE_URL
        assert stat.S_IMODE(socket_file.stat().st_mode) == 0o700
