"""Starting: what is in the way is said in one sentence that tells what to do."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import psycopg
import pytest

from saas import launch
from saas.launch import folder, processes, starting, watching
from saas.launch.database import Server
from saas.settings import BadSettings, Settings
from saas.tenancy import bootstrap

ROOT = Path(__file__).resolve().parents[1]
_NOBODY = 65534
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


@pytest.fixture
def output(tmp_path: Path) -> Iterator[IO[bytes]]:
    with folder.log_file(tmp_path) as opened:
        yield opened


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
    with folder.alone(tmp_path), refused, folder.alone(tmp_path):
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
    first = folder.secret(tmp_path, "secret_key")
    assert folder.secret(tmp_path, "secret_key") == first
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
    settings: Settings, tmp_path: Path, output: IO[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    given: dict[str, dict[str, str]] = {}

    class Child(watching.Child):
        def start(self) -> None:
            given[self.name] = self._env

        pid, alive = os.getpid(), lambda self: False  # type: ignore[assignment]

    monkeypatch.setattr(starting, "Child", Child)
    monkeypatch.setenv("DATABASE_URL", "postgresql://owner:hunter2@db/saas")
    env = starting._prepare(tmp_path, "postgresql://owner:hunter2@db/saas", 1)
    with (
        starting._guarded(tmp_path, output) as watch,
        starting._children(env, 1, settings, watch, output),
    ):
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


def test_a_full_disk_is_said_before_anything_is_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(file: Path, data: bytes) -> int:
        assert len(data) >= 1024 * 1024  # an empty file fits on a full disk
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(launch.CannotStart, match="No space left on device"):
        folder.ensure_writable(tmp_path)


def test_a_process_that_ends_is_started_again_later_each_time(output: IO[bytes]) -> None:
    clock, said = [0.0], list[str]()
    child = watching.Child("worker", [sys.executable, "-c", ""], os.environ, output)
    watch = watching.Watch(said.append, lambda pids: None, now=lambda: clock[0])
    child.start()
    watch.add(child)
    pauses = []
    for _ in range(9):
        child._process.wait()
        watch.look()
        pauses.append(float(said[-1].split(" in ")[1].split(" s")[0]))
        clock[0] += pauses[-1]
        watch.look()
        assert said[-1].endswith("The worker runs again.")
    assert pauses == [0.5, 1, 2, 4, 5, 5, 5, 5, 5]
    clock[0] += 61
    child.alive = lambda: True  # type: ignore[method-assign]
    watch.look()
    del child.alive
    child._process.wait()
    watch.look()
    assert " in 0.5 s" in said[-1]  # it ran well for a while in between


def test_what_cannot_be_started_again_is_said_and_tried_again(tmp_path: Path) -> None:
    class Broken:
        name, pid = "database", 1

        def start(self) -> None:
            raise watching.WillNotStart("No space left on device")

        def alive(self) -> bool:
            return False

    clock, said = [0.0], list[str]()
    watch = watching.Watch(said.append, lambda pids: None, now=lambda: clock[0])
    watch.add(Broken())
    watch.look()
    clock[0] = 1
    watch.look()
    assert "cannot be started: No space left on device; starting it again in 1 s" in said[-1]


def test_a_number_that_the_system_gave_away_again_is_not_taken_for_ours(tmp_path: Path) -> None:
    processes.write_down(tmp_path, {"web": os.getpid()})
    assert processes.living(tmp_path)["web"].pid == os.getpid()
    file = tmp_path / "processes.json"
    kept = json.loads(file.read_text())
    kept["processes"]["web"][1] -= 60
    file.write_text(json.dumps(kept))
    assert not processes.living(tmp_path)


def test_a_copy_of_a_folder_does_not_end_what_runs_in_the_original(tmp_path: Path) -> None:
    original, copy = tmp_path / "original", tmp_path / "copy"
    original.mkdir()
    processes.write_down(original, {"web": os.getpid()})
    shutil.copytree(original, copy)
    assert processes.living(original)
    assert not processes.living(copy)


def test_the_guard_ends_what_a_killed_launcher_leaves_behind(tmp_path: Path) -> None:
    sleeper = [sys.executable, "-c", "import time; time.sleep(600)"]
    with subprocess.Popen(sleeper) as left:
        processes.write_down(tmp_path, {"worker": left.pid})
        command = [sys.executable, "-m", "saas.launch.guard", str(tmp_path)]
        with subprocess.Popen(command, stdin=subprocess.PIPE, cwd=ROOT) as guard:
            assert guard.stdin
            guard.stdin.close()  # as the system does when the launcher dies
            assert left.wait(30) == -signal.SIGTERM
            assert guard.wait(30) == 0
    assert not (tmp_path / "processes.json").exists()


_BRING_UP = """
import sys; from pathlib import Path; import psycopg
from saas.launch.database import Server
server = Server(Path(sys.argv[1]) / "postgres")
server.start()
psycopg.connect(server.address).close()
server.stop()
"""


def test_two_people_on_one_machine_do_not_meet_in_the_temporary_folder(tmp_path: Path) -> None:
    """Of the other's lock there, or of a folder of its name, nothing is wanted."""
    common, own = tmp_path / "common", tmp_path / "own"
    (common / ".lockfile").mkdir(parents=True)
    own.mkdir()
    env = {**os.environ, "TMPDIR": str(common), "XDG_RUNTIME_DIR": str(common), "HOME": str(own)}
    done = subprocess.run(
        [sys.executable, "-c", _BRING_UP, str(own)],
        env={**env, "PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(os.geteuid() != 0, reason="everybody else is an ordinary user already")
def test_an_ordinary_user_starts_it_as_well(tmp_path_factory: pytest.TempPathFactory) -> None:
    with tempfile.TemporaryDirectory(prefix="saas-user-") as name:
        own = Path(name)
        os.chown(own, _NOBODY, _NOBODY)
        done = subprocess.run(
            [sys.executable, "-c", _BRING_UP, name],
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "HOME": name},
            cwd=own,
            user=_NOBODY,
            group=_NOBODY,
            extra_groups=[],
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
        assert (own / "postgres" / "PG_VERSION").stat().st_uid == _NOBODY


def test_a_copy_that_root_made_starts_and_one_that_does_not_says_nothing_of_before() -> None:
    with tempfile.TemporaryDirectory(prefix="saas-copy-") as name:
        original, copy = Path(name) / "original" / "postgres", Path(name) / "copy" / "postgres"
        first = Server(original, scratch=True)
        first.start()
        with psycopg.connect(first.address) as owner:
            owner.execute("CREATE TABLE public.kept AS SELECT 7 AS many")
        first.stop()
        shutil.copytree(original.parent, copy.parent)  # of whoever copies, as everything in it
        copy.chmod(0o755)
        with (copy / "log").open("a") as log:
            log.write("2026-01-01 00:00:00 UTC [1] FATAL:  long forgotten\n")
        second = Server(copy, scratch=True)
        second.start()
        with psycopg.connect(second.address) as owner:
            assert owner.execute("SELECT many FROM public.kept").fetchone() == (7,)
        second.stop()
        (copy / "global" / "pg_control").unlink()
        with pytest.raises(watching.WillNotStart) as told:
            second.start()
        assert "forgotten" not in str(told.value)
