"""Model packages on disk: which there are, and an edition of one of them checked whole.

An edition is the folder ``<key>/<version>/``. It is never changed once it was given out: what a
district has installed is compared with it years later.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from saas import settings
from saas.kernel.db import session
from saas.kernel.errors import AppError, NotFound
from saas.kernel.i18n import lazy_gettext as _l
from saas.packages.models import InstalledPackage
from saas.packages.queries.folders import (
    Fingerprint,
    Folder,
    fingerprint,
    load_parts,
    read_folder,
)
from saas.packages.rules import Fault, check_package, check_permissions
from saas.packages.rules.demands import ESCALATION
from saas.packages.schemas import PACKAGE_FILES, Label, Package
from saas.packages.schemas.fields import KEY, VERSION


class BadPackage(AppError):
    """The files of a package or a demo district have faults; ``faults`` lists every one."""

    status = 422
    code = "bad_package"
    sentence = _l("These files have faults; nothing was installed.")

    def __init__(self, faults: Collection[Fault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: (fault.file, fault.line or 0)))
        super().__init__(faults=self.faults)

    def __str__(self) -> str:
        return "\n".join(str(fault) for fault in self.faults)


@dataclass(frozen=True, slots=True)
class PackageSummary:
    """One line of the list of packages, counted from its files."""

    key: str
    version: str
    title: Label
    summary: Label
    centres: int
    platforms: int
    rooms: int
    levels: int
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class _Read:
    """A folder that was read, with the faults that do not depend on who asks."""

    fingerprint: Fingerprint
    folder: Folder
    faults: tuple[Fault, ...]


_cache: dict[Path, _Read] = {}


def list_packages() -> list[PackageSummary]:
    """The newest edition of every package, also those with faults (which say so)."""
    keys = sorted(path.name for path in settings.PACKAGES_DIR.iterdir() if path.is_dir())
    return [_summary(key) for key in keys if versions(key)]


def versions(key: str) -> list[str]:
    """The editions of a package, the newest first."""
    folder = settings.PACKAGES_DIR / key
    if not KEY.fullmatch(key) or not folder.is_dir():
        return []
    found = [path.name for path in folder.iterdir() if VERSION.fullmatch(path.name)]
    return sorted(found, key=_order, reverse=True)


def _order(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in version.split("."))


def read_package(
    key: str, permissions: Collection[str] | None = None, version: str | None = None
) -> Package:
    """An edition of the package, the newest unless ``version`` names one.

    Raises `BadPackage` with every fault, `NotFound` if there is none. ``permissions`` are the names
    that the product knows. The packages stand on a lower floor than the domains that declare them,
    so whoever installs passes them in.
    """
    known = versions(key)
    if not known or (version or known[0]) not in known:
        raise NotFound
    read = _read(settings.PACKAGES_DIR / key / (version or known[0]))
    faults = [*read.faults]
    if permissions is not None:
        faults += read.folder.located(check_permissions(read.folder.parts, permissions))
    if faults:
        raise BadPackage(faults)
    return _package(read.folder.loaded)


def from_parts(parts: Mapping[str, Any]) -> Package:
    """A package from what stands in its files, as `Package.parts` gives it; raises `BadPackage`."""
    loaded, faults = load_parts(parts, PACKAGE_FILES)
    faults += check_package(parts)
    if faults:
        raise BadPackage(faults)
    return _package(loaded)


def installed() -> Package:
    """The package that the current district has installed, as it was then; `NotFound` without."""
    content = session.scalar(
        sa.select(InstalledPackage.content).order_by(InstalledPackage.installed_at.desc()).limit(1)
    )
    if content is None:
        raise NotFound
    return from_parts(content)


def _read(path: Path) -> _Read:
    """The folder as it was read last, or anew when one of its files has changed."""
    now = fingerprint(path)
    known = _cache.get(path)
    if known is None or known.fingerprint != now:
        folder = read_folder(path, PACKAGE_FILES, name=f"{path.parent.name}/{path.name}")
        faults = [*folder.faults, *check_package(folder.parts, path.parent.name, path.name)]
        known = _cache[path] = _Read(now, folder, tuple(folder.located(faults)))
    return known


def _package(loaded: Mapping[str, Any]) -> Package:
    return Package(
        head=loaded["package"],
        territory=loaded["territory"],
        roles=loaded["accounts"].roles,
        rooms=loaded["rooms"],
        workdays=loaded["workdays"].week,
        demands=loaded["demands"],
        words=loaded["words"].words,
    )


def _summary(key: str) -> PackageSummary:
    try:
        package = read_package(key)
    except BadPackage as error:
        title = {"zh": key, "en": key}
        return PackageSummary(key, "", title, title, 0, 0, 0, 0, error.faults)
    return PackageSummary(
        key=key,
        version=package.version,
        title=package.head.title,
        summary=package.head.summary,
        centres=1,
        platforms=len(package.rooms.platforms),
        rooms=len(package.rooms.rooms),
        levels=len(package.territory.ladder(ESCALATION).levels),
    )
