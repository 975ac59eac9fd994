"""Demo districts on disk: sample places that show a package at work."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from saas import settings
from saas.kernel.errors import NotFound
from saas.packages.faults import Fault
from saas.packages.library.queries import BadPackage, read_package
from saas.packages.parts import Package
from saas.packages.reading.folders import Folder, read_folder
from saas.packages.schemas.derive import schema_of
from saas.packages.schemas.fields import KEY, Strict
from saas.showcase.package.checks import check_demo
from saas.showcase.package.shapes import DEMO_FILES, Demo


def demo_files() -> dict[str, type[Strict]]:
    """The schema of every file of a demo district, by its stem."""
    return {name: schema_of(shape) for name, shape in DEMO_FILES.items()}


def read_demo(key: str, permissions: Collection[str] | None = None) -> Demo:
    """The demo district of that key; raises `BadPackage` with every fault of it and its package.

    It is not cached: a demo district is read once, when its tenant is made.
    """
    path: Path = settings.DEMO_DIR / key
    if not KEY.fullmatch(key) or not path.is_dir():
        raise NotFound
    folder = read_folder(path, demo_files())
    faults = [*folder.located(folder.faults), *_against_package(folder, permissions)]
    if faults:
        raise BadPackage(faults)
    return _demo(folder)


def _against_package(folder: Folder, permissions: Collection[str] | None) -> Iterator[Fault]:
    district = folder.parts.get("district")
    key = district.get("package") if isinstance(district, dict) else None
    version = district.get("version") if isinstance(district, dict) else None
    if not isinstance(key, str) or not isinstance(version, str | None):
        return  # the schema has said so
    try:
        package: Package = read_package(key, permissions, version)
    except NotFound:
        faults = [Fault("district", "package", "no_such_package", {"found": key})]
        yield from folder.located(faults)
    except BadPackage as error:
        yield from error.faults
    else:
        yield from folder.located(check_demo(folder.parts, package))


def _demo(folder: Folder) -> Demo:
    rooms = folder.loaded["rooms"]
    return Demo(
        district=folder.loaded["district"],
        root=folder.loaded["units"].units[0],
        people=folder.loaded["people"].people,
        venues=rooms.venues,
        streets=rooms.streets,
        demands=folder.loaded["demands"].demands,
        history=folder.loaded["history"],
        claims=folder.loaded["claims"].claims,
        answers=folder.loaded["answers"].answers,
        organisations=folder.loaded["organisations"],
        bookings=folder.loaded["bookings"],
        places=folder.loaded["places"],
        activities=folder.loaded["activities"],
        activities_history=folder.loaded["activities_history"],
        visits=folder.loaded["visits"],
        media=folder.loaded["media"],
        funds=folder.loaded["funds"],
    )
