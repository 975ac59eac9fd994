"""What a workbook is held against: the district as it stands, as plain values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from saas.kernel.context import Label
from saas.kernel.workbooks import plain
from saas.sheets import Given, flag


@dataclass(frozen=True, slots=True)
class KnownKind:
    """A kind of unit; ``under`` are the kinds in which it may stand, none for the district."""

    code: str
    name: Label
    under: tuple[str, ...]
    position: int


@dataclass(frozen=True, slots=True)
class KnownUnit:
    """A unit of the tree; ``parent`` is a code."""

    code: str
    kind: str
    name: Label
    parent: str | None
    official_code: str | None = None
    retired: bool = False


@dataclass(frozen=True, slots=True)
class KnownRole:
    """A role; ``keeps`` says whether its holder may keep rooms."""

    code: str
    name: Label
    at: tuple[str, ...]
    resident: bool = False
    keeps: bool = False


@dataclass(frozen=True, slots=True)
class KnownPost:
    """A post; ``unit`` is a code."""

    id: int
    unit: str
    role: str
    name: Label


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Somebody of whom the workbook speaks, with the posts that are held now."""

    id: int
    name: str
    login: str | None = None
    phone: str | None = None
    disabled: bool = False
    posts: tuple[KnownPost, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownRoom:
    """A room of a street."""

    code: str
    name: Label
    keeper: int | None = None
    hours: tuple[Mapping[str, Any], ...] = ()
    place: Label = field(default_factory=dict)
    contact: str | None = None
    status: str = "planned"
    venue: str | None = None
    by_appointment: bool = False


@dataclass(frozen=True, slots=True)
class KnownVenue:
    """A venue of a street; ``used`` by organisations."""

    code: str
    name: Label
    area: int | None = None
    facts: Label = field(default_factory=dict)
    closed: bool = False
    used: bool = False


@dataclass(frozen=True, slots=True)
class Checks:
    """How other domains judge what was typed: None for what cannot be used."""

    login: Callable[[str], bool]
    phone: Callable[[str], str | None]
    identity: Callable[[str], bool]
    hours: Callable[[str], list[dict[str, Any]] | None]
    hours_told: Callable[[Sequence[Mapping[str, Any]]], str]


@dataclass(frozen=True, slots=True)
class World:
    """The district. ``vacant`` are posts without a holder by unit and role; ``keepers`` those who
    may keep rooms, by street; ``rooms`` and ``venues`` those of each street by code, ``offered``
    the package's rooms.
    """

    kinds: Mapping[str, KnownKind]
    units: Mapping[str, KnownUnit]
    roles: Mapping[str, KnownRole]
    people: tuple[KnownPerson, ...]
    vacant: Mapping[tuple[str, str], tuple[KnownPost, ...]]
    rooms: Mapping[str, Mapping[str, KnownRoom]]
    offered: Mapping[str, KnownRoom]
    keepers: Mapping[str, tuple[KnownPerson, ...]]
    levels: Mapping[str, Label]
    times: Mapping[str, tuple[int, int]]
    checks: Checks
    today: date
    venues: Mapping[str, Mapping[str, KnownVenue]] = field(default_factory=dict)
    no_place: str = ""

    @property
    def root(self) -> KnownUnit:
        """The district itself."""
        return next(unit for unit in self.units.values() if unit.parent is None)

    def given(self) -> Given:
        """What cells that need nothing but themselves are held against."""
        checks = self.checks
        kinds = _called((kind.code, kind.code, kind.name) for kind in self.kinds.values())
        roles = _called((role, role.code, role.name) for role in self.roles.values())
        levels = _called((code, code, name) for code, name in self.levels.items())
        return Given(
            self.today,
            {
                "kind": lambda text: kinds.get(plain(text)),
                "role": lambda text: roles.get(plain(text)),
                "level": lambda text: levels.get(plain(text)),
                "login": lambda text: text.lower() if checks.login(text.lower()) else None,
                "phone": checks.phone,
                "identity": lambda text: text if checks.identity(text) else None,
                "hours": checks.hours,
                "flag": flag,
            },
        )


def _called(things: Iterable[tuple[Any, str, Label]]) -> dict[str, Any]:
    """Code and every name, as they are compared → the thing."""
    return {plain(word): thing for thing, code, name in things for word in (code, *name.values())}
