"""Checks of what the schemas cannot see: that rows and files fit each other.

The checks read the parts as they stand in the files and step over what a schema has already
refused, so that one wrong row does not hide the faults of all the others.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from saas.packages.faults import Fault, Parts, text
from saas.packages.parts import plugs


def check_package(parts: Parts, key: str | None = None, version: str | None = None) -> list[Fault]:
    """Every fault between the rows and files of a package.

    ``key`` and ``version`` are those that its folders promise, where it lies in folders.
    """
    found = list(_head(parts, {"key": key, "version": version}))
    for part in plugs().parts:
        if not part.optional:
            found += part.check(parts)
    return found


def check_beside(parts: Parts) -> list[Fault]:
    """Every fault in what lies beside a package that has none; nothing where there is no file."""
    return [fault for part in plugs().parts if part.optional for fault in part.check(parts)]


def check_permissions(parts: Parts, known: Collection[str]) -> list[Fault]:
    """A fault for each permission that the product does not have."""
    return [fault for part in plugs().parts for fault in part.check_permissions(parts, known)]


def _head(parts: Parts, promised: Mapping[str, str | None]) -> Iterator[Fault]:
    head = parts.get("package")
    for name, folder in promised.items():
        found = text(head, name) if isinstance(head, Mapping) else None
        if folder is not None and found is not None and found != folder:
            yield Fault("package", name, f"{name}_differs", {"found": found, "folder": folder})
