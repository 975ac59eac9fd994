"""Reading the tree."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.sql.elements import ColumnElement

from saas.kernel.context import Actor, Label
from saas.kernel.db import Prepared, session
from saas.kernel.errors import NotFound, not_listed
from saas.kernel.folding import has_words
from saas.kernel.naming import by_id
from saas.kernel.paging import page_of
from saas.packages.vocabulary import words
from saas.territory import permissions, rules
from saas.territory.models import Ladder, LadderLevel, UnitKind
from saas.territory.models import Unit as Unit  # other domains join and type with it

#: The ladder on which demands travel: its levels are what people call the levels.
MAIN_LADDER = "escalation"


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a ladder, counted from the bottom."""

    position: int
    code: str
    name: Label
    kind: str | None


def kinds() -> Sequence[UnitKind]:
    """Every kind of unit, from the root down."""
    return session.scalars(sa.select(UnitKind).order_by(UnitKind.position)).all()


def kind_names() -> dict[str, Label]:
    """Kind code to its name, in the words of the culture that is shown (``kind_<code>``)."""
    said = words()
    return {kind.code: said.get(f"kind_{kind.code}") or kind.name for kind in kinds()}


def _named(ladder: str, row: Sequence[Any], said: Mapping[str, Label]) -> Level:
    """A level in the words of the culture that is shown.

    The terms are ``level_<code>`` on the main ladder, ``level_<ladder>_<code>`` on any other: the
    same code is a courtyard's level there and its donation point here.
    """
    position, code, name, kind = row
    term = f"level_{code}" if ladder == MAIN_LADDER else f"level_{ladder}_{code}"
    return Level(position, code, said.get(term) or name, kind)


_LEVELS = Prepared(
    sa.select(LadderLevel.position, LadderLevel.code, LadderLevel.name, LadderLevel.kind)
    .where(LadderLevel.ladder == sa.bindparam("ladder"))
    .order_by(LadderLevel.position)
)


def ladder(code: str) -> tuple[Level, ...]:
    """The levels of a ladder, bottom first, by the names that the district shows; else empty."""
    said = words()
    return tuple(_named(code, row, said) for row in _LEVELS.rows({"ladder": code}))


def plain_ladder(code: str) -> tuple[Level, ...]:
    """The same by the names that the model gives them: for those who work with it every day."""
    return tuple(_named(code, row, {}) for row in _LEVELS.rows({"ladder": code}))


def ladders() -> Sequence[Ladder]:
    """Every ladder in its order."""
    return session.scalars(sa.select(Ladder).order_by(Ladder.position, Ladder.code)).all()


def root() -> Unit | None:
    """The district itself."""
    return session.scalar(sa.select(Unit).where(Unit.parent_id.is_(None)).order_by(Unit.id))


def find_unit(unit_id: int | None) -> Unit | None:
    """A unit by id."""
    return session.get(Unit, unit_id) if unit_id else None


def unit_by_code(code: str) -> Unit:
    """A unit by its code, or `NotFound`."""
    unit = unit_coded(code)
    if unit is None:
        raise NotFound
    return unit


def unit_coded(code: str) -> Unit | None:
    """A unit by its code, if there is one."""
    return session.scalar(sa.select(Unit).where(Unit.code == code))


def units_by_id(ids: Collection[int]) -> dict[int, Unit]:
    """Units by their ids."""
    found = session.scalars(sa.select(Unit).where(Unit.id.in_(ids)))
    return {unit.id: unit for unit in found}


def access_unit(code: str, permission: str, *, actor: Actor) -> Unit:
    """A unit over which ``actor`` holds ``permission``; missing and forbidden look the same."""
    unit = unit_by_code(code)
    if not actor.may(permission, unit.path):
        raise NotFound
    return unit


def paths_above(unit: Unit) -> list[str]:
    """The paths of the units above, from the root down; no question is sent."""
    return rules.ancestors(unit.path)


def ancestors(unit: Unit) -> Sequence[Unit]:
    """From the root down to the unit's parent."""
    paths = rules.ancestors(unit.path)
    return session.scalars(sa.select(Unit).where(Unit.path.in_(paths)).order_by(Unit.path)).all()


def children(unit: Unit | None, *, retired: bool = False) -> Sequence[Unit]:
    """The units directly beneath, in their order."""
    query = sa.select(Unit).where(
        Unit.parent_id.is_(None) if unit is None else Unit.parent_id == unit.id
    )
    if not retired:
        query = query.where(Unit.retired_at.is_(None))
    return session.scalars(query.order_by(Unit.position, Unit.code)).all()


