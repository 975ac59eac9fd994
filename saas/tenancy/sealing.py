"""Sealing every district and the hub, the roots that the hub keeps of them, and checking.

Works from the hub scope and enters districts by itself, in transactions of its own; only what says
so works inside one of the caller's.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import cast

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from saas.kernel import context, writers
from saas.kernel.context import entering
from saas.kernel.db import session
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.rounds import each_alone, raise_first
from saas.kernel.runtime import wired
from saas.kernel.unit_of_work import reading, unit_of_work
from saas.kernel.writers import Busy
from saas.seals import commands, rules
from saas.seals import queries as seals
from saas.seals.declared import Book, books_of
from saas.seals.models import SealCheck
from saas.seals.verify import Kept, Report, verify
from saas.tenancy import queries
from saas.tenancy.models import Anchor, Sealing, Tenant, TenantEvent

_log = logging.getLogger(__name__)
HUB = "hub"

#: What the hub seals of its own: what happened to districts, and the roots that it kept of them.
BOOKS = (
    Book(
        "events",
        cast(sa.Table, TenantEvent.__table__),
        ("id", "tenant_id", "at", "actor", "verb", "before", "after", "reason", "facts"),
        _l("What happened to districts"),
    ),
    Book(
        "anchors",
        cast(sa.Table, Anchor.__table__),
        ("id", "schema_name", "code", "book", "number", "root", "kind", "at"),
        _l("Check codes kept of districts"),
    ),
)


def books(plane: str) -> tuple[Book, ...]:
    """What every domain declared to be sealed, in districts (``tenant``) or in the ``hub``."""
    return books_of(wired().domains.books, plane)


def seal_due(*, at_once: bool = False) -> list[str]:
    """Seal every district that was not sealed within the hour, or each ``at_once``; then the hub.

    Returns those whose writers are too busy. One that breaks stops no other; raises what the first
    raised.
    """
    busy: list[str] = []
    with reading():
        done = set() if at_once else _sealed_within_the_hour()
        due = [one for one in sealed_scopes() if one.schema not in done]
    every: list[context.Scope] = [*due, wired().hub]
    raise_first(each_alone(every, lambda scope: _seal_one(scope, busy)))
    return busy


def seal_before_leaving(district: context.Tenant) -> None:
    """Let an archive end with a seal, unless somebody writes just now. In a unit of the hub."""
    with suppress(Busy), entering(replace(district, read_only=False)):
        commands.seal(books("tenant"))


def sealed_scopes() -> list[context.Tenant]:
    """Every district that has tables, whether it is open or not: a seal changes nothing in it."""
    return [replace(one, read_only=False) for one in queries.scopes_with_tables()]


def _sealed_within_the_hour() -> set[str]:
    since = sa.func.clock_timestamp() - rules.EVERY
    return set(session.scalars(sa.select(Sealing.schema_name).where(Sealing.sealed_at >= since)))


def _seal_one(scope: context.Scope, busy: list[str]) -> None:
    code = scope.code if isinstance(scope, context.Tenant) else HUB
    own = books(HUB if isinstance(scope, context.Hub) else "tenant")
    with entering(scope):
        try:
            number = commands.seal(own)
        except Busy:
            _log.warning("%s is too busy to be sealed just now", code)
            busy.append(code)
            return
        with reading():
            last = [newest for book in own if (newest := seals.newest(book.code))]
            kept = [(one.book, one.number, one.root) for one in last]
    with unit_of_work():
        _note(scope.schema, sealed_at=seals.world_now())
        _keep_of_day(scope.schema, code, kept)
    if number:
        _log.info("sealed %s rows of %s", number, code)


def _note(schema: str, **values: object) -> None:
    made = insert(Sealing).values(schema_name=schema, **values)
    session.execute(made.on_conflict_do_update(index_elements=["schema_name"], set_=values))


def _keep_of_day(schema: str, code: str, kept: Sequence[tuple[str, int, str]]) -> None:
    """Keep the roots of a schema, once a day, those that are new."""
    now = seals.world_now()
    for book, number, root in kept:
        last = session.scalar(
            sa.select(Anchor)
            .where(Anchor.schema_name == schema, Anchor.book == book)
            .order_by(Anchor.id.desc())
            .limit(1)
        )
        same_day = last is not None and last.kind == "day" and last.at.date() == now.date()
        if not same_day and (last is None or last.number != number):
            _keep(schema, code, book, number, root, "day", now)


def _keep(
    schema: str, code: str, book: str, number: int, root: str, kind: str, at: datetime
) -> None:
    session.add(
        Anchor(schema_name=schema, code=code, book=book, number=number, root=root, kind=kind, at=at)
    )


def note_restored(district: context.Tenant) -> None:
    """Say in the hub where the chain of a district ends that came out of an archive: of later seals
    nothing that was kept holds any more. In a unit of work of the hub.
    """
    with entering(district), reading():
        ends = []
        for book in books("tenant"):
            last = seals.newest(book.code)
            ends.append((book.code, last.number if last else 0, last.root if last else ""))
    now = seals.world_now()
    for book_code, number, root in ends:
        _keep(district.schema, district.code, book_code, number, root, "restored", now)


def kept_of(schema: str) -> list[Kept]:
    """The roots that were kept of a schema, without those that a restore made void."""
    found: list[Kept] = []
    query = sa.select(Anchor).where(Anchor.schema_name == schema).order_by(Anchor.id)
    for one in session.scalars(query):
        if one.kind == "restored":
            found = [k for k in found if k.book != one.book or k.number <= one.number]
        if one.number:
            found.append(Kept(one.book, one.number, one.root, one.at))
    return found


def check(scope: context.Scope, also: Iterable[Kept] = ()) -> list[Report]:
    """Hold every book of a scope against its seals, and these against what the hub and others
    (``also``) kept. What came of it is written down in the district and in the hub.
    """
    with entering(wired().hub), reading():
        kept = kept_of(scope.schema)
    own = books(HUB if isinstance(scope, context.Hub) else "tenant")
    with entering(scope), reading():
        reports = [verify(book, [*kept, *also]) for book in own]
        now = seals.world_now()
    faults = sum(len(one.faults) for one in reports)
    if isinstance(scope, context.Tenant):
        with entering(scope), unit_of_work():
            _write_down(reports, now)
    with entering(wired().hub), unit_of_work():
        _note(scope.schema, checked_at=now, faults=faults)
    return reports


def _write_down(reports: Sequence[Report], now: datetime) -> None:
    writers.in_turn("seal_check")
    asked = seals.last_check(done=False)
    session.add(SealCheck(
        asked_by=asked.asked_by if asked else "", asked_at=asked.asked_at if asked else now,
        answers_id=asked.id if asked else None, done_at=now, rows=sum(one.rows for one in reports),
        seals=sum(one.seals for one in reports),
        faults=[asdict(fault) for one in reports for fault in one.faults],
    ))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """A district, or the hub, which has no name, as its sealing stands; ``late``: not for long."""

    code: str
    name: context.Label | None
    sealed_at: datetime | None
    checked_at: datetime | None
    faults: int
    late: bool


def overview() -> list[Row]:
    """Every district that has tables, and the hub; what needs somebody first. In the hub."""
    now = seals.world_now()
    query = sa.select(Tenant, Sealing).outerjoin(Sealing, Sealing.schema_name == Tenant.schema_name)
    pairs = session.execute(query.where(queries.has_tables()).order_by(Tenant.code)).all()
    own = session.scalar(sa.select(Sealing).where(Sealing.schema_name == HUB))
    found = [_row(tenant, sealing, now) for tenant, sealing in pairs] + [_row(None, own, now)]
    return sorted(found, key=lambda row: (not row.faults, not row.late))


def _row(tenant: Tenant | None, sealing: Sealing | None, now: datetime) -> Row:
    begun = tenant.created_at if tenant else now
    last = sealing.sealed_at if sealing else None
    late = (last or begun) < now - rules.LATE
    code, name = (tenant.code, dict(tenant.name)) if tenant else (HUB, None)
    if sealing is None:
        return Row(code, name, None, None, 0, late)
    return Row(code, name, last, sealing.checked_at, sealing.faults, late)


@dataclass(frozen=True, slots=True)
class Needing:
    """How many districts are ``late`` or ``faulty``, and for how many seconds the one that waits
    longest was not sealed.
    """

    late: int
    faulty: int
    oldest: float


def needing() -> Needing:
    """Counted in one statement, however many districts there are. In the hub."""
    now = sa.func.clock_timestamp()
    last = sa.func.coalesce(Sealing.sealed_at, Tenant.created_at)
    query = (
        sa.select(
            sa.func.count().filter(last < now - rules.LATE),
            sa.func.count().filter(Sealing.faults > 0),
            sa.func.coalesce(sa.func.max(sa.extract("epoch", now - last)), 0),
        )
        .select_from(Tenant)
        .outerjoin(Sealing, Sealing.schema_name == Tenant.schema_name)
    )
    late, faulty, oldest = session.execute(query.where(queries.has_tables())).one()
    return Needing(late, faulty, float(oldest))


@dataclass(frozen=True, slots=True)
class Exported:
    """A kept root as it leaves the installation, on a line of its own. ``restored``: the district
    came out of an archive that ended with this seal.
    """

    at: datetime
    code: str
    schema: str
    book: str
    number: int
    root: str
    restored: bool = False

    @property
    def line(self) -> str:
        """Five words and a root; what stands between blanks never has any."""
        day = f"{self.at:%Y-%m-%dT%H:%MZ}"
        return f"{day} {self.code} {self.schema} {self.book} {self.number} {self.root}"


def exported(most: int | None = None) -> list[Exported]:
    """The kept roots, the newest first; those of the hub's own books, which cover all the others,
    as they are now. In the hub.
    """
    own = [newest for book in books(HUB) if (newest := seals.newest(book.code))]
    found = [Exported(o.sealed_at, HUB, HUB, o.book, o.number, o.root) for o in own]
    query = sa.select(Anchor).where(Anchor.number > 0).order_by(Anchor.id.desc()).limit(most)
    known = {(one.schema, one.book, one.number) for one in found}
    return found + [
        Exported(
            one.at, one.code, one.schema_name, one.book, one.number, one.root, one.kind != "day"
        )
        for one in session.scalars(query)
        if (one.schema_name, one.book, one.number) not in known
    ]


def own_roots(district: context.Tenant) -> list[Exported]:
    """The last root of every day of a district's books, the newest first. In its scope."""
    found = []
    for book in books("tenant"):
        last = {day.last for day in seals.days(book.code, "UTC", number=1, size=100_000)[0]}
        found += [
            Exported(one.sealed_at, district.code, district.schema, book.code, one.number, one.root)
            for one in seals.chain(book.code)
            if one.number in last
        ]
    return sorted(found, key=lambda one: (one.at, one.book), reverse=True)


def read_exported(text: str) -> dict[str, list[Kept]]:
    """Roots by schema, as they were printed once. Raises ValueError, naming the line."""
    found: dict[str, list[Kept]] = {}
    for place, line in enumerate(text.splitlines(), 1):
        words = line.split()
        if not words:
            continue
        if len(words) != 6 or not words[4].isdecimal():
            raise ValueError(f"line {place} is not one of 'saas audit anchors'")
        found.setdefault(words[2], []).append(Kept(words[3], int(words[4]), words[5]))
    return found
