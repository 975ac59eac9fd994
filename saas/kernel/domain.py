"""What a domain says of itself, once, in its ``domain.py``: and all domains together.

Values only. What a higher floor puts in (a blueprint, a share of a package, a measure) is named
here by what is asked of it, so that every domain can have its declaration, whatever its floor.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import ModuleType
from typing import Any, Protocol

from flask import Blueprint, url_for

from saas.kernel.context import Actor, Label
from saas.kernel.i18n import gettext as _
from saas.kernel.naming import Named

Words = object
"""Words of the catalogue, said in the reader's language when they are shown."""


@dataclass(frozen=True, slots=True)
class Group:
    """Places of the rail that stand together; without ``words`` they stand by themselves."""

    code: str
    words: Words = None


@dataclass(frozen=True, slots=True)
class Nav:
    """A place in the rail. Shown to who holds ``needs``; ``face`` is console or resident.

    ``group``: which places stand together (`saas.domains.RAIL` has them in their order). ``shown``
    says whether there is anything behind it at all; without it there always is.
    """

    label: Words
    endpoint: str
    icon: str
    needs: str
    order: int
    group: str = ""
    face: str = "console"
    plane: str = "tenant"
    badge: Callable[[Actor], int] | None = None
    shown: Callable[[], bool] | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """A page where something of the district is set, in the list of all such pages: what its
    ``hint`` says, in which ``group`` (`saas.domains.SETTINGS` has them), at which place there.
    """

    label: Words
    endpoint: str
    hint: Words
    group: str
    order: int


@dataclass(frozen=True, slots=True)
class Seed:
    """A step that fills a new schema. It runs in the tenant's scope, in one unit of work, and
    must do nothing when it was done before (``seed`` is what the request of the tenant carried).

    ``order``: its place among the steps of all domains. ``check`` is asked with the package and the
    seed before anything is queued, and raises for a request that the step could not fulfil.
    """

    name: str
    run: Callable[[dict[str, Any]], None]
    order: int
    check: Callable[[str, dict[str, Any]], None] | None = None


@dataclass(frozen=True, slots=True)
class Area:
    """Permissions that begin with the same word: a column of the list of roles.

    ``permissions``: the whole name → what it allows, in words. ``strong`` are those with which
    somebody administers, signs or takes much away at once: who holds one proves himself twice.
    """

    name: str
    words: Words
    permissions: Mapping[str, Words]
    strong: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Link:
    """A thing by its name; ``url`` is None for a reader who cannot open it."""

    name: str | Label
    url: str | None = None


Links = Callable[[Collection[int], Actor], Mapping[int, Link]]
"""Things by their ids, many at once, for who looks; ids that are no more are left out."""


def linked(
    find: Callable[[Collection[int]], Mapping[int, Named]], endpoint: str, needs: str
) -> Links:
    """Links to a page for who holds ``needs``, and names for everybody else."""

    def links(ids: Collection[int], actor: Actor) -> Mapping[int, Link]:
        opens = actor.may(needs)
        return {
            one: Link(name, url_for(endpoint, **parts) if opens else None)
            for one, (name, parts) in find(ids).items()
        }

    return links


def _no_links(ids: Collection[int], actor: Actor) -> Mapping[int, Link]:
    return {}


@dataclass(frozen=True, slots=True)
class Thing:
    """A kind of thing that entries of the audit are about.

    ``links`` finds many by their ids at once, for who looks. ``page`` is where things of this
    kind are found, as (endpoint, the permission it needs): for entries about none or all of them;
    ``opens`` says for whom, where the permission alone does not.
    """

    words: Words
    links: Links = _no_links
    page: tuple[str, str] | None = None
    opens: Callable[[Actor], bool] | None = None

    def page_url(self, actor: Actor) -> str | None:
        """Where things of this kind are found, for who can look there."""
        if self.page is None or not actor.may(self.page[1]):
            return None
        return None if self.opens and not self.opens(actor) else url_for(self.page[0])


class PackagePart(Protocol):
    """A share of model packages; what is asked of it is the matter of `saas.packages`."""

    @property
    def tables(self) -> tuple[str, ...]: ...


