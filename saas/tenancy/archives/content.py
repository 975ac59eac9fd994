"""What belongs to a district's archive, and how it is counted."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

import psycopg
import sqlalchemy as sa
from psycopg import sql

from saas.kernel.db import tenant_metadata

FORMAT: Final = 1
HEAD, MANIFEST, TABLES, FILES = "head.json", "manifest.json", "tables/", "files/"
#: Tables that stay behind, and why. Every other one of a district is in its archive.
LEFT_OUT: Final = {
    "tries": "counts of tries, which are over within the hour",
}
_CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Part:
    """A table or a file: ``rows`` of a table, ``sequence`` where its numbers stand."""

    sha256: str
    size: int
    rows: int = 0
    sequence: int | None = None


@dataclass(slots=True)
class Manifest:
    """Everything in an archive by name."""

    tables: dict[str, Part] = field(default_factory=dict)
    files: dict[str, Part] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """As it stands in the archive."""
        return asdict(self)

    @classmethod
    def from_json(cls, given: dict[str, Any]) -> Manifest:
        """As it was read out of one."""
        tables = {name: Part(**part) for name, part in given["tables"].items()}
        return cls(tables, {name: Part(**part) for name, part in given["files"].items()})

    def differing(self, other: Manifest) -> list[str]:
        """The names of what is not the same in both."""
        found = []
        for ours, theirs in ((self.tables, other.tables), (self.files, other.files)):
            names = sorted(ours.keys() | theirs.keys())
            found += [name for name in names if ours.get(name) != theirs.get(name)]
        return found


def tables() -> list[sa.Table]:
    """What is archived, those first that others refer to."""
    return [table for table in tenant_metadata.sorted_tables if table.name not in LEFT_OUT]


def columns_of(table: sa.Table) -> list[str]:
    """What is archived of a table: all but what the database works out by itself."""
    return [str(column.name) for column in table.columns if column.computed is None]


def copy_out(schema: str, table: sa.Table) -> sql.Composed:
    """Its rows in the order of their keys, so that the same rows are the same bytes."""
    names = sql.SQL(", ").join(map(sql.Identifier, columns_of(table)))
    keys = sql.SQL(", ").join(sql.Identifier(column.name) for column in table.primary_key)
    return sql.SQL("COPY (SELECT {} FROM {} ORDER BY {}) TO STDOUT").format(
        names, sql.Identifier(schema, table.name), keys
    )


def copy_in(schema: str, table: str, columns: Sequence[str]) -> sql.Composed:
    """The way back, by the columns that it had when it was archived."""
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    return sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(schema, table), names)


def sequence_of(owner: psycopg.Connection, schema: str, table: str) -> int | None:
    """The last number that its own sequence gave out; None for one without, or before the first."""
    row = owner.execute(
        "SELECT pg_sequence_last_value(pg_get_serial_sequence(%s, 'id')::regclass)",
        (f'"{schema}"."{table}"',),
    ).fetchone()
    return row[0] if row else None


def files_in(folder: Path) -> Iterator[tuple[str, Path]]:
    """The files of a district by their names below its folder, in order."""
    found = sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    for path in found:
        yield path.relative_to(folder).as_posix(), path


def digest_of(path: Path) -> str:
    """Of a file, without having it in memory."""
    digest = hashlib.sha256()
    with path.open("rb") as opened:
        while chunk := opened.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