#: The kind of unit that an office is which stands beside the levels; see a package's departments.
DEPARTMENT = "department"


def is_place(unit: Unit) -> bool:
    """Whether people live or things happen there: a department is no place."""
    return unit.kind != DEPARTMENT


def beneath(path: str) -> ColumnElement[bool]:
    """A condition: the unit is the one at ``path`` or lies beneath it."""
    return Unit.path.startswith(path, autoescape=True)


def count_by_kind(path: str) -> dict[str, int]:
    """How many living units of each kind lie strictly beneath ``path``."""
    query = (
        sa.select(Unit.kind, sa.func.count())
        .where(beneath(path), Unit.path != path, Unit.retired_at.is_(None))
        .group_by(Unit.kind)
    )
    return {kind: number for kind, number in session.execute(query)}


def count_units_by_kind() -> dict[str, int]:
    """How many units of each kind there are, retired ones included; kinds without one are not."""
    query = sa.select(Unit.kind, sa.func.count()).group_by(Unit.kind)
    return {kind: number for kind, number in session.execute(query)}


def count_kinds(paths: Sequence[str]) -> dict[str, int]:
    """How many living units of each kind lie at or beneath any of ``paths``."""
    query = sa.select(Unit.kind, sa.func.count()).where(within(paths), Unit.retired_at.is_(None))
    return {kind: number for kind, number in session.execute(query.group_by(Unit.kind))}


def names(ids: Sequence[int]) -> dict[int, Label]:
    """Unit id to name, for lists."""
    rows = session.execute(sa.select(Unit.id, Unit.name).where(Unit.id.in_(set(ids))))
    return {unit_id: name for unit_id, name in rows}


#: What units are called, many at once, for links to them.
named = by_id(sa.select(Unit.id, Unit.name, Unit.code))


def search(words: str, paths: Sequence[str], *, limit: int = 30) -> Sequence[Unit]:
    """Living units beneath any of ``paths`` whose name, code or official code has ``words``."""
    query = sa.select(Unit).where(within(paths), has_name(words), Unit.retired_at.is_(None))
    return session.scalars(query.order_by(Unit.path).limit(limit)).all()


def within(paths: Sequence[str]) -> ColumnElement[bool]:
    """A condition: the unit lies at or beneath any of ``paths``; none of them, no unit."""
    return sa.or_(*(beneath(path) for path in paths)) if paths else sa.false()


def outermost(paths: Sequence[str]) -> tuple[str, ...]:
    """``paths`` without those that lie inside another of them."""
    return tuple(rules.outermost(paths))


def covers_all(paths: Sequence[str]) -> bool:
    """Whether any of ``paths`` is the top of the whole tree."""
    return any(rules.is_root(path) for path in paths)


def has_name(words: str) -> ColumnElement[bool]:
    """A condition: these words stand in the names, the code or the official code."""
    return has_name_of(Unit, words)


def has_name_of(unit: Any, words: str) -> ColumnElement[bool]:
    """The same of another unit in a statement, an alias."""
    texts = (unit.name["zh"].astext, unit.name["en"].astext, unit.code, unit.official_code)
    return has_words(words, *texts)


def places(paths: Sequence[str], *, retired: bool = False) -> list[rules.Place]:
    """Every unit beneath ``paths`` as far as the tree is drawn, in one query."""
    query = sa.select(
        Unit.code,
        Unit.kind,
        Unit.name,
        Unit.path,
        Unit.position,
        Unit.official_code,
        Unit.sample,
        Unit.retired_at.is_not(None),
    ).where(within(paths))
    if not retired:
        query = query.where(Unit.retired_at.is_(None))
    return [rules.Place(*row) for row in session.execute(query)]


#: So many units are drawn as one tree; of more, the lower levels open on pages of their own.
TREE_LIMIT = 600


def tree(paths: Sequence[str], *, retired: bool = False) -> list[rules.Branch]:
    """What lies beneath ``paths`` as trees with counts."""
    found = places(rules.outermost(paths), retired=retired)
    depth = 9 if len(found) <= TREE_LIMIT else 2
    return rules.grow(found, [kind.code for kind in kinds()], depth=depth)


def units_within(paths: Sequence[str]) -> sa.Select[tuple[Unit]]:
    """The units at or beneath any of ``paths``, in no order."""
    return sa.select(Unit).where(within(paths))


