"""The structure of a package as the page of its contents shows it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import say
from saas.packages.parts import Count, Package, Section
from saas.packages.words import name_of, shown_in
from saas.territory.package.shapes import ESCALATION, Territory
from saas.web.pictures import Ladder, LadderLevel, ladder


@dataclass(frozen=True, slots=True)
class LadderView:
    """A ladder as stairs, and its levels as (level, kind of unit that holds it)."""

    name: str
    picture: Ladder
    levels: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Structure:
    """Kinds of units as (kind, where it may stand), ladders, names of departments."""

    kinds: tuple[tuple[str, str], ...]
    ladders: tuple[LadderView, ...]
    departments: tuple[str, ...]


def counts(package: Package) -> Iterator[Count]:
    """How many levels demands can climb."""
    levels = package.of(Territory).ladder(ESCALATION).levels
    yield Count(len(levels), _("levels"), "structure", _("Levels"))


def sections(package: Package) -> Iterator[Section]:
    """Kinds of units, ladders and departments."""
    territory, parts = package.of(Territory), package.parts()
    kinds = tuple(
        (
            say(kind.name),
            shown_in(("territory", "kinds", kind.code), "under", kind.under, parts)
            if kind.under
            else _("the top of the tree"),
        )
        for kind in territory.kinds
    )
    departments = tuple(say(each.name) for each in territory.departments)
    view = Structure(kinds, tuple(_ladders(territory, parts)), departments)
    yield Section(10, "structure", _("Structure"), "territory/_package.html", view)


def _ladders(territory: Territory, parts: dict[str, object]) -> Iterator[LadderView]:
    for each in territory.ladders:
        levels = [LadderLevel(level.code, say(level.name)) for level in each.levels]
        held = tuple(
            (
                say(level.name),
                name_of(("territory", "kinds", level.kind), parts) if level.kind else "",
            )
            for level in each.levels
        )
        yield LadderView(say(each.name), ladder(levels, [], say(each.name)), held)
