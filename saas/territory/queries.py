"""Reading the tree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.sql.elements import ColumnElement

from saas.kernel.context import Actor, Label
from saas.kernel.db import session
from saas.kernel.errors import NotFound
from saas.territory import rules
from saas.territory.models import Ladder, LadderLevel, UnitKind
from saas.territory.models import Unit as Unit  # other domains join and type with it


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
    """Kind code to its name."""
    return {kind.code: kind.name for kind in kinds()}


def ladder(code: str) -> tuple[Level, ...]:
    """The levels of a ladder, bottom first; empty for a ladder that is not there."""
    query = (
        sa.select(LadderLevel.position, LadderLevel.code, LadderLevel.name, LadderLevel.kind)
        .where(LadderLevel.ladder == code)
        .order_by(LadderLevel.position)
    )
    return tuple(Level(*row) for row in session.execute(query))


def ladders() -> Sequence[Ladder]:
    """Every ladder by its code."""
    return session.scalars(sa.select(Ladder).order_by(Ladder.code)).all()


def root() -> Unit | None:
    """The district itself."""
    return session.scalar(sa.select(Unit).where(Unit.parent_id.is_(None)).order_by(Unit.id))


def find_unit(unit_id: int | None) -> Unit | None:
    """A unit by id."""
    return session.get(Unit, unit_id) if unit_id else None


def unit_by_code(code: str) -> Unit:
    """A unit by its code, or `NotFound`."""
    unit = session.scalar(sa.select(Unit).where(Unit.code == code))
    if unit is None:
        raise NotFound
    return unit


def access_unit(code: str, permission: str, *, actor: Actor) -> Unit:
    """A unit over which ``actor`` holds ``permission``; missing and forbidden look the same."""
    unit = unit_by_code(code)
    if not actor.may(permission, unit.path):
        raise NotFound
    return unit


def ancestors(unit: Unit) -> Sequence[Unit]:
    """From the root down to the unit's parent."""
    paths = rules.ancestors(unit.path)
    return session.scalars(sa.select(Unit).where(Unit.path.in_(paths)).order_by(Unit.path)).all()


def ancestor_of_kind(unit: Unit, kind: str) -> Unit | None:
    """The unit itself or its nearest ancestor of ``kind``; None where the branch skips it."""
    if unit.kind == kind:
        return unit
    return next((a for a in reversed(ancestors(unit)) if a.kind == kind), None)


def children(unit: Unit | None, *, retired: bool = False) -> Sequence[Unit]:
    """The units directly beneath, in their order."""
    query = sa.select(Unit).where(
        Unit.parent_id.is_(None) if unit is None else Unit.parent_id == unit.id
    )
    if not retired:
        query = query.where(Unit.retired_at.is_(None))
    return session.scalars(query.order_by(Unit.position, Unit.code)).all()


def subtree(path: str, *, kinds: Sequence[str] = ()) -> Sequence[Unit]:
    """Every living unit at or beneath ``path``, in tree order."""
    query = sa.select(Unit).where(beneath(path), Unit.retired_at.is_(None))
    if kinds:
        query = query.where(Unit.kind.in_(kinds))
    return session.scalars(query.order_by(Unit.path)).all()


def beneath(path: str) -> ColumnElement[bool]:
    """A condition: the unit is the one at ``path`` or lies beneath it."""
    return Unit.path.startswith(path, autoescape=True)


def units_of_kind(kind: str) -> Sequence[Unit]:
    """Every living unit of a kind."""
    query = sa.select(Unit).where(Unit.kind == kind, Unit.retired_at.is_(None))
    return session.scalars(query.order_by(Unit.path)).all()


def count_by_kind(path: str) -> dict[str, int]:
    """How many living units of each kind lie strictly beneath ``path``."""
    query = (
        sa.select(Unit.kind, sa.func.count())
        .where(beneath(path), Unit.path != path, Unit.retired_at.is_(None))
        .group_by(Unit.kind)
    )
    return {kind: number for kind, number in session.execute(query)}


def names(ids: Sequence[int]) -> dict[int, Label]:
    """Unit id to name, for lists."""
    rows = session.execute(sa.select(Unit.id, Unit.name).where(Unit.id.in_(set(ids))))
    return {unit_id: name for unit_id, name in rows}


def search(words: str, paths: Sequence[str], *, limit: int = 30) -> Sequence[Unit]:
    """Living units beneath any of ``paths`` whose name, code or official code has ``words``."""
    like = f"%{words.replace('%', '').replace('_', '')}%"
    query = sa.select(Unit).where(
        sa.or_(*(beneath(path) for path in paths)) if paths else sa.false(),
        sa.or_(
            Unit.name["zh"].astext.ilike(like),
            Unit.name["en"].astext.ilike(like),
            Unit.code.ilike(like),
            Unit.official_code.ilike(like),
        ),
        Unit.retired_at.is_(None),
    )
    return session.scalars(query.order_by(Unit.path).limit(limit)).all()
