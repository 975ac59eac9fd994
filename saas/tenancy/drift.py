"""What a district's tables are, so that one that was changed by hand is found.

A district is made from the models or grown by migrations; both have the same fingerprint
(tests/migrations), and so has every district at the newest revision.
"""

from __future__ import annotations

from typing import LiteralString

import psycopg
from psycopg import sql

from saas.settings import Settings
from saas.tenancy import migrating, rules, schema

_PARTS: dict[str, LiteralString] = {
    "columns": """
SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
       a.attidentity::text, pg_get_expr(d.adbin, d.adrelid)
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
WHERE c.relnamespace = %(schema)s::regnamespace AND c.relkind = 'r' ORDER BY 1, 2""",
    "constraints": """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE connamespace = %(schema)s::regnamespace ORDER BY 1, 2""",
    "indexes": """
SELECT indexname, replace(indexdef, %(schema)s || '.', '') FROM pg_indexes
WHERE schemaname = %(schema)s ORDER BY 1""",
    "rights": """
SELECT table_name, privilege_type FROM information_schema.role_table_grants
WHERE table_schema = %(schema)s AND grantee = %(schema)s ORDER BY 1, 2""",
}

#: Kind of thing → its rows, in which the district's own name stands as S.
Fingerprint = dict[str, list[tuple[str, ...]]]


def fingerprint(owner: psycopg.Connection, name: str) -> Fingerprint:
    """Columns, constraints, indexes and rights of a schema, in the transaction at hand."""
    owner.execute(sql.SQL("SET LOCAL search_path = {}").format(sql.Identifier(name)))
    return {
        part: [
            tuple(str(value).replace(name, "S") for value in row)
            for row in owner.execute(query, {"schema": name})
        ]
        for part, query in _PARTS.items()
    }


def districts(owner: psycopg.Connection) -> dict[str, str]:
    """Schema → code of every district that has tables."""
    rows = owner.execute(
        "SELECT schema_name, code FROM hub.tenants WHERE state = ANY(%s) ORDER BY id",
        (sorted(rules.MIGRATED),),
    )
    return dict(rows.fetchall())


def expected(owner: psycopg.Connection, settings: Settings) -> Fingerprint:
    """That of a new district. It is made, looked at and never committed."""
    name = schema.new_schema_name()
    with owner.transaction(force_rollback=True):
        schema.create_schema(owner, name, migrating.head("tenant"), settings)
        return fingerprint(owner, name)


def differing(wanted: Fingerprint, found: Fingerprint) -> list[str]:
    """What is missing (-) and what is too much (+), named by its first two words."""
    lines = []
    for part, rows in wanted.items():
        missing, extra = set(rows) - set(found[part]), set(found[part]) - set(rows)
        lines += [f"-{'.'.join(row[:2])}" for row in sorted(missing)]
        lines += [f"+{'.'.join(row[:2])}" for row in sorted(extra)]
    return lines
