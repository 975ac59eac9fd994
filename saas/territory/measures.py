"""The tree as the ground on which facts are counted, and how many units of a kind there are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import aliased

from saas.figures.cut import Cut
from saas.figures.facts import Condition, Definition, Division, Facts, Measure, Name, Records
from saas.kernel.db import rows, session
from saas.kernel.i18n import lazy_gettext as _l
from saas.territory import permissions, queries
from saas.territory.models import Unit

_TEXTS, _KEYS = ARRAY(sa.Text), ARRAY(sa.BigInteger)
_Group = aliased(Unit)


class Tree:
    """The tree of units, to the facts of every domain that lie in it."""

    def lying(self, facts: Facts, cut: Cut) -> list[Condition]:
        """Nothing to ask where the whole district is looked at."""
        if cut.own and cut.unit:
            return [facts.place == cut.unit.id]
        if queries.covers_all(cut.inside):
            return []
        return [facts.place.in_(sa.select(Unit.id).where(queries.within(cut.inside)))]

    def divided(self, facts: Facts, cut: Cut) -> Division:
        """The children of the chosen unit, and the unit itself for what lies at no child.

        Who sees several units and chose none gets a group for each of them.
        """
        top = queries.find_unit(cut.unit.id) if cut.unit else _only_unit(cut.paths)
        if top is None:
            units = session.scalars(sa.select(Unit).where(Unit.path.in_(cut.paths))).all()
            cuts = {unit.id: replace(cut, unit=unit) for unit in units}
            group = _Group.path == sa.func.any(sa.literal(list(cut.paths), _TEXTS))
            home = sa.and_(group, Unit.path.startswith(_Group.path))
        else:
            units = [*([] if cut.own else queries.children(top, retired=True)), top]
            cuts = {unit.id: cut.of(unit, own=unit.id == top.id) for unit in units}
            home = _Group.path == _shortened(Unit.path, top.path.count("/"))
        places = sa.select(Unit.id, _Group.id).join(_Group, home).where(queries.within(cut.inside))
        found = {unit.id: (unit.name, cuts[unit.id]) for unit in units}
        return _through(rows(places), found, facts)


def _through(homes: Sequence[Any], found: Mapping[Any, tuple[Name, Cut]], facts: Facts) -> Division:
    """Facts by the groups of their places, ``homes`` as pairs of keys. The groups are looked for
    once a place and not once a fact, before the facts are read: several processes of the server
    can then count side by side, as they cannot with the search inside.
    """
    ids, keys = [place for place, _group in homes], [group for _place, group in homes]
    table = (
        sa.func.unnest(sa.literal(ids, _KEYS), sa.literal(keys, _KEYS))
        .table_valued(sa.column("id", sa.BigInteger), sa.column("key", sa.BigInteger))
        .render_derived("places")
    )
    return Division(table.c.key, found, table, table.c.id == facts.place)


def _shortened(path: Any, steps: int) -> sa.ColumnElement[str]:
    """The path of the unit that stands so many steps below the root at or above one at ``path``."""
    parts = sa.func.string_to_array(path, "/", type_=_TEXTS)[1 : steps + 1]
    kept = sa.func.array_to_string(parts, "/")
    return sa.case((sa.func.right(kept, 1) == "/", kept), else_=sa.func.concat(kept, "/"))


def _only_unit(paths: tuple[str, ...]) -> Unit | None:
    if len(paths) != 1:
        return None
    return session.scalar(sa.select(Unit).where(Unit.path == paths[0]))


TREE: Final = Tree()
UNITS: Final = Facts(Unit, Unit.id, TREE, Unit.kind, only=Unit.retired_at.is_(None))


def _has(kind: str) -> Callable[[], bool]:
    """Whether the district's model has such units at all."""
    return lambda: kind in {one.code for one in queries.kinds()}


def _asked(kind: str, cut: Cut) -> dict[str, str]:
    return {"kind": kind, **({"unit": cut.unit.code} if cut.unit else {})}


def _units(code: str, kind: str, name: object) -> Measure:
    return Measure(
        code,
        Definition(name, _l("Units of this kind that are in use.")),
        UNITS,
        frozenset({kind}),
        unit=name,
        grain="unit",
        owner="territory",
        public=True,
        records=Records("territory.tree", permissions.VIEW, partial(_asked, kind)),
        possible=_has(kind),
    )


MEASURES: Final = (
    _units("communities", "community", _l("Communities")),
    _units("resident_groups", "resident_group", _l("Resident groups")),
    _units("compounds", "compound", _l("Compounds")),
    _units("neighbourhoods", "neighbourhood", _l("Neighbourhoods")),
)
