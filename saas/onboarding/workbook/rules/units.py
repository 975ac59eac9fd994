"""Rows of units held against the tree: each finds its place, or says why it has none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from saas.kernel.context import Label
from saas.kernel.workbooks import plain
from saas.onboarding.workbook.rules.plan import Plan, UnitStep
from saas.onboarding.workbook.rules.tree import Node, NotOne, Tree
from saas.onboarding.workbook.rules.world import KnownUnit, World
from saas.sheets import Change, Given, Row, changed

#: So far up a circle is looked for; no tree is that deep.
_LONGEST_CIRCLE: Final = 20


def resolve_units(rows: Sequence[Row], given: Given, tree: Tree, world: World, plan: Plan) -> None:
    """Add a step for each row to ``plan`` and its unit to ``tree``; faults go to the plan.

    Parents come before what stands in them: kinds are ordered from the district down.
    """
    reader = _Reader(rows, tree, world, plan)
    read = [(said, *said.values(given)) for said in rows]
    for said, values, wrong in sorted(read, key=lambda one: reader.depth(one[1].get("kind"))):
        plan.faults += wrong
        reader.take(said, values, len(wrong))


class _Reader:
    """Row after row; what was seen before tells what is said twice."""

    def __init__(self, rows: Sequence[Row], tree: Tree, world: World, plan: Plan) -> None:
        self._tree, self._world, self._plan = tree, world, plan
        self._named = {word: row for row in reversed(rows) for word in _called(row)}
        self._codes: dict[str, Row] = {}
        self._places: dict[tuple[str, str, str], Row] = {}
        self._wrong = 0

    def depth(self, kind: str | None) -> int:
        """How far down a kind stands; rows whose kind is unknown come first."""
        return self._world.kinds[kind].position if kind else -1

    def _fault(self, said: Row, column: str, key: str, other: Row | None = None) -> None:
        self._plan.faults.append(said.fault(column, key, other))
        self._wrong += 1

    def take(self, said: Row, values: Mapping[str, Any], wrong: int) -> None:
        """One row, what its cells mean, and how many of them cannot be used."""
        self._wrong = wrong
        kind, name, code = values.get("kind"), said.get("name"), values.get("code", "")
        self._check_code(said, code)
        parent = self._parent(said, kind)
        known = self._known(said, kind, name, code, parent)
        if not self._wrong:
            self._check_twice(said, kind or "", parent or "", name)
        key = known.code if known else code or f"#{said.place.sheet}#{said.row}"
        label = _label(said, known.name if known else {})
        if not self._wrong and kind and parent is not None:
            changes = self._changes(said, known, label, parent) if known else ()
            official = said.get("official_code")
            self._plan.units.append(
                UnitStep(said, key, known is not None, kind, label, parent, code, official, changes)
            )
        if name and not known:  # with a fault too: what stands in it must not look lost
            self._tree.put(Node(key, kind, label, parent, False))
        elif known and not self._wrong:
            self._tree.put(Node(key, known.kind, {**known.name, **label}, parent or None, True))

    def _check_code(self, said: Row, code: str) -> None:
        before = self._codes.setdefault(code, said) if code else said
        if before is not said:
            self._fault(said, "code", "code_twice", before)

    def _parent(self, said: Row, kind: str | None) -> str | None:
        """The key of the unit in which it stands; empty for the district itself."""
        text = said.get("parent")
        allowed = self._world.kinds[kind].under if kind else None
        if kind and not allowed:
            if text:
                self._fault(said, "parent", "root_has_none")
            return ""
        if not text:
            if allowed is None or self._world.root.kind in allowed:
                return self._tree.root
            self._fault(said, "parent", "empty")
            return None
        try:
            return self._tree.find(text, allowed)
        except NotOne as error:
            wrong = error.key in {"unknown", "wrong_kind"}
            circle = wrong and self._in_circle(said)
            self._fault(said, "parent", "circle" if circle else f"parent_{error.key}")
            return None

    def _in_circle(self, said: Row) -> bool:
        """Whether going up by the names of the rows leads back to this row."""
        at = said
        for _ in range(_LONGEST_CIRCLE):
            word = plain(at.get("parent"))
            above = self._named.get(word) if word else None
            if above is None:
                return False
            if above is said:
                return True
            at = above
        return False

    def _known(
        self, said: Row, kind: str | None, name: str, code: str, parent: str | None
    ) -> KnownUnit | None:
        """The unit that is there already, by code, else by name under the same parent."""
        units = self._world.units
        found = units.get(code) if code else None
        if found is None and parent == "":
            found = self._world.root
            if plain(name) not in {plain(word) for word in found.name.values()}:
                self._fault(said, "name", "other_district")
        if found is None and kind and parent and parent in units:
            same = self._tree.child(parent, kind, name)
            if same is not None and same.there:
                found = units[same.key]
                if code:
                    self._fault(said, "code", "has_a_code")
        if found is not None and kind and found.kind != kind:
            self._fault(said, "kind", "other_kind")
        if found is not None and found.retired:
            self._fault(said, "name", "unit_retired")
        return found

    def _check_twice(self, said: Row, kind: str, parent: str, name: str) -> None:
        before = self._places.setdefault((parent, kind, plain(name)), said)
        if before is not said:
            same = dict(before.texts) == dict(said.texts)
            self._fault(said, "name", "repeated" if same else "name_twice", before)
            return
        beside = self._tree.child(parent, kind, name) if parent else None
        code = said.get("code").lower()
        if beside is not None and beside.there and code and beside.key != code:
            self._fault(said, "name", "name_there")

    def _changes(
        self, said: Row, known: KnownUnit, label: Label, parent: str
    ) -> tuple[Change, ...]:
        changes = changed(
            (
                ("name", known.name.get("zh"), label.get("zh")),
                ("name_en", known.name.get("en"), label.get("en")),
                ("official_code", known.official_code, said.get("official_code")),
            )
        )
        if parent and parent != known.parent:
            changes += (Change("parent", known.parent or "", said.get("parent") or parent),)
        return changes


def _called(said: Row) -> set[str]:
    return {plain(said.get("code")), plain(said.get("name"))}


def _label(said: Row, before: Label) -> Label:
    """Its name; an English one that was left out stays as it was."""
    typed = {"zh": said.get("name"), "en": said.get("name_en")}
    if plain(typed["zh"]) == plain(before.get("en", "")) and before.get("zh"):
        del typed["zh"]  # found by its other name, which is no new one
    return {**before, **{language: text for language, text in typed.items() if text}}
