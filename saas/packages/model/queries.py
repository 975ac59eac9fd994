"""What a district is made from, what it made of it, and what it could take."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import sqlalchemy as sa

from saas.kernel.db import session
from saas.kernel.errors import Conflict, NotFound
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.runtime import wired
from saas.packages.checks import check_permissions
from saas.packages.faults import Fault
from saas.packages.items import items
from saas.packages.library.queries import shelf
from saas.packages.library.queries.editions import BadPackage, from_parts, order
from saas.packages.library.queries.summaries import PackageSummary, read_package, summary
from saas.packages.model.rules.merge import Entry, Plan, Tally, decided, draft, merge, tally
from saas.packages.models import InstalledPackage, PackageChange, PackageDraft
from saas.packages.parts import Address, Package, Part, Shape, all_files, plugs
from saas.packages.reading.folders import load_parts
from saas.packages.schemas import Label

Parts = dict[str, Any]


def installed_row(*, lock: bool = False) -> InstalledPackage:
    """What the district has installed; ``lock`` holds it until the end. `NotFound` without."""
    query = sa.select(InstalledPackage).order_by(InstalledPackage.installed_at.desc()).limit(1)
    row = session.scalar(query.with_for_update() if lock else query)
    if row is None:
        raise NotFound
    return row


def installed_edition() -> str | None:
    """What is installed, as KEY@VERSION; None before anything is."""
    newest = sa.select(InstalledPackage.key, InstalledPackage.version)
    found = session.execute(newest.order_by(InstalledPackage.installed_at.desc()).limit(1)).first()
    return f"{found[0]}@{found[1]}" if found else None


def installed() -> Package:
    """The package that the current district has installed, as it was then; `NotFound` without."""
    content = session.scalar(
        sa.select(InstalledPackage.content).order_by(InstalledPackage.installed_at.desc()).limit(1)
    )
    if content is None:
        raise NotFound
    return from_parts(content)


def installed_file(shape: type[Shape]) -> Shape:
    """One file of that package, by its shape, without reading the others; `NotFound` without."""
    file = next(each for each in plugs().files.values() if each.shape is shape)
    newest = sa.select(InstalledPackage).order_by(InstalledPackage.installed_at.desc()).limit(1)
    kept = InstalledPackage.content[file.name]
    found = session.execute(newest.with_only_columns(kept)).first()
    if found is None:
        raise NotFound
    said = dict(file.absent or {}) if found[0] is None else found[0]
    loaded, faults = load_parts({file.name: said}, {file.name: all_files()[file.name]})
    if faults:
        raise BadPackage(faults)
    return cast("Shape", loaded[file.name])


def installed_names(begins: Address) -> list[tuple[str, Label]]:
    """Code and name of every item of the installed package whose address begins so, in order."""
    try:
        found = items(installed().parts())
    except NotFound:
        return []
    return [(a[-1], item.fields["name"]) for a, item in found.items() if a[:-1] == begins]


def package_parts() -> tuple[Part, ...]:
    """The domains' shares of a package."""
    return plugs().parts


def current() -> Parts:
    """What the district has now, as a package could say it.

    The head, and what no domain reads back, is that of the installed package.
    """
    parts = from_parts(installed_row().content).parts()
    for part in package_parts():
        parts |= part.read()
    return tidy(parts)


def tidy(parts: Parts) -> Parts:
    """The same as `Package.parts` would give it, unless it has faults: then as it stands."""
    try:
        return from_parts(parts).parts()
    except BadPackage:
        return parts


def held() -> dict[Address, int]:
    """What cannot go, and how many things stand on it."""
    found: dict[Address, int] = {}
    for part in package_parts():
        for address, number in part.held().items():
            found[address] = found.get(address, 0) + number
    return found


def own_changes() -> Plan:
    """What the district has made of its package, as a merge with the package itself."""
    base = from_parts(installed_row().content).parts()
    return merge(base, current(), base)


def base_for(key: str) -> Package:
    """The edition that both the district and the editions of ``key`` come from.

    It is the installed one when the key is the same, else the one that it was based on. Raises
    `NotFound` when the district has nothing to do with that package, `Conflict` when the edition
    is not in the library any more.
    """
    own = from_parts(installed_row().content)
    if own.key == key:
        return own
    origin = own.head.based_on
    if origin is None or origin.key != key:
        raise NotFound
    if origin.version not in shelf.versions(key):
        raise Conflict(
            _l(
                "%(key)s %(version)s, on which your package is based, is not in the library.",
                key=key,
                version=origin.version,
            )
        )
    return read_package(key, version=origin.version)


def takeable() -> list[PackageSummary]:
    """The editions that the district could take, the newest first: later ones of its own package
    and of the one it is based on.
    """
    return [summary(key, version) for key, version in newer()]


