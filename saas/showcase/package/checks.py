"""The rules of a demo district: its files fit each other and the package they are built on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from saas.accounts.package.shapes import Roles
from saas.demands.package.shapes import Demands
from saas.kernel.i18n import lazy_gettext as _l
from saas.organisations.package.shapes import Organisations
from saas.packages.faults import (
    Fault,
    Parts,
    Row,
    codes,
    explain,
    places,
    repeated,
    rows,
    strange,
    text,
)
from saas.packages.parts import Package
from saas.rooms.package.shapes import Rooms
from saas.showcase.package.activities import check_activities
from saas.showcase.package.funds import check_funds
from saas.showcase.package.visits import check_visits
from saas.territory.package.shapes import DEPARTMENT, ESCALATION, Kind, Territory

explain(
    {
        "no_such_package": _l("There is no model package “%(found)s”."),
        "package_lacks": _l("The model package has no “%(found)s”."),
        "one_tree": _l("All units stand in one tree; here are %(count)s roots."),
        "wrong_place": _l("A unit of kind “%(found)s” may not stand here (above it: “%(above)s”)."),
        "no_such_unit": _l("There is no unit “%(found)s” in units.yaml."),
        "no_such_person": _l("There is no person “%(found)s” in people.yaml."),
        "no_kind": _l("There is no kind of merchants “%(found)s” in this file."),
        "no_merchant": _l("There is no merchant “%(found)s” in this file."),
        "no_such_venue": _l("There is no venue “%(found)s” in this file."),
        "role_not_here": _l("The role “%(found)s” cannot be held at a unit of kind “%(kind)s”."),
        "one_entry": _l(
            "Exactly one person of the role “%(found)s” must have entry: true, not %(count)s."
        ),
        "needs": _l("“%(found)s” must be given here."),
        "bad_history": _l("“%(found)s” is not a line of a year that is over."),
        "no_such_resident": _l("“%(found)s” is not a resident in people.yaml."),
        "not_the_bottom": _l("“%(found)s” is not a unit of the level where demands begin."),
        "in_the_future": _l(
            "The steps take %(hours)s hours, which is longer than the demand is old."
        ),
        "already_over": _l("The demand was over before this step."),
        "accepted_twice": _l("The demand is already accepted here."),
        "not_accepted": _l("The demand must be accepted here first."),
        "not_theirs": _l("“%(found)s” did not file this demand and cannot withdraw it."),
        "not_at_unit": _l("“%(found)s” holds no post at “%(unit)s”, which has the demand."),
        "not_the_top": _l("Only the top level can end a demand."),
        "nothing_above": _l("There is no level above “%(found)s” to pass this up to."),
        "nothing_below": _l(
            "Nobody below “%(found)s” has passed this up, so it cannot be returned."
        ),
    }
)

#: What a step must say, for the people who read the story later.
_SAYS = {
    "pass_up": "reason",
    "return_down": "reason",
    "withdraw": "reason",
    "resolve": "reply",
    "end": "reply",
}
#: Verbs whose course is followed here, so that a fault is found with its line.
_SIMPLE = frozenset({"accept", "resolve", "pass_up", "return_down", "end", "withdraw"})
_NEED_REASON = {"paused", "retired"}


def check_demo(parts: Parts, package: Package) -> list[Fault]:
    """Every fault between the rows and files of a demo district of this package."""
    tree = _Tree.of(parts, package)
    people = _people(parts)
    checks = (
        _check_units(parts, tree, package),
        _check_people(parts, tree, package),
        _check_venues(parts, tree),
        _check_rooms(parts, tree, people, package),
        _check_demands(parts, tree, people, package),
        _check_history(parts, tree, package),
        _check_claims(parts, tree),
        _check_answers(parts, package),
        _check_organisations(parts, tree, people, package),
        _check_places(parts, tree, package),
        check_activities(parts, tree.kinds, package),
        check_visits(parts, tree.kinds, people),
        check_funds(parts, tree.kinds, people),
    )
    return [fault for check in checks for fault in check]


@dataclass(frozen=True, slots=True)
class _Tree:
    """The units by code: what kind each is, what stands above it, where it is written."""

    kinds: dict[str, str] = field(default_factory=dict)
    above: dict[str, str | None] = field(default_factory=dict)
    written: list[tuple[str, Mapping[str, Any], str | None]] = field(default_factory=list)

    @classmethod
    def of(cls, parts: Parts, package: Package) -> _Tree:
        """The units of the file, and the departments that the package puts under the root."""
        tree = cls()
        tree.grow(parts.get("units"), "", None)
        root = next(iter(tree.kinds), None)
        for department in package.of(Territory).departments:
            tree.kinds.setdefault(department.code, DEPARTMENT)
            tree.above.setdefault(department.code, root)
        return tree

    def grow(self, part: object, path: str, above: str | None) -> None:
        for place, row in rows(part, "units"):
            where = f"{path}units[{place}]"
            code = text(row, "code")
            self.written.append((where, row, above))
            if code is not None:
                self.kinds.setdefault(code, text(row, "kind") or "")
                self.above.setdefault(code, above)
            self.grow(row, f"{where}.", code)

    def up(self, unit: str, kind: str) -> str | None:
        """The nearest unit of that kind above the unit."""
        above = self.above.get(unit)
        while above is not None and self.kinds.get(above) != kind:
            above = self.above.get(above)
        return above


def _people(parts: Parts) -> dict[str, Mapping[str, Any]]:
    people = rows(parts.get("people"), "people")
    return {login: row for _, row in people if (login := text(row, "login")) is not None}


def _check_units(parts: Parts, tree: _Tree, package: Package) -> Iterator[Fault]:
    kinds = {kind.code: kind for kind in package.of(Territory).kinds}
    codes = [(f"{where}.code", text(row, "code")) for where, row, _ in tree.written]
    yield from repeated("units", [(where, code) for where, code in codes if code is not None])
    roots = rows(parts.get("units"), "units")
    if len(roots) > 1:
        yield Fault("units", "units", "one_tree", {"count": len(roots)})
    for where, row, above in tree.written:
        kind = text(row, "kind")
        if kind is not None and kind not in kinds:
            yield Fault("units", f"{where}.kind", "package_lacks", {"found": kind})
        elif kind is not None and not _may_stand(kinds[kind], tree, above):
            values = {"found": kind, "above": tree.kinds.get(above or "", "-")}
            yield Fault("units", f"{where}.kind", "wrong_place", values)


def _may_stand(kind: Kind, tree: _Tree, above: str | None) -> bool:
    return (tree.kinds.get(above) in kind.under) if above is not None else not kind.under


def _check_people(parts: Parts, tree: _Tree, package: Package) -> Iterator[Fault]:
    part = parts.get("people")
    roles = {role.code: role for role in package.of(Roles).roles}
    yield from repeated("people", places(part, "people", "login"))
    for place, row in rows(part, "people"):
        role, unit = text(row, "role"), text(row, "unit")
        if role is not None and role not in roles:
            yield Fault("people", f"people[{place}].role", "package_lacks", {"found": role})
        if unit is not None and unit not in tree.kinds:
            yield Fault("people", f"people[{place}].unit", "no_such_unit", {"found": unit})
        elif unit is not None and role in roles and tree.kinds[unit] not in roles[role].at:
            values = {"found": role, "kind": tree.kinds[unit]}
            yield Fault("people", f"people[{place}].unit", "role_not_here", values)
    yield from _check_entries(parts, list(roles))


def _check_entries(parts: Parts, roles: list[str]) -> Iterator[Fault]:
    """Each role can be entered by exactly one person."""
    people = rows(parts.get("people"), "people")
    entries = [text(row, "role") for _, row in people if row.get("entry") is True]
    for role in roles if people else []:
        if entries.count(role) != 1:
            values = {"found": role, "count": entries.count(role)}
            yield Fault("people", "people", "one_entry", values)


def _check_venues(parts: Parts, tree: _Tree) -> Iterator[Fault]:
    part = parts.get("rooms")
    yield from repeated("rooms", places(part, "venues"))
    yield from strange("rooms", places(part, "venues", "unit"), tree.kinds, "no_such_unit")


def _check_organisations(
    parts: Parts, tree: _Tree, people: Mapping[str, Any], package: Package
) -> Iterator[Fault]:
    part, model = parts.get("organisations"), package.of(Organisations)
    known = {
        "type": ({each.code for each in model.types}, "package_lacks"),
        "stage": ({each.code for each in model.stages}, "package_lacks"),
        "service_class": ({each.code for each in model.classes}, "package_lacks"),
        "unit": (set(tree.kinds), "no_such_unit"),
        "leader": (set(people), "no_such_person"),
    }
    for field_, (there, key) in known.items():
        yield from strange("organisations", places(part, "groups", field_), there, key)


def _check_places(parts: Parts, tree: _Tree, package: Package) -> Iterator[Fault]:
    part = parts.get("places")
    yield from repeated("places", places(part, "merchants"))
    yield from repeated("places", places(part, "walks"))
    yield from strange("places", places(part, "merchants", "kind"), codes(part, "kinds"), "no_kind")
    unit = text(part, "unit") if isinstance(part, Mapping) else None
    yield from strange("places", [("unit", unit)] if unit else [], tree.kinds, "no_such_unit")
    known = {
        "merchant": (codes(part, "merchants"), "no_merchant"),
        "venue": (codes(parts.get("rooms"), "venues"), "no_such_venue"),
        "room": ({room.code for room in package.of(Rooms).rooms}, "package_lacks"),
    }
    for at, walk in rows(part, "walks"):
        for name, (there, key) in known.items():
            yield from strange("places", places(walk, "stops", name, f"walks[{at}]"), there, key)


def _check_claims(parts: Parts, tree: _Tree) -> Iterator[Fault]:
    part = parts.get("claims")
    yield from repeated("claims", places(part, "claims", "measure"))
    yield from strange("claims", places(part, "claims", "unit"), tree.kinds, "no_such_unit")


def _check_answers(parts: Parts, package: Package) -> Iterator[Fault]:
    """Each is filed under a category that has no others below it."""
    leaves = {category.code for category in package.of(Demands).leaves}
    for place, row in rows(parts.get("answers"), "answers"):
        category = text(row, "category")
        if category is not None and category not in leaves:
            path = f"answers[{place}].category"
            yield Fault("answers", path, "not_a_leaf", {"found": category})


def _check_rooms(
    parts: Parts, tree: _Tree, people: Mapping[str, Any], package: Package
) -> Iterator[Fault]:
    part = parts.get("rooms")
    yield from repeated("rooms", places(part, "streets", "unit"))
    known = {
        "room": {room.code for room in package.of(Rooms).rooms},
        "keeper": set(people),
        "venue": {code for _, code in places(part, "venues")},
    }
    yield from strange("rooms", places(part, "streets", "unit"), tree.kinds, "no_such_unit")
    for place, street in rows(part, "streets"):
        path = f"streets[{place}]"
        yield from repeated("rooms", places(street, "rooms", "room", path))
        for row in rows(street, "rooms"):
            yield from _check_room(path, row, known)


def _check_room(path: str, row: Row, known: Mapping[str, set[str]]) -> Iterator[Fault]:
    where, room = f"{path}.rooms[{row[0]}]", row[1]
    lacks = {"room": "package_lacks", "keeper": "no_such_person", "venue": "no_such_venue"}
    for name, key in lacks.items():
        found = text(room, name)
        if found is not None and found not in known[name]:
            yield Fault("rooms", f"{where}.{name}", key, {"found": found})
    if text(room, "status") in _NEED_REASON and "reason" not in room:
        yield Fault("rooms", f"{where}.reason", "needs", {"found": "reason"})


def _check_demands(
    parts: Parts, tree: _Tree, people: Mapping[str, Any], package: Package
) -> Iterator[Fault]:
    part = parts.get("demands")
    yield from repeated("demands", places(part, "demands", "key"))
    leaves = {category.code for category in package.of(Demands).leaves}
    ladder = [level.kind or "" for level in package.of(Territory).ladder(ESCALATION).levels]
    residents = {role.code for role in package.of(Roles).roles if role.resident}
    for place, row in rows(part, "demands"):
        path = f"demands[{place}]"
        category, unit, login = (text(row, name) for name in ("category", "unit", "resident"))
        if category is not None and category not in leaves:
            yield Fault("demands", f"{path}.category", "not_a_leaf", {"found": category})
        if login is not None and text(people.get(login, {}), "role") not in residents:
            yield Fault("demands", f"{path}.resident", "no_such_resident", {"found": login})
        if unit is None:
            continue
        if tree.kinds.get(unit) != ladder[0]:
            yield Fault("demands", f"{path}.unit", "not_the_bottom", {"found": unit})
        else:
            yield from _Story(path, row, unit, tree, people, ladder).faults()


def _check_history(parts: Parts, tree: _Tree, package: Package) -> Iterator[Fault]:
    """Each line names a place at the bottom, and a category that has words."""
    part = parts.get("history")
    written = {text(row, "of") for _, row in rows(part, "words")}
    leaves = {category.code for category in package.of(Demands).leaves}
    bottom = next(iter(package.of(Territory).ladder(ESCALATION).levels)).kind
    lines = part.get("demands") if isinstance(part, Mapping) else None
    for place, line in enumerate(lines if isinstance(lines, list) else ()):
        named = line.split() if isinstance(line, str) else []
        if len(named) < _LEAST_NAMED:
            continue  # the schema has said so
        category, unit = named[1:3]
        path = f"demands[{place}]"
        if category not in leaves:
            yield Fault("history", path, "not_a_leaf", {"found": category})
        elif category not in written:
            yield Fault("history", path, "needs", {"found": f"words: {category}"})
        if tree.kinds.get(unit) != bottom:
            yield Fault("history", path, "not_the_bottom", {"found": unit})


_LEAST_NAMED = 4


@dataclass(slots=True)
class _Story:
    """A demand played through step by step, as the product would let it happen."""

    path: str
    row: Mapping[str, Any]
    unit: str
    tree: _Tree
    people: Mapping[str, Any]
    ladder: list[str]
    came: list[str] = field(default_factory=list)
    accepted: bool = False
    over: bool = False
    beyond: bool = False

    def faults(self) -> Iterator[Fault]:
        """What could not have happened like this."""
        steps = rows(self.row, "steps")
        for place, step in steps:
            where = f"{self.path}.steps[{place}]"
            yield from self._step(where, step, text(step, "verb") or "")
        hours = [step.get("after_hours") for _, step in steps]
        days = self.row.get("filed_days_ago")
        if isinstance(days, int | float) and all(isinstance(each, int | float) for each in hours):
            passed = sum(each for each in hours if isinstance(each, int | float))
            if passed > days * 24:
                yield Fault("demands", f"{self.path}.steps", "in_the_future", {"hours": passed})

    def _step(self, where: str, step: Mapping[str, Any], verb: str) -> Iterator[Fault]:
        self.beyond = self.beyond or verb not in _SIMPLE
        if self.beyond:  # the state table itself decides when the story is played
            return
        if self.over:
            yield Fault("demands", where, "already_over")
            return
        says = _SAYS.get(verb)
        if says and says not in step:
            yield Fault("demands", f"{where}.{says}", "needs", {"found": says})
        yield from self._by(f"{where}.by", text(step, "by"), verb)
        if verb != "withdraw" and (verb == "accept") == self.accepted:
            key = "accepted_twice" if self.accepted else "not_accepted"
            yield Fault("demands", f"{where}.verb", key)
        yield from self._move(f"{where}.verb", verb)

    def _by(self, where: str, login: str | None, verb: str) -> Iterator[Fault]:
        """Residents withdraw what is theirs; all else is done at the unit that holds it."""
        if login is None:
            return
        if login not in self.people:
            yield Fault("demands", where, "no_such_person", {"found": login})
        elif verb == "withdraw":
            if login != self.row.get("resident"):
                yield Fault("demands", where, "not_theirs", {"found": login})
        elif self.people[login].get("unit") != self.unit:
            yield Fault("demands", where, "not_at_unit", {"found": login, "unit": self.unit})

    def _move(self, where: str, verb: str) -> Iterator[Fault]:
        self.accepted = verb == "accept"
        self.over = verb in {"resolve", "end", "withdraw"}
        top = self.tree.kinds.get(self.unit) == self.ladder[-1]
        if verb == "end" and not top:
            yield Fault("demands", where, "not_the_top")
        if verb == "pass_up":
            goal = None if top else self._next()
            if goal is None:
                yield Fault("demands", where, "nothing_above", {"found": self.unit})
                return
            self.came.append(self.unit)
            self.unit = goal
        if verb == "return_down":
            if not self.came:
                yield Fault("demands", where, "nothing_below", {"found": self.unit})
                return
            self.unit = self.came.pop()

    def _next(self) -> str | None:
        kind = self.tree.kinds.get(self.unit, "")
        level = self.ladder.index(kind) + 1 if kind in self.ladder else 0
        return self.tree.up(self.unit, self.ladder[level])
