"""One edition of a package, read whole from wherever it lies, with everything that is wrong."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from saas.kernel.errors import AppError
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.runtime import known_settings
from saas.packages.checks import check_beside, check_package, check_permissions
from saas.packages.faults import Fault
from saas.packages.library.archive import (
    MANIFEST,
    SIGNATURE,
    Files,
    Origin,
    check_manifest,
    origin_of,
)
from saas.packages.parts import (
    Package,
    Plugs,
    all_files,
    assemble,
    expected_files,
    package_files,
    plugs,
)
from saas.packages.reading.folders import Folder, gather, load_parts, read_files

#: What lies beside the files of a package once it was built.
BESIDE = (MANIFEST, SIGNATURE)


def names() -> tuple[str, ...]:
    """Every name that a file of a package can have."""
    return (*(f"{stem}.yaml" for stem in all_files()), *BESIDE)


class BadPackage(AppError):
    """The files of a package, or of what is built on one, have faults; ``faults`` has every one."""

    status = 422
    code = "bad_package"
    sentence = _l("These files have faults; nothing was installed.")

    def __init__(self, faults: Collection[Fault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: (fault.file, fault.line or 0)))
        super().__init__(faults=self.faults)

    def __str__(self) -> str:
        return "\n".join(str(fault) for fault in self.faults)


@dataclass(frozen=True, slots=True)
class Edition:
    """Files that claim to be an edition of a package, and all that is wrong with them.

    ``origin`` says who signed them. Only where there is no fault is `package` there.
    """

    files: Files
    folder: Folder
    faults: tuple[Fault, ...]
    origin: Origin

    def checked(self, permissions: Collection[str] | None = None) -> tuple[Fault, ...]:
        """Every fault, with those against the permissions that the product knows."""
        if permissions is None:
            return self.faults
        wrong = check_permissions(self.folder.parts, permissions)
        return (*self.faults, *self.folder.located(wrong))

    def package(self, permissions: Collection[str] | None = None) -> Package:
        """The package; raises `BadPackage` with every fault."""
        if faults := self.checked(permissions):
            raise BadPackage(faults)
        return assemble(self.folder.loaded)


def edition_of(
    files: Files,
    *,
    name: str,
    key: str | None = None,
    version: str | None = None,
    faults: Iterable[Fault] = (),
) -> Edition:
    """The edition in these files; ``key`` and ``version`` are what its folders promise.

    ``name`` is what faults call the place, ``faults`` what was found while gathering the files.
    """
    schemas = expected_files({file.removesuffix(".yaml") for file in files})
    folder = read_files(files, schemas, name=name, faults=[*faults, *check_manifest(files)])
    origin, wrong = origin_of(files, publishers())
    if any(fault.key == "altered" for fault in folder.faults):
        origin = replace(origin, state="altered")
    found = [*folder.faults, *wrong, *_together(folder, key, version)]
    return Edition(files, folder, tuple(folder.located(found)), origin)


def read_edition(path: Path, *, named: bool = True, name: str | None = None) -> Edition:
    """The edition in a folder; ``named`` ones lie at ``<key>/<version>`` and must be what it says.

    Raises `OSError` when the folder itself cannot be read.
    """
    files, faults = gather(path, all_files(), more=BESIDE)
    if not named:
        return edition_of(files, name=name or path.name, faults=faults)
    key, number = path.parent.name, path.name
    return edition_of(files, name=f"{key}/{number}", key=key, version=number, faults=faults)


#: Packages read lately, by what their files say: page after page asks for the same one.
_READ: dict[bytes, tuple[Plugs, Package]] = {}
_KEPT = 8


def from_parts(parts: Mapping[str, Any]) -> Package:
    """A package from what stands in its files, as `Package.parts` gives it; raises `BadPackage`."""
    said = hashlib.sha256(repr(parts).encode()).digest()  # a date is not the text that names it
    known = _READ.get(said)
    if known is not None and known[0] is plugs():
        return known[1]
    made = _from_parts(parts)
    if len(_READ) >= _KEPT:
        _READ.clear()
    _READ[said] = plugs(), made
    return made


def _from_parts(parts: Mapping[str, Any]) -> Package:
    installed = package_files()
    schemas = {n: each for n, each in expected_files(parts).items() if n in installed}
    loaded, faults = load_parts(parts, schemas)
    if not _endless(faults):
        faults += check_package(parts)
    if faults:
        raise BadPackage(faults)
    return assemble(loaded)


def publishers() -> Mapping[str, str]:
    """The operator's name for each public key that is trusted; none outside an app."""
    known = known_settings()
    return known.known_publishers if known else {}


def _together(folder: Folder, key: str | None, number: str | None) -> list[Fault]:
    """Faults between rows and files, and against the product that reads them."""
    if _endless(folder.faults):
        return []  # comparing every row with every other one would take as long as was meant
    faults = [*check_package(folder.parts, key, number), *_too_new(folder)]
    # What lies beside a package with faults has none of its own.
    return faults or ([] if folder.faults else check_beside(folder.parts))


def _endless(faults: Iterable[Fault]) -> bool:
    return any(fault.key == "too_many" for fault in faults)


def _too_new(folder: Folder) -> list[Fault]:
    head, ours = folder.loaded.get("package"), product_version()
    if head is None or head.needs is None or order(head.needs) <= order(ours):
        return []
    return [Fault("package", "needs", "needs_newer", {"found": head.needs, "ours": ours})]


def product_version() -> str:
    """Which version of the product this is."""
    try:
        return version("saas-1519")
    except PackageNotFoundError:  # run from a checkout that was never installed
        return "0.0.0"


def order(number: str) -> tuple[int, ...]:
    """A version as something that sorts; what follows the numbers does not count."""
    return tuple(int(each) for each in number.split(".")[:3] if each.isdigit())
