"""A district as a copy of another in the same database: table by table, sealed with its own keys.

What binds rows to a district is made right on the way: sealed fields and files are sealed anew,
the hashes by which they are found are made anew, nobody's sign-in and no key of an app comes along,
and what may only grow is sealed from its beginning, since a chain says what was not changed here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Final

import psycopg
import sqlalchemy as sa

from saas.kernel import context, crypto
from saas.kernel.context import SYSTEM, entering
from saas.kernel.crypto import Resealing, Sealed
from saas.kernel.db import session
from saas.kernel.errors import Conflict
from saas.kernel.runtime import settings
from saas.kernel.unit_of_work import unit_of_work
from saas.tenancy import commands, leaving, migrating, provisioning, queries, schema
from saas.tenancy.archives import content
from saas.tenancy.models import Tenant

#: Tables that stay empty in a copy, and why.
LEFT_OUT: Final = {
    "seals": "a chain is of the rows of one district",
    "seal_checks": "they are about such a chain",
    "sign_ins": "who is signed in there is not here",
    "sign_in_links": "an invitation leads into one district",
    "second_factors": "a second step is of one district",
    "spare_codes": "likewise",
    "text_codes": "codes on their way to a telephone",
    "used_tickets": "tickets of apps that do not know this district",
    "identities": "accounts elsewhere that open one district",
    "api_tokens": "a token opens one district",
    "calendar_feeds": "an address that somebody subscribed to",
    "api_answers": "answers to requests that were made there",
    "support_entries": "operators who look into one district",
}
Rename = Callable[[str], str]


def fill(
    source: context.Tenant,
    target: context.Tenant,
    *,
    names: Mapping[str, str],
    as_they_are: Collection[str],
    blank: Mapping[str, Collection[str]],
) -> int:
    """Make the schema of ``target`` and copy everything out of ``source`` into it; how many rows.

    As a `Recipe` says. Whole or not at all.
    """
    keys, rename, rows = _resealing(source, target), _renaming(names), 0
    owner_url = settings().owner_url or ""
    with psycopg.connect(owner_url) as out, psycopg.connect(owner_url) as into:
        out.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        schema.create_schema(into, target.schema, migrating.head("tenant"), settings())
        for table in content.tables():
            if table.name not in LEFT_OUT:
                change = str if table.name in as_they_are else rename
                rows += _copy(
                    out, into, (source.schema, target.schema), table,
                    _Hand(keys, change, blank.get(str(table.name), ())),
                )  # fmt: skip
        _copy_files(source.schema, target.schema, keys)
        into.commit()
    return rows


def _resealing(source: context.Tenant, target: context.Tenant) -> Resealing:
    with entering(source):
        before = crypto.own_keys()
    with entering(target):
        return Resealing(before, crypto.own_keys())


def _renaming(names: Mapping[str, str]) -> Rename:
    """All of them in one go, so that no new name is taken for an old one."""
    if not names:
        return str
    longest_first = sorted(names, key=len, reverse=True)
    found = re.compile("|".join(map(re.escape, longest_first)))
    return lambda text: found.sub(lambda match: names[match[0]], text)


@dataclass(frozen=True, slots=True)
class _Hand:
    """What happens to the rows of a table on the way."""

    keys: Resealing
    rename: Rename
    blank: Collection[str]


def _copy(
    out: psycopg.Connection,
    into: psycopg.Connection,
    schemas: tuple[str, str],
    table: sa.Table,
    hand: _Hand,
) -> int:
    """One table, in PostgreSQL's own writing: a row a line, cells between tabs."""
    source, target = schemas
    columns = content.columns_of(table)
    with out.cursor() as cursor, cursor.copy(content.copy_out(source, table)) as rows:
        text = b"".join(map(bytes, rows)).decode()
    if not text:
        return 0
    text = _written(hand.rename(text), table, columns, hand)
    with into.cursor() as cursor:
        with cursor.copy(content.copy_in(target, str(table.name), columns)) as copy:
            copy.write(text)
        number = cursor.rowcount
    into.execute(
        "SELECT setval(pg_get_serial_sequence(%s, 'id')::regclass, %s)"
        " WHERE pg_get_serial_sequence(%s, 'id') IS NOT NULL",
        (f'"{target}"."{table.name}"', content.sequence_of(out, source, str(table.name)),
         f'"{target}"."{table.name}"'),
    )  # fmt: skip
    return number


_NULL, _HEX = "\\N", "\\\\x"