def newer() -> list[tuple[str, str]]:
    """The same editions by key and version, without reading them."""
    own = from_parts(installed_row().content)
    origin = own.head.based_on
    known = [(own.key, own.version), *([(origin.key, origin.version)] if origin else [])]
    return [
        (key, version)
        for key, since in known
        for version in shelf.versions(key)
        if order(version) > order(since)
    ]


@dataclass(frozen=True, slots=True)
class Proposal:
    """An upgrade as it would be made now.

    ``theirs`` is the edition; ``tally`` the drafted decisions; ``faults`` what is wrong with the
    result as far as it is decided, ``own_faults`` those that the district has already.
    """

    theirs: Package
    plan: Plan
    tally: Tally
    faults: tuple[Fault, ...]
    own_faults: tuple[Fault, ...]

    @property
    def open(self) -> list[str]:
        """The conflicts that wait for a decision."""
        return self.plan.open(self.tally.standing)

    @property
    def marks(self) -> dict[str, str]:
        """What each entry says, in short: two proposals with the same marks are the same."""
        return {entry.path: _mark(entry) for entry in self.plan.entries}


def _mark(entry: Entry) -> str:
    sides = [dict(side.fields) if side else None for side in (entry.base, entry.ours, entry.theirs)]
    changes = [[each.name, each.base, each.ours, each.theirs] for each in entry.changes]
    text = json.dumps([entry.verdict, sides, changes], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def plan_upgrade(key: str, version: str, decisions: Mapping[str, str] | None = None) -> Proposal:
    """The upgrade to an edition as it would be made now.

    ``decisions`` are those to go by; without them those that were drafted. `NotFound` for an
    edition that cannot be taken, `BadPackage` for one with faults.
    """
    if not any((each.key, each.version) == (key, version) for each in takeable()):
        raise NotFound
    theirs = read_package(key, wired().domains.permissions, version)
    ours = current()
    plan = merge(base_for(key).parts(), ours, theirs.parts(), held())
    counted = tally(plan, drafted(key, version)) if decisions is None else Tally(decisions)
    return proposed(theirs, plan, counted, ours)


def proposed(theirs: Package, plan: Plan, counted: Tally, ours: Parts) -> Proposal:
    """A plan with its decisions and what would be wrong with the result."""
    before = faults_of(ours)
    known = {(each.file, each.key, repr(each.values)) for each in before}
    found = faults_of(draft(plan, counted.standing))
    new = [each for each in found if (each.file, each.key, repr(each.values)) not in known]
    old = [each for each in found if each not in new]
    return Proposal(theirs, decided(plan, counted.standing), counted, tuple(new), tuple(old))


def checked(parts: Parts) -> Package:
    """A package made of these parts; raises `BadPackage` with every fault."""
    if faults := faults_of(parts):
        raise BadPackage(faults)
    return from_parts(parts)


def faults_of(parts: Parts) -> list[Fault]:
    """Every fault of a package that nobody wrote down in files."""
    try:
        from_parts(parts)
    except BadPackage as error:
        return list(error.faults)
    return check_permissions(parts, wired().domains.permissions)


def drafted(key: str, version: str) -> Mapping[str, Mapping[str, Any]]:
    """What was decided so far about an upgrade."""
    row = find_draft(key, version)
    return row.decisions if row else {}


def find_draft(key: str, version: str, *, lock: bool = False) -> PackageDraft | None:
    """The draft of an upgrade."""
    query = sa.select(PackageDraft).where(PackageDraft.key == key, PackageDraft.version == version)
    return session.scalar(query.with_for_update() if lock else query)


def changes() -> Sequence[PackageChange]:
    """The history of the district's model, newest first."""
    return session.scalars(sa.select(PackageChange).order_by(PackageChange.id.desc())).all()


def undoable() -> PackageChange | None:
    """The change that can be taken back: the latest one that was not."""
    undone = sa.select(PackageChange.undoes_id).where(PackageChange.undoes_id.is_not(None))
    query = sa.select(PackageChange).where(
        PackageChange.kind.in_(("upgrade", "exchange")), PackageChange.id.not_in(undone)
    )
    return session.scalar(query.order_by(PackageChange.id.desc()).limit(1))


def plan_undo(change: PackageChange) -> Plan:
    """What taking a change back would do; what was edited since stays as it is."""
    return merge(tidy(change.after), current(), tidy(change.before), held())


def in_the_way(other: Package) -> list[Address]:
    """What stands in this district so that it cannot be given another package.

    That is whatever is in use of which the other package knows nothing, but for what every district
    has from its first minute.
    """
    known, ours = items(other.parts()), plugs().of_file
    return sorted(
        address for address in held() if not ours[address[0]].may_stay(address, other, known)
    )
