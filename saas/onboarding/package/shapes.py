"""The rows of sample.yaml: an invented place with people, with which the workbook of a package is
filled in to show how it is done. A package can do without one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from saas.packages.schemas.fields import Code, Label, Many, TextField


@dataclass(frozen=True, slots=True)
class SampleUnit:
    """A unit; without a parent it stands under the district itself."""

    code: Code
    kind: Code
    name: Label
    parent: Code | None = None


@dataclass(frozen=True, slots=True)
class SamplePerson:
    """An invented person with a post; without a unit it is one of the district itself."""

    login: Code
    name: Annotated[str, TextField(limit=60)]
    role: Code
    unit: Code | None = None
    post: Label | None = None


@dataclass(frozen=True, slots=True)
class SampleRoom:
    """A room of the package in a street of the sample, and who keeps it (a login)."""

    street: Code
    room: Code
    keeper: Code | None = None
    place: Label | None = None
    open: bool = False


@dataclass(frozen=True, slots=True)
class Sample:
    """The whole file."""

    units: Annotated[tuple[SampleUnit, ...], Many(least=1)]
    people: tuple[SamplePerson, ...] = ()
    rooms: tuple[SampleRoom, ...] = ()
