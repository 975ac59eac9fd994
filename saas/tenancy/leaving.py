"""How a district leaves, comes back, or goes for good. Each works in the hub scope.

An archive is sealed to the key of the district, which this installation does not have: it can write
archives, not read them.
"""

from __future__ import annotations

import base64
import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tarfile import TarFile
from typing import Any

import psycopg
import pyrage

from saas.kernel import clock, crypto
from saas.kernel.context import Actor, entering
from saas.kernel.db import session
from saas.kernel.errors import Conflict, Invalid
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.runtime import settings, wired
from saas.kernel.unit_of_work import unit_of_work
from saas.tenancy import archives, commands, migrating, progress, queries, rules, schema, sealing
from saas.tenancy.archives import BadArchive, Manifest, content, reading
from saas.tenancy.events import tenant_changed
from saas.tenancy.models import Archive, Tenant
from saas.tenancy.progress import Say

#: How long one that is closing can be kept, unless more is asked for.
DAYS = rules.CLOSING_DAYS
#: What a tenant row brings along; its state is the operator's word, not the archive's.
_FACTS = ("code", "kind", "package", "look", "official_code")


def new_key() -> tuple[str, str]:
    """A key for a district's archives: the secret, which only the district keeps, and the public
    half.
    """
    identity = pyrage.x25519.Identity.generate()
    return str(identity), str(identity.to_public())


def set_recipient(code: str, recipient: str, *, actor: Actor) -> None:
    """Have archives of a district sealed to this public key from now on."""
    ensure_public_key(recipient)
    tenant = queries.access_tenant(code, lock=True)
    tenant.recipient = recipient
    commands.note(tenant, "set_recipient", actor=actor, recipient=recipient)


def ensure_public_key(recipient: str) -> None:
    """Refuse what nothing can be sealed to."""
    try:
        pyrage.x25519.Recipient.from_str(recipient)
    except pyrage.RecipientError as error:
        raise Invalid({"recipient": [_l("A public key of age begins with age1.")]}) from error


def folder_of(schema_name: str) -> Path:
    """Where the files of a district lie."""
    return settings().data_dir / "files" / schema_name


def measure(code: str) -> Manifest:
    """What an archive of it would hold now."""
    tenant = queries.access_tenant(code)
    with _owner() as owner:
        return archives.measure(owner, tenant.schema_name, folder_of(tenant.schema_name))


def archive(code: str, to: Path, *, say: Say, actor: Actor) -> Archive:
    """Write the archive of a district to a file. Raises `Invalid` without a key to seal it to."""
    tenant = queries.access_tenant(code)
    if not tenant.recipient:
        raise Invalid({"recipient": [_l("Set the public key of this district first.")]})
    if tenant.revision != migrating.head("tenant"):
        raise Conflict(_l("Bring this district up to date first."))
    sealing.seal_before_leaving(queries.as_scope(tenant))
    with _owner() as owner, progress.shown(tenant.code, "archive", say) as said:
        manifest = archives.write(
            owner,
            tenant.schema_name,
            folder_of(tenant.schema_name),
            head_of(tenant),
            to=to,
            recipient=tenant.recipient,
            say=said,
        )
    made = Archive(
        tenant_id=tenant.id,
        at=clock.now(),
        revision=migrating.head("tenant"),
        recipient=tenant.recipient,
        sha256=content.digest_of(to),
        size=to.stat().st_size,
        tables={name: part.rows for name, part in manifest.tables.items()},
        files=len(manifest.files),
    )
    session.add(made)
    commands.note(tenant, "write_archive", actor=actor, sha256=made.sha256)
    return made


def archive_file(tenant_schema: str, number: int) -> Path:
    """Where an archive that was asked for on the page lies, for the operator to fetch."""
    return settings().data_dir / "archives" / f"{tenant_schema}-{number}.age"


def archive_here(code: str, *, actor: Actor) -> Archive:
    """Write an archive into the data folder."""
    tenant = queries.access_tenant(code)
    folder = archive_file(tenant.schema_name, 0).parent
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = folder / f"{tenant.schema_name}.making"
    made = archive(code, fresh, say=lambda _: None, actor=actor)
    session.flush()
    fresh.replace(archive_file(tenant.schema_name, made.id))
    return made


def head_of(tenant: Tenant) -> dict[str, Any]:
    """What an archive says of its district, with the keys that open what is sealed in it."""
    with entering(queries.as_scope(tenant)):
        keys = crypto.own_keys()
    return {
        "format": content.FORMAT,
        "revision": migrating.head("tenant"),
        "columns": {str(one.name): content.columns_of(one) for one in content.tables()},
        "schema": tenant.schema_name,
        "name": dict(tenant.name),
        "keys": {name: base64.b64encode(key).decode() for name, key in keys.items()},
        "clock_shift": (tenant.clock_shift or timedelta()).total_seconds(),
        "went_live": tenant.activated_at is not None,
        **{name: getattr(tenant, name) for name in _FACTS},
    }


