"""Bringing a schema to the newest revision, in the caller's transaction.

`saas.tenancy.rollout` does it for many. Its plan comes from the ``revision`` column in the hub, so
a run with nothing to do opens no district.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from saas.settings import MIGRATIONS_DIR, sqlalchemy_url
from saas.tenancy import rules

TREES = ("hub", "tenant")
#: Alembic's ``op`` is one for the whole process: with two migrations at work the statements of one
#: district would be sent over the connection of the other.
_ONE_AT_A_TIME = threading.Lock()


def config(tree: str) -> Config:
    """Alembic's configuration for one of `TREES`."""
    if tree not in TREES:
        raise ValueError(tree)
    made = Config()
    made.set_main_option("script_location", str(MIGRATIONS_DIR / tree))
    made.set_main_option(
        "file_template", "%%(year)d%%(month).2d%%(day).2d_%%(hour).2d%%(minute).2d_%%(slug)s"
    )
    return made


@lru_cache(maxsize=2)
def _scripts(tree: str) -> ScriptDirectory:
    return ScriptDirectory.from_config(config(tree))


def head(tree: str) -> str:
    """The newest revision of a tree."""
    revision = _scripts(tree).get_current_head()
    if revision is None:
        raise RuntimeError(f"the {tree} tree has no revision")
    return revision


def is_known(revision: str) -> bool:
    """Whether a district at this revision can be brought along from there."""
    return any(script.revision == revision for script in _scripts("tenant").walk_revisions())


def owner_engine(owner_url: str, size: int = 1) -> sa.Engine:
    """An engine with the rights to change tables; short-lived, for migrations alone."""
    return sa.create_engine(sqlalchemy_url(owner_url), pool_size=size, max_overflow=0)


def upgrade(
    connection: sa.Connection,
    tree: str,
    schema: str,
    target: str = "head",
    *,
    begins: Callable[[str | None], Any] = lambda _: None,
) -> None:
    """Take ``schema`` to ``target`` inside the connection's transaction; the caller commits.

    ``begins`` is called with the revision as the schema has it, before the first change is sent.
    """
    scripts = _scripts(tree)
    prepare(connection, schema)

    def steps(revision: Any, _: MigrationContext) -> Any:
        begins(next(iter(revision), None))
        return scripts._upgrade_revs(target, revision)

    migration = MigrationContext.configure(
        connection,
        opts={
            "fn": steps,
            "version_table_schema": schema,
            "transactional_ddl": True,
        },
    )
    with _ONE_AT_A_TIME, Operations.context(migration):
        migration.run_migrations()


def prepare(connection: sa.Connection, schema: str) -> None:
    """What a transaction that changes a schema says first: where it works, how long it waits."""
    connection.execute(sa.text("SET LOCAL lock_timeout = '3s'"))
    connection.execute(
        sa.text("SELECT set_config('search_path', :schema, true)"), {"schema": schema}
    )


def upgrade_hub(engine: sa.Engine, *, alone: bool = False) -> None:
    """Take the control plane to its newest revision; ``alone``: it stays on the coordinator."""
    with engine.begin() as connection:
        if alone:
            connection.execute(sa.text("SET LOCAL citus.enable_ddl_propagation = off"))
        upgrade(connection, "hub", "hub")


def behind(engine: sa.Engine) -> list[tuple[str, str, str | None]]:
    """Districts to migrate: code, schema and present revision, read from the hub alone; demos
    first, since nobody's work stands still where one of them breaks.
    """
    query = sa.text(
        "SELECT code, schema_name, revision FROM hub.tenants WHERE state = ANY(:states)"
        " AND revision IS DISTINCT FROM :head ORDER BY kind <> 'demo', id"
    )
    values = {"states": sorted(rules.MIGRATED), "head": head("tenant")}
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(query, values)]


def draft(owner_url: str, tree: str, words: str, metadata: sa.MetaData) -> str:
    """Write a revision that takes the tree's head to ``metadata``; returns its file.

    Works on an empty scratch schema that is brought to head first and rolled back at the end.
    """
    schema = "hub" if tree == "hub" else "draft"
    made, engine = config(tree), owner_engine(owner_url)
    with engine.connect() as connection, connection.begin() as transaction:
        connection.execute(sa.text(f"CREATE SCHEMA IF NOT EXISTS {schema}"))
        if _scripts(tree).get_current_head():
            upgrade(connection, tree, schema)
        connection.execute(sa.text(f"SET LOCAL search_path = {schema}"))
        connection.dialect.default_schema_name = "draft"
        made.attributes.update(
            connection=connection,
            metadata=metadata,
            schema=schema,
            include_name=lambda name, kind, _: kind != "schema" or name in {None, "hub"},
        )
        script = command.revision(made, words, autogenerate=True)
        transaction.rollback()
    return str(getattr(script, "path", ""))
