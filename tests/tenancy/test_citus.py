"""A cluster is arranged by settings of transactions; where there is none, its answers are played.

Settings of Citus can be set on any PostgreSQL, so what is set when is seen on the real server. What
Citus itself makes of it is tried where ``SAAS_CITUS_URL`` names the coordinator of a cluster.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import psycopg
import pytest

from saas.settings import Settings
from saas.tenancy import bootstrap, citus, migrating, schema
from saas.tenancy.citus import Node

pytestmark = pytest.mark.commits
_SETTINGS = ("enable_ddl_propagation", "enable_schema_based_sharding")


@pytest.fixture
def owner(settings: Settings) -> Iterator[psycopg.Connection]:
    with psycopg.connect(settings.owner_url or "") as connection:
        yield connection
        connection.rollback()


def _set(owner: psycopg.Connection) -> list[str | None]:
    row = owner.execute(
        "SELECT " + ", ".join(f"current_setting('citus.{name}', true)" for name in _SETTINGS)
    ).fetchone()
    return [value or None for value in row or ()]


def test_hub_and_jobs_stay_and_districts_go_to_a_node(
    settings: Settings, owner: psycopg.Connection
) -> None:
    cluster = replace(settings, citus=True)
    bootstrap.ensure_roles(owner, cluster, None)
    assert _set(owner) == ["off", None]
    name = schema.new_schema_name()
    schema.create_schema(owner, name, migrating.head("tenant"), cluster)
    assert _set(owner) == ["on", "on"]
    owner.rollback()
    assert _set(owner) == [None, None], "they end with the transaction"


def test_without_a_cluster_nothing_is_set(settings: Settings, owner: psycopg.Connection) -> None:
    bootstrap.ensure_roles(owner, settings, None)
    schema.create_schema(owner, schema.new_schema_name(), migrating.head("tenant"), settings)
    assert _set(owner) == [None, None]


def test_a_server_without_citus_is_said_to_have_none(owner: psycopg.Connection) -> None:
    (told,) = citus.faults(owner)
    assert "has no Citus" in told


@pytest.fixture
def played(owner: psycopg.Connection) -> psycopg.Connection:
    """What is asked of Citus, played by tables and a function of this connection alone."""
    for statement in (
        "SET LOCAL search_path = pg_temp",
        "CREATE TEMP TABLE pg_dist_node (nodename text, nodeport int, noderole text,"
        " isactive bool, shouldhaveshards bool)",
        "CREATE TEMP TABLE citus_schemas (schema_name text, colocation_id int)",
        "CREATE TEMP TABLE citus_shards (colocation_id int, nodename text, nodeport int)",
        "INSERT INTO pg_dist_node VALUES ('a', 5432, 'primary', true, true),"
        " ('b', 5432, 'primary', true, true), ('c', 5432, 'primary', true, false)",
        "INSERT INTO citus_schemas VALUES ('t_aaaaaaaaaaaa', 1), ('t_bbbbbbbbbbbb', 2)",
        "INSERT INTO citus_shards VALUES (1, 'a', 5432), (1, 'a', 5432), (2, 'b', 5432)",
        "CREATE FUNCTION pg_temp.citus_schema_move(text, text, int) RETURNS void LANGUAGE sql AS"
        " 'UPDATE citus_shards SET nodename = $2, nodeport = $3 WHERE colocation_id ="
        " (SELECT colocation_id FROM citus_schemas WHERE schema_name = $1)'",
    ):
        owner.execute(statement)
    return owner


def test_nodes_and_where_districts_are(played: psycopg.Connection) -> None:
    assert citus.nodes(played) == [Node("a", 5432), Node("b", 5432)]
    assert citus.placement(played) == {
        "t_aaaaaaaaaaaa": Node("a", 5432),
        "t_bbbbbbbbbbbb": Node("b", 5432),
    }


def test_a_district_is_moved_and_nothing_that_is_none(
    played: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[tuple[str, Any]] = []
    original = psycopg.Connection.execute

    def execute(self: psycopg.Connection, query: Any, values: Any = None, **more: Any) -> Any:
        sent.append((str(query), values))
        return original(
            self, query.replace("citus_schema_move", "pg_temp.citus_schema_move"), values
        )

    monkeypatch.setattr(psycopg.Connection, "execute", execute)
    citus.move(played, "t_aaaaaaaaaaaa", Node("b", 5432))
    assert sent == [
        ("SELECT citus_schema_move(%s, %s, %s)", ("t_aaaaaaaaaaaa", "b", 5432)),
    ]
    monkeypatch.undo()
    assert citus.placement(played)["t_aaaaaaaaaaaa"] == Node("b", 5432)
    with pytest.raises(schema.NotOurs):
        citus.move(played, "hub", Node("b", 5432))


@pytest.mark.skipif("SAAS_CITUS_URL" not in os.environ, reason="SAAS_CITUS_URL names no cluster")
def test_a_district_on_a_real_cluster(settings: Settings) -> None:
    cluster = replace(settings, citus=True)
    name = schema.new_schema_name()
    with psycopg.connect(os.environ["SAAS_CITUS_URL"]) as owner:
        assert citus.faults(owner) == []
        bootstrap.ensure_roles(owner, cluster, None)
        owner.commit()
        schema.create_schema(owner, name, migrating.head("tenant"), cluster)
        owner.commit()
        assert citus.placement(owner)[name] in citus.nodes(owner)
        schema.drop_schema(owner, name)