class Coded(Protocol):
    """A measure, a finder, a list: what is asked of it is the matter of the craft that takes it."""

    @property
    def code(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Shown:
    """What a domain puts into the shop window of the service: its ``place`` there (``tour`` beside
    the picture, ``trial`` among the ways in) and the template that is drawn in it.
    """

    place: str
    template: str


@dataclass(frozen=True, slots=True)
class Domain:
    """One domain, said by itself.

    ``audit``: every action that it records → what was done, in words. ``things``: the kinds of
    things that its entries are about; ``about`` says it where entries of old call a thing by
    another kind: (action, kind that was written down) → kind. ``background``: modules whose jobs
    and reactions are there once they are imported. ``restored`` is done in a district that has just
    come out of an archive, before anybody enters it. ``usage`` is what is counted of a district for
    whoever runs the service, by its name there (`saas.tenancy.words.USAGE`). ``counted`` is what
    stands over its public figures; without it they stand with those of the domain below.
    """

    name: str
    pages: tuple[Blueprint, ...] = ()
    api: tuple[Any, ...] = ()  # of `saas.api.routes.Routes`, a floor above
    nav: tuple[Nav, ...] = ()
    settings: tuple[Setting, ...] = ()
    permissions: tuple[Area, ...] = ()
    audit: Mapping[str, Words] = field(default_factory=dict)
    things: Mapping[str, Thing] = field(default_factory=dict)
    about: Mapping[tuple[str, str], str] = field(default_factory=dict)
    part: PackagePart | None = None
    measures: tuple[Coded, ...] = ()
    counted: Words = None
    finders: tuple[Coded, ...] = ()
    lists: tuple[Coded, ...] = ()
    givers: tuple[Coded, ...] = ()  # facts about organisations
    window: tuple[Shown, ...] = ()
    cards: tuple[Coded, ...] = ()  # of the start page
    books: tuple[Coded, ...] = ()  # of `saas.seals.declared`: tables that only grow, and are sealed
    seeds: tuple[Seed, ...] = ()
    background: tuple[ModuleType, ...] = ()
    restored: Callable[[], None] | None = None
    usage: Mapping[str, Callable[[], object]] = field(default_factory=dict)


@dataclass(frozen=True)
class Domains:
    """All domains in floor order, and what they give together; ``rail`` and ``groups`` have the
    groups of places and of settings in their order.
    """

    all: tuple[Domain, ...]
    rail: tuple[Group, ...] = ()
    groups: tuple[Group, ...] = ()

    def __iter__(self) -> Iterator[Domain]:
        return iter(self.all)

    @cached_property
    def nav(self) -> tuple[Nav, ...]:
        """The places in the rails."""
        return tuple(sorted((n for each in self for n in each.nav), key=lambda n: n.order))

    @cached_property
    def settings(self) -> Mapping[Group, tuple[Setting, ...]]:
        """Where a district is set, by group."""
        every = sorted((s for each in self for s in each.settings), key=lambda s: s.order)
        return {
            group: tuple(one for one in every if one.group == group.code) for group in self.groups
        }

    @cached_property
    def parts(self) -> tuple[PackagePart, ...]:
        """The shares of model packages, lower floors first."""
        return tuple(each.part for each in self if each.part is not None)

    @cached_property
    def finders(self) -> tuple[Coded, ...]:
        """What finds things for who searches, lower floors first."""
        return tuple(finder for each in self for finder in each.finders)

    @cached_property
    def lists(self) -> tuple[Coded, ...]:
        """The lists of which people keep views."""
        return tuple(one for each in self for one in each.lists)

    @cached_property
    def givers(self) -> tuple[Coded, ...]:
        """What gives facts about organisations, lower floors first."""
        return tuple(one for each in self for one in each.givers)

    @cached_property
    def cards(self) -> tuple[Coded, ...]:
        """What stands on the start page, lower floors first."""
        return tuple(one for each in self for one in each.cards)

    @cached_property
    def books(self) -> tuple[Coded, ...]:
        """What is sealed, in districts and in the hub."""
        return tuple(book for each in self for book in each.books)

    @cached_property
    def seeds(self) -> tuple[Seed, ...]:
        """How a new district is filled, step by step."""
        return tuple(sorted((s for each in self for s in each.seeds), key=lambda s: s.order))

    @cached_property
    def areas(self) -> Mapping[str, Area]:
        """The areas of permissions by name."""
        return {area.name: area for each in self for area in each.permissions}

    @cached_property
    def permissions(self) -> tuple[str, ...]:
        """The name of every permission that there is."""
        return tuple(name for area in self.areas.values() for name in area.permissions)

    @cached_property
    def actions(self) -> Mapping[str, Words]:
        """Every action that can be recorded, in words."""
        return {action: words for each in self for action, words in each.audit.items()}

    @cached_property
    def things(self) -> Mapping[str, Thing]:
        """The kinds of things that entries of the audit are about."""
        return {kind: thing for each in self for kind, thing in each.things.items()}

    @cached_property
    def _about(self) -> Mapping[tuple[str, str], str]:
        return {entry: kind for each in self for entry, kind in each.about.items()}

    def kind_of(self, action: str, thing: str) -> str:
        """What an entry is about: what was written down, unless its domain knows better."""
        return self._about.get((action, thing), thing)

    @cached_property
    def usage(self) -> Mapping[str, Callable[[], object]]:
        """What is counted of a district, by its name."""
        return {name: count for each in self for name, count in each.usage.items()}

    @cached_property
    def strong(self) -> frozenset[str]:
        """Permissions for which somebody proves himself twice."""
        return frozenset(name for area in self.areas.values() for name in area.strong)

    def permission_words(self, name: str) -> str:
        """A permission in a few words, "Units: see"; one that nobody declares by its name."""
        area = self.areas.get(name.partition(":")[0])
        if area is None or name not in area.permissions:
            return name
        return f"{area.words}{_(': ')}{area.permissions[name]}"

    def allowed(self, names: Sequence[str]) -> dict[str, list[str]]:
        """What these permissions allow, in words, by area."""
        found: dict[str, list[str]] = {area: [] for area in self.areas}
        for name in names:
            area = name.partition(":")[0]
            words = self.areas[area].permissions.get(name, name) if area in self.areas else name
            found.setdefault(area, []).append(str(words))
        return found

    def area_words(self, name: str) -> str:
        """What an area is called."""
        return str(self.areas[name].words) if name in self.areas else name
