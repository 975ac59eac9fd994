"""Installing a model package into the current district."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

import sqlalchemy as sa

from saas.kernel import audit, clock
from saas.kernel.context import SYSTEM
from saas.kernel.db import session
from saas.packages import queries
from saas.packages.models import InstalledPackage, Word
from saas.packages.schemas import Package


def install(
    key: str, parts: Sequence[Callable[[Package], None]], *, known: Collection[str]
) -> None:
    """Let every domain take its part of the package; nothing when it is installed already.

    ``known`` are the permissions that the product has. Raises `BadPackage` before anything is
    written. What was installed is kept whole: it is the base of a later upgrade.
    """
    if session.scalar(sa.select(InstalledPackage.id).where(InstalledPackage.key == key)):
        return
    package = queries.read_package(key, known)
    for part in parts:
        part(package)
    session.add_all(Word(term=w.term, name=dict(w.name)) for w in package.words)
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
