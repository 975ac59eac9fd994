"""A new district is made from the models, an old one by migrations: both are the same."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
import sqlalchemy as sa

from saas.kernel.db import hub_metadata, tenant_metadata
from saas.settings import Settings
from saas.tenancy import drift, migrating, schema
from saas.tenancy.migrating import owner_engine, upgrade

pytestmark = pytest.mark.commits


@pytest.fixture
def owner(settings: Settings) -> Iterator[psycopg.Connection]:
    """A connection whose work is thrown away."""
    with psycopg.connect(settings.owner_url or "") as connection:
        yield connection
        connection.rollback()


def test_baseline_and_migrations_make_the_same_district(
    settings: Settings, owner: psycopg.Connection
) -> None:
    fresh = schema.new_schema_name()
    schema.create_schema(owner, fresh, migrating.head("tenant"), settings)
    from_models = drift.fingerprint(owner, fresh)
    owner.rollback()

    engine, grown = owner_engine(settings.owner_url or ""), schema.new_schema_name()
    with engine.connect() as connection, connection.begin() as transaction:
        raw = connection.connection.dbapi_connection
        assert isinstance(raw, psycopg.Connection)
        raw.execute(f"CREATE ROLE {grown}")
        raw.execute(f"CREATE SCHEMA {grown}")
        schema._default_rights(raw, psycopg.sql.Identifier(grown), psycopg.sql.Identifier(grown))
        upgrade(connection, "tenant", grown)
        raw.execute(f"REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM {grown}")
        from_migrations = drift.fingerprint(raw, grown)
        transaction.rollback()
    engine.dispose()
    assert from_models == from_migrations
    assert len(from_models["columns"]) > 100


def test_the_hub_is_what_its_models_say(settings: Settings, owner: psycopg.Connection) -> None:
    found = {row[0] for row in drift.fingerprint(owner, "hub")["columns"]}
    assert found == {table.name for table in hub_metadata.tables.values()} | {"alembic_version"}


@pytest.mark.parametrize("tree", migrating.TREES)
def test_every_revision_can_be_undone_and_done_again(settings: Settings, tree: str) -> None:
    from alembic.operations import Operations
    from alembic.runtime.migration import MigrationContext

    engine = owner_engine(settings.owner_url or "")
    scripts = migrating._scripts(tree)
    with engine.connect() as connection, connection.begin() as transaction:
        if tree == "hub":
            # The hub in use holds districts: the way back is tried on another one, then undone.
            connection.execute(sa.text("ALTER SCHEMA hub RENAME TO hub_kept"))
            connection.execute(sa.text("ALTER SCHEMA jobs RENAME TO jobs_kept"))
        name = "hub" if tree == "hub" else "t_undo"
        connection.execute(sa.text(f"CREATE SCHEMA {name}"))
        upgrade(connection, tree, name)
        migration = MigrationContext.configure(
            connection,
            opts={
                "fn": lambda rev, _: scripts._downgrade_revs("base", rev),
                "version_table_schema": name,
            },
        )
        with Operations.context(migration):
            migration.run_migrations()
        left = connection.execute(
            sa.text("SELECT tablename FROM pg_tables WHERE schemaname = :name"), {"name": name}
        )
        assert [row[0] for row in left] == ["alembic_version"]
        upgrade(connection, tree, name)
        transaction.rollback()
    engine.dispose()


def test_metadata_of_both_planes_is_apart() -> None:
    assert not set(hub_metadata.tables) & set(tenant_metadata.tables)
    assert all(table.schema == "hub" for table in hub_metadata.tables.values())
    assert all(table.schema is None for table in tenant_metadata.tables.values())


def test_districts_brought_along_side_by_side_each_get_their_own(settings: Settings) -> None:
    """Alembic keeps the migration at work in one place for the whole process."""
    names = [schema.new_schema_name() for _ in range(4)]
    engine = owner_engine(settings.owner_url or "", size=4)

    def grow(name: str) -> set[str]:
        with engine.connect() as connection, connection.begin() as transaction:
            connection.execute(sa.text(f"CREATE SCHEMA {name}"))
            upgrade(connection, "tenant", name)
            found = connection.execute(
                sa.text("SELECT tablename FROM pg_tables WHERE schemaname = :name"), {"name": name}
            )
            tables = {row[0] for row in found}
            transaction.rollback()
        return tables

    with ThreadPoolExecutor(max_workers=4) as pool:
        grown = list(pool.map(grow, names))
    engine.dispose()
    assert grown == [{*tenant_metadata.tables, "alembic_version"}] * 4
