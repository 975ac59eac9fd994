"""The checks of an installation, from the disk to each district. None leaves anything behind."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import psycopg
from flask import Flask

from saas.accounts import queries as people
from saas.jobs import pulse
from saas.kernel import crypto
from saas.kernel.context import entering
from saas.kernel.rounds import each_alone
from saas.kernel.runtime import wired
from saas.kernel.unit_of_work import reading
from saas.launch.folder import CannotStart, ensure_writable
from saas.settings import Settings
from saas.tenancy import bootstrap, citus, drift, migrating, queries, sealing
from saas.tenancy.schema import MARK

OK, WARN, BAD = "ok", "warn", "bad"
_SKEW = 5.0
_LITTLE = 0.05


@dataclass(frozen=True, slots=True)
class Check:
    """What one check found: `OK`, `WARN` or `BAD`, and a sentence that says what to do."""

    name: str
    state: str
    told: str


@dataclass(frozen=True, slots=True)
class Patient:
    """What the checks look at."""

    app: Flask
    settings: Settings
    owner: psycopg.Connection


def examine(app: Flask, settings: Settings, owner_url: str) -> Iterator[Check]:
    """Every check in turn; one that breaks is a finding of its own."""
    with psycopg.connect(owner_url, connect_timeout=5) as owner:
        patient = Patient(app, settings, owner)
        for look in _CHECKS:
            try:
                yield from list(look(patient))
            except Exception as error:  # noqa: BLE001 - whatever it is, the others are looked at
                yield Check(look.__name__.strip("_"), BAD, f"broke: {type(error).__name__}")
            owner.rollback()


def _disk(patient: Patient) -> Iterator[Check]:
    folder = patient.settings.data_dir
    try:
        ensure_writable(folder)
    except CannotStart as error:
        yield Check("disk", BAD, str(error))
        return
    usage = shutil.disk_usage(folder)
    share = usage.free / usage.total
    state = OK if share >= _LITTLE else WARN
    yield Check("disk", state, f"{folder} takes a megabyte; {share:.0%} of the disk is free")


def _server(patient: Patient) -> Iterator[Check]:
    try:
        bootstrap.ensure_server(patient.owner)
        bootstrap.ensure_harmless(patient.settings.database_url)
    except bootstrap.UnfitServer as error:
        yield Check("server", BAD, str(error))
        return
    major = patient.owner.info.server_version // 10000
    yield Check("server", OK, f"PostgreSQL {major}; the runtime login has no rights of its own")


def _cluster(patient: Patient) -> Iterator[Check]:
    """Whether districts can be made on the nodes, where there are nodes."""
    if not patient.settings.citus:
        return
    found = citus.faults(patient.owner)
    told = "; ".join(found) or f"{len(citus.nodes(patient.owner))} nodes may hold districts"
    yield Check("cluster", BAD if found else OK, told)


def _clock(patient: Patient) -> Iterator[Check]:
    row = patient.owner.execute("SELECT EXTRACT(epoch FROM clock_timestamp())::float8").fetchone()
    apart = abs(time.time() - (row[0] if row else 0))
    state = OK if apart < _SKEW else BAD
    yield Check("clock", state, f"this machine's and the server's are {apart:.1f} s apart")


def _revisions(patient: Patient) -> Iterator[Check]:
    row = patient.owner.execute("SELECT version_num FROM hub.alembic_version").fetchone()
    if row != (migrating.head("hub"),):
        yield Check("hub", BAD, "the hub is behind: run 'saas db upgrade'")
    engine = migrating.owner_engine(patient.settings.owner_url or "")
    late = [code for code, _, _ in migrating.behind(engine)]
    engine.dispose()
    told = f"behind: {', '.join(late)}; run 'saas db upgrade'" if late else "all at the newest"
    yield Check("revisions", BAD if late else OK, told)


def _drift(patient: Patient) -> Iterator[Check]:
    """Each district's tables are those of a new one."""
    wanted, apart = drift.expected(patient.owner, patient.settings), []
    districts = drift.districts(patient.owner)
    for name, code in districts.items():
        with patient.owner.transaction(force_rollback=True):
            found = drift.differing(wanted, drift.fingerprint(patient.owner, name))
        if found:
            apart.append(f"{code} ({', '.join(found[:5])}{' …' if len(found) > 5 else ''})")
    told = f"changed by hand: {'; '.join(apart)}" if apart else f"{len(districts)} districts alike"
    yield Check("tables", BAD if apart else OK, told)


