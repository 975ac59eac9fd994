"""Units that are there and units that a workbook adds, found by what people call them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from saas.kernel.context import Label
from saas.kernel.workbooks import plain
from saas.onboarding.workbook.rules.world import World

_STEPS: Final = re.compile(r"\s*[/>\uff0f\uff1e]\s*")


@dataclass(frozen=True, slots=True)
class Node:
    """A unit by its key: its code, or for a new one without a code a key of its own.

    ``kind`` is None where the workbook's row does not say it rightly.
    """

    key: str
    kind: str | None
    name: Label
    parent: str | None
    there: bool
    retired: bool = False


class NotOne(Exception):
    """A text does not name exactly one unit; ``key`` is why: unknown, wrong_kind, retired,
    ambiguous.
    """

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(key)


class Tree:
    """Every unit by key and by every word for it."""

    def __init__(self, world: World) -> None:
        self.nodes: dict[str, Node] = {}
        self._words: dict[str, list[str]] = {}
        self.root = world.root.code
        for unit in world.units.values():
            self.put(Node(unit.code, unit.kind, unit.name, unit.parent, True, unit.retired))

    def put(self, node: Node) -> None:
        """A unit more, or one that is there as it will be: by its old words and its new ones."""
        self.nodes[node.key] = node
        for word in {plain(node.key), *(plain(name) for name in node.name.values())}:
            keys = self._words.setdefault(word, [])
            if node.key not in keys:
                keys.append(node.key)

    def find(self, text: str, kinds: Collection[str] | None = None) -> str:
        """The key of the one unit that ``text`` names: by code, by name, or by a way down to it
        such as ``A / B``. Only ``kinds`` fit where they are given. Raises `NotOne`.
        """
        found = self._words.get(plain(text)) or self._by_way(text)
        if not found:
            raise NotOne("unknown")
        fitting = [k for k in found if kinds is None or self.nodes[k].kind in {None, *kinds}]
        living = [key for key in fitting if not self.nodes[key].retired]
        if not living:
            raise NotOne("retired" if fitting else "wrong_kind")
        by_code = [key for key in living if plain(key) == plain(text)]
        if len(by_code or living) > 1:
            raise NotOne("ambiguous")
        return (by_code or living)[0]

    def _by_way(self, text: str) -> list[str]:
        *above, last = _STEPS.split(text)
        return [key for key in self._words.get(plain(last), []) if above and self._on(key, above)]

    def _on(self, key: str, above: list[str]) -> bool:
        """Whether the steps of a way are found above a unit, in their order, perhaps with gaps."""
        wanted = [plain(step) for step in above if step]
        for node in self.above(key):
            if wanted and wanted[-1] in self._called(node):
                wanted.pop()
        return not wanted

    def _called(self, node: Node) -> set[str]:
        return {plain(node.key), *(plain(name) for name in node.name.values())}

    def above(self, key: str) -> Iterator[Node]:
        """From the parent up to the district."""
        parent, seen = self.nodes[key].parent, {key}
        while parent is not None and parent not in seen:
            seen.add(parent)
            yield self.nodes[parent]
            parent = self.nodes[parent].parent

    def inside(self, key: str, whole: str) -> bool:
        """Whether a unit is ``whole`` or lies beneath it."""
        return key == whole or any(node.key == whole for node in self.above(key))

    def child(self, parent: str, kind: str, name: str) -> Node | None:
        """The unit of this kind that is called so directly under ``parent``."""
        same = (self.nodes[key] for key in self._words.get(plain(name), []))
        return next(
            (n for n in same if n.parent == parent and n.kind == kind and _is_called(n, name)), None
        )


def _is_called(node: Node, name: str) -> bool:
    return plain(name) in {plain(word) for word in node.name.values()}