def list_units(
    paths: Sequence[str],
    *,
    words: str = "",
    kind: str = "",
    retired: bool = False,
    number: int = 1,
    size: int = 30,
) -> tuple[Sequence[Unit], int]:
    """One page of the units beneath ``paths`` that fit, and how many fit in all."""
    query = sa.select(Unit).where(within(paths))
    if words:
        query = query.where(has_name(words))
    if kind:
        query = query.where(Unit.kind == kind)
    if not retired:
        query = query.where(Unit.retired_at.is_(None))
    return page_of(query.order_by(Unit.path), number, size)


def count_retired(paths: Sequence[str]) -> int:
    """How many units beneath ``paths`` are out of use."""
    query = sa.select(sa.func.count()).where(within(paths), Unit.retired_at.is_not(None))
    return session.scalar(query.select_from(Unit)) or 0


def parent_names(units: Sequence[Unit]) -> dict[int, Label]:
    """Parent id to name, for a list of units."""
    return names([unit.parent_id for unit in units if unit.parent_id])


def kinds_under(parent_kind: str) -> list[UnitKind]:
    """The kinds that may stand directly in a unit of ``parent_kind``."""
    return [kind for kind in kinds() if parent_kind in kind.under]


def homes_for(unit: Unit, *, actor: Actor, words: str = "", limit: int = 200) -> Sequence[Unit]:
    """The units in the actor's hand under which ``unit`` could stand, its present one left out."""
    allowed = next((kind.under for kind in kinds() if kind.code == unit.kind), [])
    return _options(
        actor,
        words,
        limit,
        Unit.kind.in_(allowed),
        ~beneath(unit.path),
        Unit.id != (unit.parent_id or 0),
    )


def equals_of(unit: Unit, *, actor: Actor, words: str = "", limit: int = 200) -> Sequence[Unit]:
    """The other units of the same kind in the actor's hand, those beside it first."""
    found = _options(actor, words, limit, Unit.kind == unit.kind, Unit.id != unit.id)
    return sorted(found, key=lambda other: (other.parent_id != unit.parent_id, other.path))


def _options(
    actor: Actor, words: str, limit: int, *conditions: ColumnElement[bool]
) -> Sequence[Unit]:
    query = sa.select(Unit).where(
        within(actor.reach(permissions.EDIT)), Unit.retired_at.is_(None), *conditions
    )
    if words:
        query = query.where(has_name(words))
    return session.scalars(query.order_by(Unit.path).limit(limit)).all()


def chosen_unit(field: str, code: str, *, actor: Actor) -> Unit:
    """The unit that was picked in a form, if the actor may edit it; else `Invalid` at ``field``."""
    unit = session.scalar(sa.select(Unit).where(Unit.code == code))
    if unit is None or not actor.may(permissions.EDIT, unit.path):
        raise not_listed(field)
    return unit


def access_unit_to_reshape(code: str, *, actor: Actor) -> Unit:
    """A unit that ``actor`` may move, merge, retire or restore, else `NotFound`."""
    unit = access_unit(code, permissions.VIEW, actor=actor)
    if not permissions.can_reshape(actor, unit.path):
        raise NotFound
    return unit


def levels_by_ladder() -> dict[str, list[Level]]:
    """Every ladder's code to its levels, bottom first, by the names that the model gives them."""
    query = sa.select(
        LadderLevel.ladder,
        LadderLevel.position,
        LadderLevel.code,
        LadderLevel.name,
        LadderLevel.kind,
    ).order_by(LadderLevel.ladder, LadderLevel.position)
    found: dict[str, list[Level]] = {}
    for code, *level in session.execute(query):
        found.setdefault(code, []).append(Level(*level))
    return found


def codes_like(stem: str) -> set[str]:
    """The codes in use that begin with ``stem``, retired units included."""
    query = sa.select(Unit.code).where(Unit.code.startswith(stem, autoescape=True))
    return set(session.scalars(query))


def upper_units(steps: int = 2) -> list[Unit]:
    """The root and the places at most so many steps beneath it, in the tree's order."""
    deep = sa.func.length(Unit.path) - sa.func.length(sa.func.replace(Unit.path, "/", ""))
    query = sa.select(Unit).where(deep <= steps + 2, Unit.retired_at.is_(None))
    return [unit for unit in session.scalars(query.order_by(Unit.path)) if is_place(unit)]


def community_path(path: str) -> str:
    """The path of the community in which a home at ``path`` lies: two steps beneath the root where
    there is so much above it, else the home's own.
    """
    steps = path.strip("/").split("/")
    return "/" + "/".join(steps[:3]) + "/" if len(steps) > 2 else path