def look_into(file: Path, identity: str) -> dict[str, Any]:
    """Which district an archive is of, without its keys; nothing is changed."""
    with reading.opened(file, identity) as tar:
        head = reading.head_of(tar)
        for _ in tar:  # to the end: the seal of the last part is checked as well
            pass
    return {name: value for name, value in head.items() if name not in {"keys", "columns"}}


def restore(file: Path, identity: str, *, code: str | None, say: Say, actor: Actor) -> Tenant:
    """Bring a district back out of its archive, suspended, so that nothing goes out of it until
    somebody looked.

    Where it was deleted or archived it takes its own place; beside itself, or under another
    ``code``, it is a district of its own. Raises `BadArchive` or `Invalid`.
    """
    with reading.opened(file, identity) as tar:
        head = reading.head_of(tar)
        tenant = _place_for(head, code or head["code"])
        target = folder_of(tenant.schema_name)
        if target.exists():
            raise Conflict(_l("Files of this district are still there."))
        with _owner() as owner:
            _ensure_room(owner, tenant.schema_name)
        try:
            with progress.shown(tenant.code, "restore", say) as said:
                manifest = _fill(tar, head, tenant, said)
        except BaseException:  # tables are stored before all is done: none may stay without a row
            remove_all(tenant.schema_name)
            raise
    tenant.revision = migrating.head("tenant")
    before, tenant.state = tenant.state, "suspended"
    tenant.state_reason = str(_l("Just restored from an archive."))
    commands.note(tenant, "restore", actor=actor, before=before, rows=_rows(manifest))
    session.flush()
    tenant_changed.send(tenant.code)
    return tenant


def _fill(tar: TarFile, head: dict[str, Any], tenant: Tenant, say: Say) -> Manifest:
    """Tables and files out of the archive, brought along, and quiet."""
    name = tenant.schema_name
    with _owner() as owner:
        build(owner, name, head["revision"])
        manifest = archives.restore(
            tar, owner, name, folder_of(name), columns=head["columns"], say=say
        )
        owner.commit()
    _bring_along(name, head["revision"])
    scope = replace(queries.as_scope(tenant), read_only=False)
    with entering(scope), unit_of_work():
        for domain in wired().domains:
            if domain.restored:
                domain.restored()
    sealing.note_restored(scope)
    return manifest


def _place_for(head: dict[str, Any], code: str) -> Tenant:
    """The row under which it stands, with the keys that open what is sealed in it."""
    known = queries.find_by_code(code) or queries.find_by_old_code(code)
    if known and known.state not in {"archived", "deleted"}:
        told = _l("Another district has this code. Give it another one, to compare the two.")
        raise Invalid({"code": [told]})
    if not rules.usable_code(code):
        raise Invalid({"code": [_l("Use 2 to 32 small letters, digits and inner hyphens.")]})
    tenant = known or Tenant(
        code=code, state="archived", created_at=clock.now(), seed={}, schema_name=_free(head)
    )
    for name in _FACTS[1:]:
        setattr(tenant, name, head[name])
    tenant.name, tenant.due_at = head["name"], None
    tenant.clock_shift = timedelta(seconds=head["clock_shift"])
    if head["went_live"] and tenant.activated_at is None:
        tenant.activated_at = clock.now()
    keys = {name: base64.b64decode(key) for name, key in head["keys"].items()}
    session.add(tenant)
    session.flush()
    tenant.keys = None
    with entering(queries.as_scope(tenant)):
        own = crypto.own_keys()
    tenant.keys = None if own == keys else crypto.wrap_keys(keys)
    session.flush()
    return tenant


def _free(head: dict[str, Any]) -> str:
    """Its own schema name where nobody has it, else a new one."""
    own = schema.ensure_ours(head["schema"])
    return schema.new_schema_name() if queries.find_by_schema(own) else own


def _ensure_room(owner: psycopg.Connection, name: str) -> None:
    if schema.schema_exists(owner, name):
        raise Conflict(_l("The tables of this district are still there."))


def build(owner: psycopg.Connection, name: str, revision: str) -> None:
    """Empty tables at the revision of the archive."""
    if revision == migrating.head("tenant"):
        schema.create_schema(owner, name, revision, settings())
        return
    if not migrating.is_known(revision):
        raise BadArchive(f"it stands at the revision {revision}, which this version does not know")
    schema.create_empty(owner, name, settings())
    owner.commit()
    _migrate(name, revision)


def _bring_along(name: str, revision: str) -> None:
    """To the newest revision, with the rights that a new district has."""
    if revision != migrating.head("tenant"):
        _migrate(name, "head")
        with _owner() as owner:
            schema.narrow(owner, name)


def _migrate(name: str, target: str) -> None:
    engine = migrating.owner_engine(settings().owner_url or "")
    with engine.begin() as connection:
        migrating.upgrade(connection, "tenant", name, target)
    engine.dispose()


def compare(one: str, other: str) -> list[str]:
    """The names of tables and files in which two districts differ."""
    with progress.shown(one, "compare", lambda _: None) as say:
        say(one)
        mine = measure(one)
        say(other)
        return mine.differing(measure(other))


