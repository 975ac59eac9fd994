"""sample.yaml: an invented place with people, with which the workbook of a package is filled in to
show how it is done. A package can do without one.
"""

from __future__ import annotations

from dataclasses import dataclass

from saas.packages.schemas.fields import Code, Flag, Label, Part, Rows, Strict, Text, label


@dataclass(frozen=True, slots=True)
class SampleUnit:
    """A unit; without a parent it stands under the district itself."""

    code: str
    kind: str
    name: Label
    parent: str | None = None


class SampleUnitSchema(Strict):
    """A row of ``units``."""

    shape = SampleUnit
    code = Code(required=True)
    kind = Code(required=True)
    name = label()
    parent = Code()


@dataclass(frozen=True, slots=True)
class SamplePerson:
    """An invented person with a post; without a unit it is one of the district itself."""

    login: str
    name: str
    role: str
    unit: str | None = None
    post: Label | None = None


class SamplePersonSchema(Strict):
    """A row of ``people``."""

    shape = SamplePerson
    login = Code(required=True)
    name = Text(limit=60, required=True)
    role = Code(required=True)
    unit = Code()
    post = label(required=False)


@dataclass(frozen=True, slots=True)
class SampleRoom:
    """A room of the package in a street of the sample, and who keeps it (a login)."""

    street: str
    room: str
    keeper: str | None = None
    place: Label | None = None
    open: bool = False


class SampleRoomSchema(Strict):
    """A row of ``rooms``."""

    shape = SampleRoom
    street = Code(required=True)
    room = Code(required=True)
    keeper = Code()
    place = label(required=False)
    open = Flag()


@dataclass(frozen=True, slots=True)
class Sample:
    """The whole file."""

    units: tuple[SampleUnit, ...]
    people: tuple[SamplePerson, ...] = ()
    rooms: tuple[SampleRoom, ...] = ()


class SampleSchema(Strict):
    """sample.yaml."""

    shape = Sample
    units = Rows(Part(SampleUnitSchema), required=True, least=1)
    people = Rows(Part(SamplePersonSchema))
    rooms = Rows(Part(SampleRoomSchema))


#: The files that a package may have or leave out.
OPTIONAL_FILES: dict[str, type[Strict]] = {"sample": SampleSchema}
