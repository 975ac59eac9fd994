"""What a package lets people ask for, as the page of its contents shows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from saas.demands.package.declared import FIELDS
from saas.demands.package.shapes import Category, Deadline, Demands, Guide
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import say
from saas.packages.parts import Count, Package, Section
from saas.packages.schemas.fields import plain
from saas.packages.words import name_of, shown_in

Pair: TypeAlias = tuple[str, str]


@dataclass(frozen=True, slots=True)
class CategoryView:
    """A category, the ones that it groups, its own time limits, and its guide."""

    name: str
    hint: str
    open_to_neighbours: bool
    deadlines: tuple[str, ...]
    guide: tuple[tuple[str, tuple[str, ...]], ...]
    inside: tuple[CategoryView, ...]


@dataclass(frozen=True, slots=True)
class KindView:
    """A kind of asking with its categories."""

    name: str
    hint: str
    appointments: bool
    categories: tuple[CategoryView, ...]


@dataclass(frozen=True, slots=True)
class TemplateView:
    """A reply template: for which step and category, and its text."""

    name: str
    used: str
    text: str


@dataclass(frozen=True, slots=True)
class DemandsView:
    """Time limits as (level, hours to accept, hours to resolve), terms, kinds, causes by use."""

    deadlines: tuple[tuple[str, int, int], ...]
    terms: tuple[Pair, ...]
    kinds: tuple[KindView, ...]
    reasons: tuple[tuple[str, tuple[str, ...]], ...]


def counts(package: Package) -> Iterator[Count]:
    """How many categories a demand can be filed in, and how many reply templates."""
    demands = package.of(Demands)
    yield Count(len(demands.leaves), _("categories"), "demands")
    yield Count(len(demands.templates), _("reply templates"), "templates")


def sections(package: Package) -> Iterator[Section]:
    """What can be asked for and on which terms; the reply templates."""
    demands, parts = package.of(Demands), package.parts()
    view = DemandsView(
        _deadlines(demands, parts),
        _terms(demands),
        _demand_kinds(demands, parts),
        _reasons(demands),
    )
    yield Section(30, "demands", _("Demands"), "demands/_package.html", view)
    templates = _templates(demands, parts)
    title = _("Reply templates")
    yield Section(50, "templates", title, "demands/_package_templates.html", templates)


def _terms(demands: Demands) -> tuple[Pair, ...]:
    values = plain(demands.terms)
    return tuple((str(FIELDS[name]), str(value)) for name, value in values.items())


def _demand_kinds(demands: Demands, parts: Mapping[str, Any]) -> tuple[KindView, ...]:
    guides = {guide.category: guide for guide in demands.guides}
    limits: dict[str, list[Deadline]] = {}
    for each in demands.deadlines:
        limits.setdefault(each.category or "", []).append(each)

    def shown(category: Category) -> CategoryView:
        inside = [each for each in demands.categories if each.parent == category.code]
        return CategoryView(
            say(category.name),
            say(category.hint),
            category.open_to_neighbours,
            tuple(_limit(each, parts) for each in limits.get(category.code, ())),
            _guide(guides.get(category.code)),
            tuple(shown(each) for each in inside),
        )

    return tuple(
        KindView(
            say(kind.name),
            say(kind.hint),
            kind.appointments,
            tuple(
                shown(each)
                for each in demands.categories
                if each.parent is None and demands.kind_of(each) == kind.code
            ),
        )
        for kind in demands.kinds
    )


def _limit(limit: Deadline, parts: Mapping[str, Any]) -> str:
    return _(
        "%(level)s: accept in %(accept)s h, resolve in %(resolve)s h",
        level=name_of(("demands", "deadlines", limit.level, ""), parts),
        accept=limit.accept_hours,
        resolve=limit.resolve_hours,
    )


def _guide(guide: Guide | None) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if guide is None:
        return ()
    return (
        (_("What to bring"), tuple(say(each) for each in guide.bring)),
        (_("Steps"), tuple(say(each) for each in guide.steps)),
        (_("Cost"), (say(guide.cost),)),
        (_("Time it takes"), (say(guide.takes),)),
        (_("Counter"), (say(guide.counter),)),
    )


def _deadlines(demands: Demands, parts: Mapping[str, Any]) -> tuple[tuple[str, int, int], ...]:
    return tuple(
        (
            name_of(("demands", "deadlines", each.level, ""), parts),
            each.accept_hours,
            each.resolve_hours,
        )
        for each in demands.deadlines
        if each.category is None
    )


def _reasons(demands: Demands) -> tuple[tuple[str, tuple[str, ...]], ...]:
    heads = {"suspend": _("For suspending"), "decline": _("For declining")}
    return tuple(
        (head, tuple(say(each.name) for each in demands.reasons if each.use == use))
        for use, head in heads.items()
    )


def _templates(demands: Demands, parts: Mapping[str, Any]) -> tuple[TemplateView, ...]:
    made = []
    for each in demands.templates:
        address = ("demands", "templates", each.code)
        used = [
            shown_in(address, name, value, parts)
            for name, value in (("verb", each.verb), ("category", each.category))
            if value
        ]
        made.append(TemplateView(say(each.name), " · ".join(used), say(each.text)))
    return tuple(made)
