"""Installing a model package into the current district."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import sqlalchemy as sa

from saas.kernel import audit, clock
from saas.kernel.context import SYSTEM
from saas.kernel.db import session
from saas.packages.library import queries
from saas.packages.models import InstalledPackage
from saas.packages.parts import Part


def install(
    key: str, parts: Sequence[Part], *, known: Collection[str], version: str | None = None
) -> None:
    """Let every domain take its part of the package; nothing when one is installed already.

    Without a ``version`` it is the newest edition. ``known`` are the permissions that the product
    has. Raises `BadPackage` before anything is written. What was installed is kept whole: it is the
    base of a later upgrade.
    """
    if session.scalar(sa.select(InstalledPackage.id).limit(1)):
        return
    package = queries.read_package(key, known, version)
    for part in parts:
        part.bring(package)
    session.add(
        InstalledPackage(
            key=key,
            version=package.head.version,
            content=package.parts(),
            installed_at=clock.now(),
        )
    )
    audit.record(
        "packages.install", "package", None, actor=SYSTEM, key=key, version=package.head.version
    )
