"""Rows of units held against the tree: each finds its place, or says why it has none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from saas.kernel.context import Label
from saas.kernel.workbooks import plain
from saas.onboarding.workbook.rules.plan import Change, Plan, UnitStep
from saas.onboarding.workbook.rules.reading import Said
from saas.onboarding.workbook.rules.tree import Node, NotOne, Tree
from saas.onboarding.workbook.rules.world import KnownUnit, World

_CODE: Final = re.compile(r"[a-z0-9][a-z0-9_]{0,39}")
_OFFICIAL: Final = re.compile(r"[0-9]{6}|[0-9]{9}|[0-9]{12}")
#: So far up a circle is looked for; no tree is that deep.
_LONGEST_CIRCLE: Final = 20
_LONGEST: Final = {"name": 60, "name_en": 100}


def resolve_units(rows: Sequence[Said], tree: Tree, world: World, plan: Plan) -> None:
    """Add a step for each row to ``plan`` and its unit to ``tree``; faults go to the plan.

    Parents come before what stands in them: kinds are ordered from the district down.
    """
    reader = _Reader(rows, tree, world, plan)
    for said in sorted(rows, key=reader.depth):
        reader.take(said)


class _Reader:
    """Row after row; what was seen before tells what is said twice."""

    def __init__(self, rows: Sequence[Said], tree: Tree, world: World, plan: Plan) -> None:
        self._tree, self._world, self._plan = tree, world, plan
        self._named = {word: row for row in reversed(rows) for word in _called(row)}
        self._kinds = {
            plain(word): kind.code
            for kind in world.kinds.values()
            for word in (kind.code, *kind.name.values())
        }
        self._codes: dict[str, Said] = {}
        self._places: dict[tuple[str, str, str], Said] = {}
        self._wrong = 0

    def depth(self, said: Said) -> int:
        """How far down its kind stands; rows whose kind is unknown come first."""
        kind = self._kind(said)
        return self._world.kinds[kind].position if kind else -1

    def _kind(self, said: Said) -> str | None:
        return self._kinds.get(plain(said.get("kind")))

    def _fault(self, said: Said, column: str, key: str, other: Said | None = None) -> None:
        self._plan.faults.append(said.fault(column, key, other))
        self._wrong += 1

    def take(self, said: Said) -> None:
        """One row."""
        self._wrong = 0
        kind, name, code = self._kind(said), said.get("name"), self._code(said)
        if kind is None:
            self._fault(said, "kind", "no_such_kind" if said.get("kind") else "empty")
        self._check_texts(said)
        parent = self._parent(said, kind)
        known = self._known(said, kind, name, code, parent)
        if not self._wrong:
            self._check_twice(said, kind or "", parent or "", name)
        key = known.code if known else code or f"#{said.found.sheet}#{said.row}"
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

    def _code(self, said: Said) -> str:
        code = said.get("code").lower()
        if code and not _CODE.fullmatch(code):
            self._fault(said, "code", "bad_code")
            return ""
        before = self._codes.setdefault(code, said) if code else said
        if before is not said:
            self._fault(said, "code", "code_twice", before)
        return code

    def _check_texts(self, said: Said) -> None:
        if not said.get("name"):
            self._fault(said, "name", "empty")
        for column, most in _LONGEST.items():
            if len(said.get(column)) > most:
                self._fault(said, column, "too_long")
        if said.get("official_code") and not _OFFICIAL.fullmatch(said.get("official_code")):
            self._fault(said, "official_code", "bad_official")

    def _parent(self, said: Said, kind: str | None) -> str | None:
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

    def _in_circle(self, said: Said) -> bool:
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
        self, said: Said, kind: str | None, name: str, code: str, parent: str | None
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

    def _check_twice(self, said: Said, kind: str, parent: str, name: str) -> None:
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
        self, said: Said, known: KnownUnit, label: Label, parent: str
    ) -> tuple[Change, ...]:
        changes = [
            Change(column, known.name.get(language, ""), label[language])
            for column, language in (("name", "zh"), ("name_en", "en"))
            if label.get(language, "") != known.name.get(language, "")
        ]
        official = said.get("official_code")
        if official and official != (known.official_code or ""):
            changes.append(Change("official_code", known.official_code or "", official))
        if parent and parent != known.parent:
            changes.append(Change("parent", known.parent or "", said.get("parent") or parent))
        return tuple(changes)


def _called(said: Said) -> set[str]:
    return {plain(said.get("code")), plain(said.get("name"))}


def _label(said: Said, before: Label) -> Label:
    """Its name; an English one that was left out stays as it was."""
    typed = {"zh": said.get("name"), "en": said.get("name_en")}
    if plain(typed["zh"]) == plain(before.get("en", "")) and before.get("zh"):
        del typed["zh"]  # found by its other name, which is no new one
    return {**before, **{language: text for language, text in typed.items() if text}}
