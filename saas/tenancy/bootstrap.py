"""What a database server needs before the first district: roles, schemas, and a check that the
runtime login cannot do more than it should.
"""

from __future__ import annotations

from typing import LiteralString

import psycopg
from psycopg import sql

from saas.kernel.db import hub_metadata, is_append_only
from saas.settings import BadSettings, Settings

OLDEST_SERVER = 15
#: How long one statement, one wait for somebody else's row, and one transaction in which nothing
#: happens may last; in the hub's nothing happens while an archive is written or read. They come
#: with the login, so that a pooler in between hands them on as well.
_PATIENCE = (
    ("statement_timeout", "60s"),
    ("lock_timeout", "15s"),
    ("idle_in_transaction_session_timeout", "30min"),
)


class UnfitServer(BadSettings):
    """The server or one of its roles cannot be used; the message says what to do."""


def ensure_server(owner: psycopg.Connection) -> None:
    """Refuse a server that is too old or an owner that may not make roles."""
    major = owner.info.server_version // 10000
    if major < OLDEST_SERVER:
        raise UnfitServer(
            f"PostgreSQL {major} is too old: {OLDEST_SERVER} or newer is needed. "
            "Upgrade the server or leave DATABASE_URL empty for the embedded one."
        )
    row = owner.execute(
        "SELECT rolcreaterole OR rolsuper, has_database_privilege(current_database(), 'CREATE')"
        " FROM pg_roles WHERE rolname = current_user"
    ).fetchone()
    if row != (True, True):
        raise UnfitServer(
            "The login in DATABASE_URL needs the rights CREATEROLE and CREATE on its database."
        )


def ensure_roles(owner: psycopg.Connection, settings: Settings, password: str | None) -> None:
    """Make the runtime login and the hub role, idempotently. The caller commits."""
    app, hub = sql.Identifier(settings.app_role), sql.Identifier(settings.hub_role)
    _ensure_role(owner, settings.app_role, "LOGIN NOINHERIT")
    _ensure_role(owner, settings.hub_role, "NOLOGIN NOINHERIT")
    _ensure_role(owner, settings.tenant_role, "NOLOGIN NOINHERIT")
    if password:
        owner.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(app, sql.Literal(password)))
    for setting, value in (("search_path", ""), *_PATIENCE):
        owner.execute(
            sql.SQL("ALTER ROLE {} SET {} = {}").format(
                app, sql.Identifier(setting), sql.Literal(value)
            )
        )
    owner.execute(sql.SQL("GRANT {} TO {}").format(hub, app))
    if settings.citus:  # hub and jobs stay on the coordinator
        owner.execute("SET LOCAL citus.enable_ddl_propagation = off")
    for schema in ("hub", "jobs"):
        owner.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(sql.Identifier(schema)))
        owner.execute(sql.SQL("GRANT USAGE ON SCHEMA {} TO {}").format(sql.Identifier(schema), hub))
    owner.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
    tenant = sql.Identifier(settings.tenant_role)
    owner.execute(sql.SQL("GRANT USAGE ON SCHEMA jobs TO {}").format(tenant))
    owner.execute(
        sql.SQL(
            "ALTER DEFAULT PRIVILEGES IN SCHEMA hub"
            " GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {}"
        ).format(hub)
    )


def _ensure_role(owner: psycopg.Connection, name: str, attributes: LiteralString) -> None:
    if owner.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (name,)).fetchone():
        return
    owner.execute(sql.SQL("CREATE ROLE {} ").format(sql.Identifier(name)) + sql.SQL(attributes))


def ensure_hub_rights(owner: psycopg.Connection, settings: Settings) -> None:
    """What the hub role may do beyond the defaults, once its tables are there. Idempotent."""
    hub = sql.Identifier(settings.hub_role)
    tenant = sql.Identifier(settings.tenant_role)
    for role, names in (
        (tenant, ("enqueue", "pulse")),
        (hub, ("enqueue", "pulse", "kinds", "troubled", "again", "give_up")),
    ):
        for called in names:
            function = sql.Identifier("jobs", called)
            owner.execute(sql.SQL("GRANT EXECUTE ON FUNCTION {} TO {}").format(function, role))
    owner.execute(sql.SQL("REVOKE ALL ON hub.alembic_version FROM {}").format(hub))
    for table in hub_metadata.sorted_tables:
        if is_append_only(table):
            name = sql.Identifier("hub", table.name)
            owner.execute(sql.SQL("REVOKE UPDATE, DELETE ON {} FROM {}").format(name, hub))


def ensure_harmless(runtime_url: str) -> None:
    """Refuse to serve with a runtime login that could get round the walls between districts."""
    with psycopg.connect(runtime_url, connect_timeout=5) as connection:
        row = connection.execute(
            "SELECT rolsuper OR rolcreaterole OR rolbypassrls OR rolinherit,"
            " EXISTS (SELECT FROM pg_namespace WHERE nspowner = r.oid)"
            " FROM pg_roles r WHERE rolname = current_user"
        ).fetchone()
    if row != (False, False):
        raise UnfitServer(
            "The runtime login is superuser, owns a schema or inherits rights: use the login that "
            "'saas db upgrade' makes."
        )
