"""Districts spread over the nodes of a Citus cluster, a schema each; the hub stays in one place.

`bootstrap` and `migrating` keep the hub on the coordinator, `schema` lets a district go to a node:
each by a setting of one transaction. Here is what Citus is asked besides.
"""

from __future__ import annotations

from dataclasses import dataclass

import psycopg

from saas.tenancy.schema import ensure_ours

#: What a node must be able to say of itself for districts to be made on it.
_OWNER_IS_SUPERUSER = "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"


@dataclass(frozen=True, slots=True)
class Node:
    """A server of the cluster that holds districts."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


def nodes(owner: psycopg.Connection) -> list[Node]:
    """Those that may hold districts."""
    rows = owner.execute(
        "SELECT nodename, nodeport FROM pg_dist_node"
        " WHERE noderole = 'primary' AND isactive AND shouldhaveshards ORDER BY nodename, nodeport"
    )
    return [Node(host, port) for host, port in rows]


def placement(owner: psycopg.Connection) -> dict[str, Node]:
    """Schema → where it is; districts without a table are nowhere."""
    rows = owner.execute(
        "SELECT DISTINCT s.schema_name::text, p.nodename, p.nodeport FROM citus_schemas s"
        " JOIN citus_shards p ON p.colocation_id = s.colocation_id"
    )
    return {name: Node(host, port) for name, host, port in rows}


def move(owner: psycopg.Connection, name: str, to: Node) -> None:
    """Take a district to another node while it works on; whoever writes waits for a moment.

    Not in a transaction of ours: Citus moves table by table.
    """
    owner.execute("SELECT citus_schema_move(%s, %s, %s)", (ensure_ours(name), to.host, to.port))


def faults(owner: psycopg.Connection) -> list[str]:
    """What keeps districts from being made, in sentences; empty when all is well."""
    if owner.execute("SELECT to_regclass('pg_dist_node')").fetchone() == (None,):
        return ["SAAS_CITUS is on, and this database has no Citus: add its extension, or say off"]
    found = []
    if owner.execute(_OWNER_IS_SUPERUSER).fetchone() != (True,):
        found.append(
            "the owner must be a superuser on every node: Citus sends it the roles of a district"
        )
    if not nodes(owner):
        found.append("no node may hold districts: SELECT citus_add_node(host, port)")
    return found