def compare_and_note(one: str, other: str, *, actor: Actor) -> None:
    """Compare two districts, and write down in the history of the first what differs."""
    differing = compare(one, other)
    commands.note(
        queries.access_tenant(one), "compare", actor=actor, other=other, differing=differing[:500]
    )


def swap(one: str, other: str, *, actor: Actor) -> None:
    """Let two districts change places: each stands at the other's address from now on."""
    first, second = (queries.access_tenant(code, lock=True) for code in (one, other))
    mine, theirs = (
        (one.schema_name, one.keys, one.revision, one.clock_shift) for one in (first, second)
    )
    first.schema_name = "swapping"
    session.flush()
    second.schema_name, second.keys, second.revision, second.clock_shift = mine
    session.flush()
    first.schema_name, first.keys, first.revision, first.clock_shift = theirs
    for tenant, with_whom in ((first, other), (second, one)):
        commands.note(tenant, "swap", actor=actor, reason=with_whom)
        tenant_changed.send(tenant.code)
    session.flush()


def close(code: str, *, reason: str, days: int = DAYS, actor: Actor) -> Tenant:
    """Close a district for good; until ``days`` are over it can be kept after all."""
    tenant = queries.access_tenant(code, lock=True)
    commands.move(tenant, "closing", actor=actor, reason=reason)
    tenant.due_at = clock.now() + timedelta(days=days)
    return tenant


def keep(code: str, *, actor: Actor) -> Tenant:
    """Not close it after all: it is suspended, and can be resumed."""
    tenant = queries.access_tenant(code, lock=True)
    commands.move(tenant, "suspended", actor=actor, reason=tenant.state_reason)
    tenant.due_at = None
    return tenant


def condemn(code: str, *, reason: str, actor: Actor) -> None:
    """Take a closing district out of service for good, when its days are over and it was archived
    after it closed; what is then to be done is `remove`.
    """
    tenant = queries.access_tenant(code, lock=True)
    ensure_deletable(tenant)
    if tenant.state == "closing":
        commands.move(tenant, "archived", actor=actor, reason=reason)


def remove(code: str, *, reason: str, actor: Actor) -> dict[str, Any]:
    """Delete all that is left of a condemned district. Commits on its way, since the tables go in
    small bites; safe to repeat.

    Returns the certificate: what was deleted, when, by whom, and the archive that is left.
    """
    with unit_of_work():
        tenant = queries.access_tenant(code)
        if tenant.state != "archived":
            raise Conflict(_l("Only a district that is closing can be deleted."))
        name, certificate = tenant.schema_name, _certificate(tenant, actor)
    remove_all(name)
    with unit_of_work():
        tenant = queries.access_tenant(code, lock=True)
        commands.move(tenant, "deleted", actor=actor, reason=reason)
        tenant.keys, tenant.revision, tenant.due_at = None, None, None
        commands.note(tenant, "certify", actor=actor, **certificate)
    return certificate


def _certificate(tenant: Tenant, actor: Actor) -> dict[str, Any]:
    written = ensure_deletable(tenant)
    return {
        "code": tenant.code,
        "name": dict(tenant.name),
        "by": actor.login or actor.kind,
        "archive": {"sha256": written.sha256, "at": written.at.isoformat()},
        "rows": sum(written.tables.values()),
        "tables": len(written.tables),
        "files": written.files,
    }


def ensure_deletable(tenant: Tenant) -> Archive:
    """The archive that is left of it; raises `Conflict` while it may not be deleted."""
    if tenant.state not in {"closing", "archived"}:
        raise Conflict(_l("Only a district that is closing can be deleted."))
    if tenant.due_at and tenant.due_at > clock.now():
        raise Conflict(_l("Its days are not over yet: until then it can be kept."))
    written = next(iter(queries.archives_of(tenant)), None)
    closed = next((e.at for e in queries.events_of(tenant) if e.verb == "close"), None)
    if written is None or (closed and written.at < closed):
        raise Conflict(_l("Archive it first, after it was closed: then nothing is lost."))
    return written


def remove_all(name: str) -> None:
    """Delete what was queued for a schema, its tables and its files. Commits on its way."""
    forget_jobs(name)
    with _owner() as owner:
        schema.drop_schema(owner, name)
    shutil.rmtree(folder_of(name), ignore_errors=True)


def forget_jobs(name: str) -> None:
    """Delete what was queued for a schema."""
    with psycopg.connect(settings().owner_url or "", options="-c search_path=jobs") as owner:
        owner.execute("DELETE FROM procrastinate_jobs WHERE args->>'scope' = %s", (name,))


def discard(name: str) -> None:
    """Delete tables and files that no district stands on any more."""
    with unit_of_work():
        if queries.find_by_schema(name) is not None:
            raise Conflict
    remove_all(name)


def _rows(manifest: Manifest) -> int:
    return sum(part.rows for part in manifest.tables.values())


def _owner() -> psycopg.Connection:
    return psycopg.connect(settings().owner_url or "")
