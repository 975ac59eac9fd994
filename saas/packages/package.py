"""A whole model package, whatever its parts are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from saas.packages.parts import plugs
from saas.packages.schemas.derive import schema_of
from saas.packages.schemas.fields import Strict, plain
from saas.packages.schemas.head import Head

Shape = TypeVar("Shape")


@dataclass(frozen=True, slots=True)
class Package:
    """A model package in which no fault was found: each file as its domain declares it."""

    files: Mapping[str, Any]

    @property
    def head(self) -> Head:
        """What package.yaml says."""
        return self.of(Head)

    @property
    def key(self) -> str:
        """The name of the package, for ever."""
        return self.head.key

    @property
    def version(self) -> str:
        """Three numbers."""
        return self.head.version

    def of(self, shape: type[Shape]) -> Shape:
        """The file of that shape."""
        return next(each for each in self.files.values() if isinstance(each, shape))

    def parts(self) -> dict[str, Any]:
        """What its files say, in the one order of `settled`: stem to plain lists and mappings."""
        return settled({file: plain(each) for file, each in self.files.items()})


def settled(parts: Mapping[str, Any]) -> dict[str, Any]:
    """The same content in its one order; ``parts`` are those of a package without faults.

    Where the order of rows says nothing, or where the same thing can be written in two ways, a file
    may do as it likes. What is compared, installed and exported is written in one way.
    """
    found = dict(parts)
    for part in plugs().parts:
        found |= part.settle(found)
    return found


def package_files() -> dict[str, type[Strict]]:
    """The schema of every file that a package must have, by its stem, in reading order."""
    return {name: schema for name, schema in all_files().items() if not _optional(name)}


def optional_files() -> dict[str, type[Strict]]:
    """The same for the files that a package may have or leave out."""
    return {name: schema for name, schema in all_files().items() if _optional(name)}


def all_files() -> dict[str, type[Strict]]:
    """The same for every file that a package may have."""
    return {name: schema_of(each.shape) for name, each in plugs().files.items()}


def _optional(name: str) -> bool:
    return plugs().files[name].optional