def _orphans(patient: Patient) -> Iterator[Check]:
    """Schemas, roles and files that belong to no district."""
    known = {row[0] for row in patient.owner.execute("SELECT schema_name FROM hub.tenants")}
    schemas = patient.owner.execute(
        "SELECT nspname FROM pg_namespace WHERE obj_description(oid, 'pg_namespace') = %s",
        (MARK,),
    ).fetchall()
    roles = patient.owner.execute(
        "SELECT r.rolname FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.member"
        " JOIN pg_roles g ON g.oid = m.roleid WHERE g.rolname = %s AND r.rolname LIKE 't\\_%%'",
        (patient.settings.tenant_role,),
    ).fetchall()
    folder = patient.settings.data_dir / "files"
    files = [path.name for path in folder.iterdir()] if folder.is_dir() else []
    for what, names in (
        ("schema", {row[0] for row in schemas}),
        ("role", {row[0].removesuffix("_care") for row in roles}),
        ("folder of files", set(files)),
    ):
        if left := sorted(names - known):
            yield Check("orphans", WARN, f"{what} of no district: {', '.join(left)}")


def _keys(patient: Patient) -> Iterator[Check]:
    """A sealed number of each district is opened, where it has one."""
    opened, shut = 0, []
    for name, code in drift.districts(patient.owner).items():
        row = patient.owner.execute(
            psycopg.sql.SQL("SELECT phone FROM {} WHERE phone IS NOT NULL LIMIT 1").format(
                psycopg.sql.Identifier(name, "people")
            )
        ).fetchone()
        scope = wired(patient.app).registry.by_schema(name)
        if row is None or scope is None:
            continue
        with patient.app.app_context(), entering(scope):
            try:
                crypto.unseal(row[0])
                opened += 1
            except crypto.Unreadable:
                shut.append(code)
    told = f"sealed with another key: {', '.join(shut)}; is SAAS_MASTER_KEY the right one?"
    yield Check("keys", BAD, told) if shut else Check("keys", OK, f"{opened} districts opened")


def _worker(patient: Patient) -> Iterator[Check]:
    with patient.app.app_context(), entering(wired(patient.app).hub), reading():
        beats = pulse.pulse()
        failed = sum(states.get("failed", 0) for states in pulse.by_kind().values())
    heard = "never" if beats.beat is None else f"{beats.beat:.0f} s ago"
    state = {"ok": OK, "behind": WARN}.get(beats.state, BAD)
    told = f"{beats.workers} signed on, last heard {heard}; start 'saas worker' if none runs"
    yield Check("worker", state, told if state != OK else told.partition(";")[0])
    if failed:
        yield Check("jobs", WARN, f"{failed} failed: see /hub/work")


def _seals(patient: Patient) -> Iterator[Check]:
    """What may only grow is sealed by the hour, and was found unchanged at its last check."""
    with patient.app.app_context(), entering(wired(patient.app).hub), reading():
        rows = sealing.overview()
    wrong = [row.code for row in rows if row.faults]
    late = [row.code for row in rows if row.late]
    if wrong:
        told = f"changed afterwards: {', '.join(wrong)}; see 'saas audit verify --all'"
        yield Check("seals", BAD, told)
    if late:
        told = f"not sealed for over two hours: {', '.join(late)}; does a worker run?"
        yield Check("seals", WARN, told)
    if not wrong and not late:
        yield Check("seals", OK, f"{len(rows)} sealed within the hour, none known to be changed")


def _reachable(patient: Patient) -> Iterator[Check]:
    """Every open district can be entered by the runtime login."""
    with patient.app.app_context(), entering(wired(patient.app).hub), reading():
        scopes = queries.working_scopes()
    shut = []
    for scope in scopes:
        with patient.app.app_context(), entering(scope):
            if each_alone([scope], lambda _: _touch()):
                shut.append(scope.code)
    told = f"cannot be entered: {', '.join(shut)}" if shut else f"{len(scopes)} can be entered"
    yield Check("districts", BAD if shut else OK, told)


def _touch() -> None:
    with reading():
        people.administrators()


_CHECKS: tuple[Callable[[Patient], Iterator[Check]], ...] = (
    _disk,
    _server,
    _cluster,
    _clock,
    _keys,
    _revisions,
    _drift,
    _orphans,
    _reachable,
    _worker,
    _seals,
)
