"""A district's schema and its roles: made from the models in one transaction, dropped in bites.

Statements go one at a time because Citus refuses several in one string. Names come from
`new_schema_name` alone, never from what somebody typed.
"""

from __future__ import annotations

import re
import secrets
from functools import lru_cache

import psycopg
from psycopg import sql
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from saas.kernel.db import is_append_only, tenant_metadata
from saas.settings import Settings

_NAME = re.compile(r"t_[a-z2-7]{12}")
_ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"
_DROP_BATCH = 15
MARK = "district schema of saas"


class NotOurs(RuntimeError):
    """A schema was to be touched that this module did not make."""


def new_schema_name() -> str:
    """``t_`` and 12 random letters: unique on the server, immutable, says nothing."""
    return "t_" + "".join(secrets.choice(_ALPHABET) for _ in range(12))


def ensure_ours(name: str) -> str:
    """The name itself; raises `NotOurs` for anything that is not a generated one."""
    if not _NAME.fullmatch(name):
        raise NotOurs(name)
    return name


@lru_cache(maxsize=1)
def baseline() -> tuple[str, ...]:
    """Every table and index of a district as DDL without schema names, in dependency order."""
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    statements = []
    for table in tenant_metadata.sorted_tables:
        statements.append(str(CreateTable(table).compile(dialect=dialect)).strip())
        indexes = sorted(table.indexes, key=lambda index: str(index.name))
        statements += [str(CreateIndex(i).compile(dialect=dialect)).strip() for i in indexes]
    return tuple(statements)


def create_schema(owner: psycopg.Connection, name: str, revision: str, settings: Settings) -> None:
    """Role, schema, tables, rights and stamp in one transaction, which the caller commits."""
    create_empty(owner, name, settings)
    owner.execute(sql.SQL("SET LOCAL search_path = {}").format(sql.Identifier(name)))
    owner.execute(";\n".join(baseline()).encode())  # in one go: hundreds of answers less
    _stamp(owner, revision)
    narrow(owner, name)


def create_empty(owner: psycopg.Connection, name: str, settings: Settings) -> None:
    """Role, schema and rights, without tables: migrations can make those."""
    schema = sql.Identifier(ensure_ours(name))
    _ensure_role(owner, name, settings)
    if settings.citus:  # it goes to one of the nodes
        owner.execute("SET LOCAL citus.enable_ddl_propagation = on")
        owner.execute("SET LOCAL citus.enable_schema_based_sharding = on")
    owner.execute(sql.SQL("CREATE SCHEMA {}").format(schema))
    owner.execute(sql.SQL("COMMENT ON SCHEMA {} IS {}").format(schema, sql.Literal(MARK)))
    _default_rights(owner, schema, schema)
    _ensure_care_role(owner, name, settings)


def care_role(name: str) -> str:
    """The role of a district's care files: the only one that will reach them, and reaches nothing
    else. The district's ordinary role reaches everything but them.
    """
    return f"{ensure_ours(name)}_care"


def ensure_care_roles(owner: psycopg.Connection, settings: Settings) -> int:
    """Make it for districts that are older than it is. Returns how many had none; idempotent."""
    rows = owner.execute(
        "SELECT schema_name FROM hub.tenants WHERE to_regnamespace(schema_name) IS NOT NULL"
        " AND NOT EXISTS (SELECT FROM pg_roles WHERE rolname = schema_name || '_care')"
    ).fetchall()
    for (name,) in rows:
        _ensure_care_role(owner, name, settings)
    return len(rows)


def _ensure_care_role(owner: psycopg.Connection, name: str, settings: Settings) -> None:
    _ensure_role(owner, care_role(name), settings)
    owner.execute(
        sql.SQL("GRANT USAGE ON SCHEMA {} TO {}").format(
            sql.Identifier(name), sql.Identifier(care_role(name))
        )
    )


def _ensure_role(owner: psycopg.Connection, name: str, settings: Settings) -> None:
    """A role that the runtime login can become, and nobody else."""
    role = sql.Identifier(name)
    if not _role_exists(owner, name):
        group = sql.Identifier(settings.tenant_role)
        owner.execute(sql.SQL("CREATE ROLE {} LOGIN INHERIT IN ROLE {}").format(role, group))
    owner.execute(sql.SQL("GRANT {} TO {}").format(role, sql.Identifier(settings.app_role)))


def _role_exists(owner: psycopg.Connection, name: str) -> bool:
    found = owner.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (name,)).fetchone()
    return found is not None


def _default_rights(
    owner: psycopg.Connection, schema: sql.Identifier, role: sql.Identifier
) -> None:
    """Recorded before the tables are made: far cheaper than granting table by table."""
    owner.execute(sql.SQL("GRANT USAGE ON SCHEMA {} TO {}").format(schema, role))
    owner.execute(
        sql.SQL(
            "ALTER DEFAULT PRIVILEGES IN SCHEMA {}"
            " GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {}"
        ).format(schema, role)
    )


def _stamp(owner: psycopg.Connection, revision: str) -> None:
    owner.execute(
        "CREATE TABLE alembic_version (version_num varchar(32) NOT NULL,"
        " CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
    )
    owner.execute("INSERT INTO alembic_version VALUES (%s)", (revision,))


def narrow(owner: psycopg.Connection, name: str) -> None:
    """Take back what the runtime must not do: change history, or the revision stamp."""
    role = sql.Identifier(name)
    owner.execute(sql.SQL("SET LOCAL search_path = {}").format(role))
    for table in filter(is_append_only, tenant_metadata.sorted_tables):
        rights = sql.SQL("INSERT, UPDATE, DELETE" if table.info.get("of_the_past") else
                         "UPDATE, DELETE")  # fmt: skip
        owner.execute(
            sql.SQL("REVOKE {} ON {} FROM {}").format(rights, sql.Identifier(table.name), role)
        )
    owner.execute(sql.SQL("REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM {}").format(role))


def schema_exists(owner: psycopg.Connection, name: str) -> bool:
    """Whether a finished schema by that name is there (it is made in one transaction, or not)."""
    return owner.execute("SELECT to_regnamespace(%s)", (ensure_ours(name),)).fetchone() != (None,)


def drop_schema(owner: psycopg.Connection, name: str) -> None:
    """Remove schema and role. Tables go in batches so that the lock table is never filled.

    Commits as it goes; safe to repeat. Refuses a schema that does not carry our mark.
    """
    schema = sql.Identifier(ensure_ours(name))
    if schema_exists(owner, name):
        mark = owner.execute(
            "SELECT obj_description(to_regnamespace(%s), 'pg_namespace')", (name,)
        ).fetchone()
        if mark != (MARK,):
            raise NotOurs(name)
        while _drop_some(owner, name):
            owner.commit()
        owner.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(schema))
        owner.commit()
    for role in (name, care_role(name)):
        if _role_exists(owner, role):
            owner.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(role)))
    owner.commit()


def _drop_some(owner: psycopg.Connection, name: str) -> bool:
    rows = owner.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = %s LIMIT %s", (name, _DROP_BATCH)
    ).fetchall()
    for (table,) in rows:
        owner.execute(
            sql.SQL("DROP TABLE {}.{} CASCADE").format(sql.Identifier(name), sql.Identifier(table))
        )
    return bool(rows)
