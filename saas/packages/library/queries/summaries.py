"""Model packages: which there are, and an edition of one of them checked whole."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa

from saas.kernel.db import session
from saas.kernel.errors import NotFound
from saas.packages.faults import Fault
from saas.packages.library.archive import UNSIGNED, Origin
from saas.packages.library.queries import shelf
from saas.packages.library.queries.editions import BadPackage, Edition
from saas.packages.parts import Count, Package, Shape, plugs
from saas.packages.schemas import Label
from saas.tenancy.queries import Tenant


@dataclass(frozen=True, slots=True)
class PackageSummary:
    """One line of the list of packages, counted from its files."""

    key: str
    version: str
    title: Label
    summary: Label
    counts: tuple[Count, ...] = ()
    faults: tuple[Fault, ...] = ()
    publisher: Label | None = None
    shipped: bool = True
    origin: Origin = UNSIGNED


def list_packages() -> list[PackageSummary]:
    """The newest edition of every package, also those with faults (which say so)."""
    return [summary(key, shelf.versions(key)[0]) for key in shelf.package_keys()]


def list_editions() -> list[PackageSummary]:
    """Every edition of every package, the newest of each first."""
    return [
        summary(key, version) for key in shelf.package_keys() for version in shelf.versions(key)
    ]


def read_package(
    key: str, permissions: Collection[str] | None = None, version: str | None = None
) -> Package:
    """An edition of the package, the newest unless ``version`` names one.

    Raises `BadPackage` with every fault, `NotFound` if there is none. ``permissions`` are the names
    that the product knows. The packages stand on a lower floor than the domains that declare them,
    so whoever installs passes them in.
    """
    return shelf.edition(key, version).package(permissions)


def read_beside(shape: type[Shape], key: str, version: str | None = None) -> Shape | None:
    """The optional file of that shape, which lies beside an edition; None if there is none.

    None also where the edition is no longer in the library.
    """
    try:
        found = shelf.edition(key, version)
    except NotFound:
        return None
    found.package()
    return next((each for each in found.folder.loaded.values() if isinstance(each, shape)), None)


def counts_of(package: Package) -> tuple[Count, ...]:
    """How many of each are in a package, as its domains count them."""
    return tuple(count for part in plugs().parts for count in part.counts(package))


def districts_with(key: str) -> list[Tenant]:
    """The districts that have this package, by code; in the hub alone."""
    query = sa.select(Tenant).where(Tenant.package == key, Tenant.state != "deleted")
    return list(session.scalars(query.order_by(Tenant.code)))


def summary(key: str, version: str) -> PackageSummary:
    """One line about an edition; one with faults has its key for a title."""
    found = shelf.edition(key, version)
    return summary_of(found, key, version)


def summary_of(found: Edition, key: str, version: str) -> PackageSummary:
    """One line about files that claim to be this edition."""
    shipped = shelf.is_shipped(key, version)
    try:
        package = found.package()
    except BadPackage as error:
        title = {"zh": key, "en": key}
        return PackageSummary(
            key, version, title, title, (), error.faults, None, shipped, found.origin
        )
    return PackageSummary(
        key=key,
        version=version,
        title=package.head.title,
        summary=package.head.summary,
        counts=counts_of(package),
        publisher=package.head.publisher,
        shipped=shipped,
        origin=found.origin,
    )
