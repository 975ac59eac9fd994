"""A package as pages show it: everything inside, in the reader's words.

`contents` is what ``packages/_contents.html`` needs, wherever it stands: in the operator's console,
in the wizard, on a district's own page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import say
from saas.kernel.runtime import wired
from saas.packages import words
from saas.packages.schemas import Category, Deadline, Guide, Hours, Package, Room
from saas.packages.schemas.fields import plain
from saas.web.pictures import Ladder, LadderLevel, Plan, PlanNode, ladder, plan

#: Permissions of a role → what they allow, in words, by area.
Allowed = Callable[[Sequence[str]], Mapping[str, Sequence[str]]]
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class RoomView:
    """A room with everything that is written about it."""

    code: str
    name: str
    seal: str
    purpose: str
    services: tuple[str, ...]
    hours: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A platform with its rooms."""

    code: str
    name: str
    seal: str
    purpose: str
    rooms: tuple[RoomView, ...]


@dataclass(frozen=True, slots=True)
class LadderView:
    """A ladder as stairs, and its levels as (level, kind of unit that holds it)."""

    name: str
    picture: Ladder
    levels: tuple[Pair, ...]


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
class RoleView:
    """A role, where it is held, and what it may do: one text for each area."""

    name: str
    at: str
    note: str
    may: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TemplateView:
    """A reply template: for which step and category, and its text."""

    name: str
    used: str
    text: str


@dataclass(frozen=True, slots=True)
class Contents:
    """A whole package, every word ready."""

    title: str
    summary: str
    facts: tuple[Pair, ...]
    counts: tuple[tuple[int, str, str], ...]
    notes: tuple[str, ...]
    plan: Plan
    centre: RoomView
    platforms: tuple[Group, ...]
    kinds: tuple[Pair, ...]
    departments: tuple[str, ...]
    ladders: tuple[LadderView, ...]
    demand_kinds: tuple[KindView, ...]
    deadlines: tuple[tuple[str, int, int], ...]
    terms: tuple[Pair, ...]
    reasons: tuple[tuple[str, tuple[str, ...]], ...]
    areas: tuple[str, ...]
    roles: tuple[RoleView, ...]
    templates: tuple[TemplateView, ...]
    words: tuple[Pair, ...]
    week: tuple[str, ...]


def contents(package: Package, *, allowed: Allowed, areas: Mapping[str, object]) -> Contents:
    """Everything in a package. ``areas`` names the areas of permissions, in their order."""
    parts = package.parts()
    return Contents(
        title=say(package.head.title),
        summary=say(package.head.summary),
        facts=_facts(package),
        counts=_counts(package),
        notes=tuple(say(note) for note in package.head.notes),
        plan=plan_of(package),
        centre=_centre(package),
        platforms=_platforms(package),
        kinds=_kinds(package, parts),
        departments=tuple(say(each.name) for each in package.territory.departments),
        ladders=_ladders(package, parts),
        demand_kinds=_demand_kinds(package, parts),
        deadlines=_deadlines(package, parts),
        terms=_terms(parts),
        reasons=_reasons(package),
        areas=tuple(str(word) for word in areas.values()),
        roles=_roles(package, parts, allowed, areas),
        templates=_templates(package, parts),
        words=tuple((each.term, say(each.name)) for each in package.words),
        week=_hours(package.workdays),
    )


def in_words(package: Package) -> Contents:
    """Everything in a package, permissions in the words that the product has for them."""
    domains = wired().domains
    areas = {name: area.words for name, area in domains.areas.items()}
    return contents(package, allowed=domains.allowed, areas=areas)


def plan_of(package: Package) -> Plan:
    """The rooms of a package as the plan of a street, every seal a link to its row below."""
    rooms = package.rooms
    return plan(
        _node(rooms.centre),
        [_node(each) for each in rooms.platforms],
        [_node(each, each.platform, _hours(each.hours)) for each in rooms.rooms],
        _("Plan of %(street)s", street=say(package.head.title)),
    )


def _node(place: Any, group: str = "", note: tuple[str, ...] = ()) -> PlanNode:
    return PlanNode(
        place.code,
        say(place.name),
        place.seal,
        f"#in-{place.code}",
        note or (say(place.purpose),),
        group=group,
    )


def _facts(package: Package) -> tuple[Pair, ...]:
    head = package.head
    based = words.shown(plain(head.based_on)) if head.based_on else ""
    return (
        (_("Key"), head.key),
        (_("Version"), head.version),
        (_("Publisher"), say(head.publisher)),
        (_("Source"), say(head.source)),
        (_("Licence"), head.licence or ""),
        (_("Based on"), based),
        (_("Needs product version"), head.needs or ""),
    )


