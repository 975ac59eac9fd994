"""Pure decisions about places in the tree."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from saas.kernel.context import Label

_CODE = re.compile(r"[a-z0-9][a-z0-9_]{0,39}")


def usable_code(code: str) -> bool:
    """A code is a step of a path: small letters, digits and underscores, 40 at most."""
    return _CODE.fullmatch(code) is not None


def may_stand(kind: str, parent_kind: str | None, under: Mapping[str, Sequence[str]]) -> bool:
    """Whether a unit of ``kind`` may stand in one of ``parent_kind`` (None: at the root)."""
    allowed = under.get(kind, ())
    return not allowed if parent_kind is None else parent_kind in allowed


def child_path(parent_path: str | None, code: str) -> str:
    """``/daan/longjing/`` for longjing in ``/daan/``."""
    return f"{parent_path or '/'}{code}/"


def inside(path: str, whole: str) -> bool:
    """Whether ``path`` is ``whole`` or lies beneath it."""
    return path.startswith(whole)


def ancestors(path: str) -> list[str]:
    """The paths from the root down to, not including, ``path``."""
    steps = path.strip("/").split("/")
    return ["/" + "/".join(steps[: i + 1]) + "/" for i in range(len(steps) - 1)]


def outermost(paths: Iterable[str]) -> list[str]:
    """``paths`` without those that lie inside another of them."""
    kept: list[str] = []
    for path in sorted(set(paths)):
        if not kept or not inside(path, kept[-1]):
            kept.append(path)
    return kept


def next_code(parent_code: str, taken: Collection[str]) -> str:
    """A code for a further unit under a parent: the parent's with the next free number."""
    stem, number = parent_code[:34], 1
    while f"{stem}_{number}" in taken:
        number += 1
    return f"{stem}_{number}"


@dataclass(frozen=True, slots=True)
class Place:
    """A unit as far as the tree is drawn."""

    code: str
    kind: str
    name: Label
    path: str
    position: int
    official_code: str | None = None
    sample: bool = False
    retired: bool = False


@dataclass(slots=True)
class Branch:
    """A unit with what lies beneath it; ``counts`` are its living descendants by kind."""

    place: Place
    branches: list[Branch] = field(default_factory=list)
    leaves: dict[str, list[Branch]] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    closed: bool = False

    @property
    def total(self) -> int:
        """How many living units lie beneath."""
        return self.counts.total()


def grow(places: Sequence[Place], kinds: Sequence[str], *, depth: int) -> list[Branch]:
    """The trees over ``places``, each sibling after its kind and position.

    Beneath ``depth`` levels a branch is ``closed``: it is counted but not drawn.
    """
    known = {place.path: Branch(place) for place in places}
    tops: list[Branch] = []
    order = {kind: i for i, kind in enumerate(kinds)}
    for branch in sorted(known.values(), key=lambda b: _rank(b.place, order)):
        above = [known[path] for path in ancestors(branch.place.path) if path in known]
        for one in above if not branch.place.retired else ():
            one.counts[branch.place.kind] += 1
        if not above:
            tops.append(branch)
        elif len(above) <= depth:
            above[-1].branches.append(branch)
        else:
            above[-1].closed = True
    for branch in known.values():
        _part_leaves(branch)
    return tops


def _rank(place: Place, order: Mapping[str, int]) -> tuple[int, int, str]:
    return order.get(place.kind, len(order)), place.position, place.code


def _part_leaves(branch: Branch) -> None:
    """Those with nothing beneath stand together by kind; they are many and small."""
    whole = branch.branches
    branch.branches = [b for b in whole if b.branches or b.leaves or b.closed]
    for leaf in whole:
        if not (leaf.branches or leaf.leaves or leaf.closed):
            branch.leaves.setdefault(leaf.place.kind, []).append(leaf)


def is_root(path: str) -> bool:
    """Whether ``path`` is the top of the whole tree."""
    return not ancestors(path)
