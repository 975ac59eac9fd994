"""Backups of every district into one folder, and the drill that shows they can be read.

Each is an archive of one district, sealed to the installation's own key for backups; who keeps its
secret half elsewhere can open them, and a drill that has it does so once a week. What stands in the
hub alone (operators, hosts, events) is for the backup of the database.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg

from saas.kernel.context import Tenant as Scope
from saas.kernel.rounds import each_alone
from saas.kernel.runtime import settings
from saas.tenancy import archives, leaving, migrating, queries, schema
from saas.tenancy.archives import BadArchive, reading
from saas.tenancy.models import Tenant

Say = Callable[[str], None]
_STAMP = "%Y%m%dT%H%M%SZ"
#: What the last drill found, beside the backups.
DRILL = "drill.json"


@dataclass(frozen=True, slots=True)
class Drill:
    """A backup that was brought back and held against what it says of itself; ``at`` in UTC."""

    at: str
    file: str
    made: str
    rows: int
    files: int


def write(to: Path, recipient: str, *, keep: timedelta, say: Say) -> list[Exception]:
    """Back every district up that is at the newest revision; then let go of backups older than
    ``keep``, but never of a district's last. In the hub; returns what the broken ones raised.
    """
    leaving.ensure_public_key(recipient)
    districts = queries.scopes_with_tables()
    stamp = datetime.now(UTC).strftime(_STAMP)

    def one(district: Scope) -> None:
        folder = to / district.schema
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        say(f"{district.code} …")
        _write(queries.access_tenant(district.code), folder / f"{stamp}.age", recipient)
        _let_go(folder, datetime.now(UTC) - keep)

    return each_alone(districts, one)


def _write(tenant: Tenant, file: Path, recipient: str) -> None:
    if tenant.revision != migrating.head("tenant"):
        raise BadArchive(f"{tenant.code} is not at the newest revision: run 'saas db upgrade'")
    with psycopg.connect(settings().owner_url or "") as owner:
        archives.write(
            owner,
            tenant.schema_name,
            leaving.folder_of(tenant.schema_name),
            leaving.head_of(tenant),
            to=file,
            recipient=recipient,
            say=lambda _: None,
        )


def of_district(folder: Path) -> list[Path]:
    """Its backups, the oldest first."""
    return sorted(folder.glob("*.age"))


def _let_go(folder: Path, before: datetime) -> None:
    for file in of_district(folder)[:-1]:
        if file.stem < before.strftime(_STAMP):
            file.unlink()


def newest(to: Path) -> list[Path]:
    """The last backup of each district, the oldest of these first: it needs the drill most."""
    lasts = [of_district(folder)[-1] for folder in to.iterdir() if of_district(folder)]
    return sorted(lasts, key=lambda file: file.stem)


def drill(file: Path, identity: str) -> Drill:
    """Bring a backup back into tables that are thrown away, and count: every row, every byte.

    Raises `BadArchive` when anything is not what it says of itself.
    """
    with (
        reading.opened(file, identity) as tar,
        _thrown_away() as (owner, name),
        tempfile.TemporaryDirectory(prefix="saas-drill-") as files,
    ):
        head = reading.head_of(tar)
        leaving.build(owner, name, head["revision"])
        kept = Path(files) / "files"
        said = archives.restore(tar, owner, name, kept, columns=head["columns"], say=lambda _: None)
        owner.commit()
        if apart := said.differing(archives.measure(owner, name, kept)):
            raise BadArchive(f"what came back differs: {', '.join(apart)}")
    rows = sum(part.rows for part in said.tables.values())
    now = datetime.now(UTC).strftime(_STAMP)
    return Drill(now, f"{file.parent.name}/{file.name}", file.stem, rows, len(said.files))


@contextmanager
def _thrown_away() -> Iterator[tuple[psycopg.Connection, str]]:
    """A schema name that nobody else has; what is made under it goes again."""
    name = schema.new_schema_name()
    with psycopg.connect(settings().owner_url or "") as owner:
        try:
            yield owner, name
        finally:
            owner.rollback()
            schema.drop_schema(owner, name)


def write_down(to: Path, done: Drill) -> None:
    """Keep what the drill found where the next person looks."""
    (to / DRILL).write_text(json.dumps(asdict(done), indent=1) + "\n")