def _written(text: str, table: sa.Table, columns: list[str], hand: _Hand) -> str:
    """The same rows, sealed for the other district."""
    sealed = [at for at, name in enumerate(columns) if isinstance(table.c[name].type, Sealed)]
    blank = [columns.index(name) for name in hand.blank]
    hashed = {
        at: columns.index(table.c[name].info["hash_of"])
        for at, name in enumerate(columns)
        if "hash_of" in table.c[name].info
    }
    if not sealed and not blank:
        return text
    lines = []
    for line in text.split("\n")[:-1]:
        cells = line.split("\t")
        plain = {at: _unsealed(cells[at], hand.keys) for at in sealed if cells[at] != _NULL}
        for at, words in plain.items():
            cells[at] = _HEX + hand.keys.seal(hand.rename(words)).hex()
        for at, of in hashed.items():
            if of in plain and cells[at] != _NULL:
                cells[at] = hand.keys.lookup_hash(plain[of])
        for at in blank:
            cells[at] = _NULL
        lines.append("\t".join(cells) + "\n")
    return "".join(lines)


def _unsealed(cell: str, keys: Resealing) -> str:
    return keys.unseal(bytes.fromhex(cell.removeprefix(_HEX)))


def _copy_files(source: str, target: str, keys: Resealing) -> None:
    """Files by the names that they have, each readable by its new owner alone."""
    folder, to = leaving.folder_of(source), leaving.folder_of(target)
    for name, path in content.files_in(folder) if folder.is_dir() else ():
        fresh = to / name
        fresh.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh.write_bytes(keys.file(path.read_bytes(), path.name))


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a demo is made: out of which district, and what is done in it before anybody sees it
    (``settle``, in one unit of work).

    Each of the ``names`` becomes another wherever it stands, but in the tables that stay
    ``as_they_are``; a new name holds no quotes, backslashes or breaks. ``blank``: columns of tables
    in which nothing stands afterwards.
    """

    source: context.Tenant
    settle: Callable[[], None]
    names: Mapping[str, str] = field(default_factory=dict)
    as_they_are: Collection[str] = ()
    blank: Mapping[str, Collection[str]] = field(default_factory=dict)

    def make(self, target: context.Tenant) -> None:
        """Everything of ``target``, which nobody reaches yet."""
        fill(
            self.source, target,
            names=self.names, as_they_are=self.as_they_are, blank=self.blank,
        )  # fmt: skip
        with entering(target), unit_of_work():
            self.settle()


_STEP: Final = "copy"


def bring_up(tenant_id: int, recipe: Recipe) -> None:
    """Make a demo that was requested, and open it; one that is there already is left alone.

    Works in the hub scope, in transactions of its own. Raises `ProvisioningFailed`, and nothing of
    it is left then.
    """
    tenant = provisioning.start(tenant_id, [_STEP])
    if tenant is None:
        return
    try:
        with unit_of_work():
            commands.record_step(tenant_id, _STEP, state="doing")
        leaving.remove_all(tenant.schema)  # of a run that was killed
        recipe.make(replace(tenant, read_only=False))
    except Exception as error:
        provisioning.fail(tenant, _STEP, error)
        raise provisioning.ProvisioningFailed(f"{tenant.code}: copy") from error
    with unit_of_work():
        row = session.get_one(Tenant, tenant_id, with_for_update=True)
        row.revision, row.seed = migrating.head("tenant"), {}
        commands.record_step(tenant_id, _STEP, state="done")
        commands.move(row, "active", actor=SYSTEM)


def begin_anew(code: str, recipe: Recipe) -> None:
    """Put a fresh copy in the place of a demo: until it is there, the old one is."""
    with unit_of_work():
        tenant = queries.as_scope(commands.access_sample(code))
    fresh = replace(tenant, schema=schema.new_schema_name(), keys=None, clock_shift=timedelta())
    try:
        recipe.make(fresh)
        with unit_of_work():
            row = commands.access_sample(code)
            if row.schema_name != tenant.schema or row.state != "active":
                raise Conflict
            commands.put_beside(row, fresh.schema)
            row.revision = migrating.head("tenant")
            commands.note(row, "begin_anew", actor=SYSTEM, before="active")
    except BaseException:
        leaving.remove_all(fresh.schema)
        raise


def expire(code: str) -> None:
    """Delete a demo with all that is in it; its line in the hub says that it was there."""
    with unit_of_work():
        tenant = commands.access_sample(code)
        commands.move(tenant, "deleted", actor=SYSTEM, reason=tenant.state_reason)
        name, tenant.revision, tenant.due_at = tenant.schema_name, None, None
    leaving.remove_all(name)