def _counts(package: Package) -> tuple[tuple[int, str, str], ...]:
    """How many of each, what they are called, and where they stand on the page."""
    demands, levels = package.demands, package.territory.ladder("escalation").levels
    return (
        (len(package.rooms.platforms), _("platforms"), "#rooms"),
        (len(package.rooms.rooms), _("function rooms"), "#rooms"),
        (len(levels), _("levels"), "#structure"),
        (len(demands.leaves), _("categories"), "#demands"),
        (len(package.roles), _("roles"), "#roles"),
        (len(demands.templates), _("reply templates"), "#templates"),
    )


def _centre(package: Package) -> RoomView:
    centre = package.rooms.centre
    return RoomView(centre.code, say(centre.name), centre.seal, say(centre.purpose), (), ())


def _terms(parts: Mapping[str, Any]) -> tuple[Pair, ...]:
    terms = parts["demands"]["terms"]
    return tuple((str(words.FIELD[name]), str(value)) for name, value in terms.items())


def _platforms(package: Package) -> tuple[Group, ...]:
    return tuple(
        Group(
            each.code,
            say(each.name),
            each.seal,
            say(each.purpose),
            tuple(_room(room) for room in package.rooms.rooms if room.platform == each.code),
        )
        for each in package.rooms.platforms
    )


def _room(room: Room) -> RoomView:
    services = tuple(say(each) for each in room.services)
    return RoomView(
        room.code, say(room.name), room.seal, say(room.purpose), services, _hours(room.hours)
    )


def _hours(rows: Sequence[Hours]) -> tuple[str, ...]:
    return tuple(words.shown(plain(row)) for row in rows)


def _kinds(package: Package, parts: Mapping[str, Any]) -> tuple[Pair, ...]:
    return tuple(
        (
            say(kind.name),
            words.shown_in(("territory", "kinds", kind.code), "under", kind.under, parts)
            if kind.under
            else _("the top of the tree"),
        )
        for kind in package.territory.kinds
    )


def _ladders(package: Package, parts: Mapping[str, Any]) -> tuple[LadderView, ...]:
    made = []
    for each in package.territory.ladders:
        levels = [LadderLevel(level.code, say(level.name)) for level in each.levels]
        held = tuple(
            (
                say(level.name),
                words.name_of(("territory", "kinds", level.kind), parts) if level.kind else "",
            )
            for level in each.levels
        )
        made.append(LadderView(say(each.name), ladder(levels, [], say(each.name)), held))
    return tuple(made)


def _demand_kinds(package: Package, parts: Mapping[str, Any]) -> tuple[KindView, ...]:
    demands = package.demands
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
        level=words.name_of(("demands", "deadlines", limit.level, ""), parts),
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


def _deadlines(package: Package, parts: Mapping[str, Any]) -> tuple[tuple[str, int, int], ...]:
    return tuple(
        (
            words.name_of(("demands", "deadlines", each.level, ""), parts),
            each.accept_hours,
            each.resolve_hours,
        )
        for each in package.demands.deadlines
        if each.category is None
    )


def _reasons(package: Package) -> tuple[tuple[str, tuple[str, ...]], ...]:
    heads = {"suspend": _("For suspending"), "decline": _("For declining")}
    return tuple(
        (head, tuple(say(each.name) for each in package.demands.reasons if each.use == use))
        for use, head in heads.items()
    )


def _roles(
    package: Package, parts: Mapping[str, Any], allowed: Allowed, areas: Mapping[str, object]
) -> tuple[RoleView, ...]:
    made = []
    for role in package.roles:
        may = allowed(role.permissions)
        note = _("administers the district") if role.administers else ""
        note = _("own matters only") if role.resident else note
        at = words.shown_in(("accounts", "roles", role.code), "at", role.at, parts)
        cells = tuple(_(", ").join(may.get(area, ())) for area in areas)
        made.append(RoleView(say(role.name), at, note, cells))
    return tuple(made)


def _templates(package: Package, parts: Mapping[str, Any]) -> tuple[TemplateView, ...]:
    made = []
    for each in package.demands.templates:
        address = ("demands", "templates", each.code)
        used = [
            words.shown_in(address, name, value, parts)
            for name, value in (("verb", each.verb), ("category", each.category))
            if value
        ]
        made.append(TemplateView(say(each.name), " · ".join(used), say(each.text)))
    return tuple(made)
