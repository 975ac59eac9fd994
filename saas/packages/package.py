"""A whole model package, whatever its parts are."""

from __future__ import annotations

from collections.abc import Collection, Mapping
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
    """The schema of every file that is installed, by its stem, in reading order."""
    return {name: each for name, each in all_files().items() if not plugs().files[name].optional}


def all_files() -> dict[str, type[Strict]]:
    """The same for every file that a package may have."""
    return {name: schema_of(each.shape) for name, each in plugs().files.items()}


def expected_files(there: Collection[str]) -> dict[str, type[Strict]]:
    """The same for the files that are there, by their stems, and for those that must be."""
    files = plugs().files
    return {
        name: schema
        for name, schema in all_files().items()
        if name in there or not files[name].may_be_missing
    }


def assemble(loaded: Mapping[str, Any]) -> Package:
    """A package from its loaded files; those that can be missing say what they say then."""
    found = {name: loaded[name] for name in package_files() if name in loaded}
    for name, schema in package_files().items():
        if name not in found:
            found[name] = schema().load(dict(plugs().files[name].absent or {}))
    return Package(found)
