"""Model packages on disk: which there are, and one of them checked whole."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from saas import settings
from saas.kernel.errors import AppError, NotFound
from saas.kernel.i18n import lazy_gettext as _l
from saas.packages.queries.folders import Fingerprint, Folder, fingerprint, read_folder
from saas.packages.rules import Fault, check_package, check_permissions, check_sample
from saas.packages.rules.demands import ESCALATION
from saas.packages.schemas import OPTIONAL_FILES, PACKAGE_FILES, Label, Package, Sample
from saas.packages.schemas.fields import KEY


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
    """Every package, also those with faults (which say so instead of hiding)."""
    keys = sorted(path.name for path in settings.PACKAGES_DIR.iterdir() if path.is_dir())
    return [_summary(key) for key in keys if KEY.fullmatch(key)]


def read_package(key: str, permissions: Collection[str] | None = None) -> Package:
    """The package of that key; raises `BadPackage` with every fault, `NotFound` if there is none.

    ``permissions`` are the names that the product knows. The packages stand on a lower floor than
    the domains that declare them, so whoever installs passes them in.
    """
    folder = settings.PACKAGES_DIR / key
    if not KEY.fullmatch(key) or not folder.is_dir():
        raise NotFound
    read = _read(folder)
    faults = [*read.faults]
    if permissions is not None:
        faults += read.folder.located(check_permissions(read.folder.parts, permissions))
    if faults:
        raise BadPackage(faults)
    return _package(read.folder)


def read_sample(key: str) -> Sample | None:
    """The invented place that shows how the package's workbook is filled in, if it has one."""
    read_package(key)
    sample: Sample | None = _read(settings.PACKAGES_DIR / key).folder.loaded.get("sample")
    return sample


def _read(path: Path) -> _Read:
    """The folder as it was read last, or anew when one of its files has changed."""
    now = fingerprint(path)
    known = _cache.get(path)
    if known is None or known.fingerprint != now:
        folder = read_folder(path, PACKAGE_FILES, OPTIONAL_FILES)
        faults = [*folder.faults, *check_package(folder.parts, path.name)]
        if not faults:  # a sample that follows a fault of the package has none of its own
            faults += check_sample(folder.parts)
        known = _cache[path] = _Read(now, folder, tuple(folder.located(faults)))
    return known


def _package(folder: Folder) -> Package:
    loaded = folder.loaded
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
