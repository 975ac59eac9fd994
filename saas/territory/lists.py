"""The list of units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from saas.kernel.context import Actor, Label
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say
from saas.listing.declared import Cell, Choice, Column, Filter, Listing, Search, Values
from saas.territory import queries
from saas.territory.permissions import VIEW
from saas.territory.queries import Unit


@dataclass(frozen=True, slots=True)
class _Row:
    unit: Unit
    kind: Label
    above: Label | None


def _rows(units: Sequence[Unit], actor: Actor) -> list[_Row]:
    kinds, above = queries.kind_names(), queries.parent_names(units)
    return [_Row(unit, kinds[unit.kind], above.get(unit.parent_id or 0)) for unit in units]


def _name(row: _Row) -> Cell:
    url = url_for("territory.show", code=row.unit.code)
    return Cell(say(row.unit.name), _("out of use") if row.unit.retired_at else "", url)


def _kinds(actor: Actor, values: Values) -> list[Choice]:
    return [Choice(code, say(name)) for code, name in queries.kind_names().items()]


def _gone(actor: Actor, values: Values) -> list[Choice]:
    gone = queries.count_retired(actor.reach(VIEW))
    return [Choice("1", _l("Also what is out of use"), gone)] if gone else []


UNITS_LIST = Listing[_Row](
    endpoint="territory.tree",
    words=_l("Units"),
    query=lambda actor: queries.units_within(actor.reach(VIEW)),
    rows=_rows,
    order=(Unit.path,),
    search=Search(_l("Name, code or official code"), queries.has_name),
    filters=(
        Filter(
            "unit",
            _l("Beneath"),
            lambda unit: queries.beneath(unit.path),
            read=queries.unit_coded,
            kind="hidden",
        ),
        Filter(
            "kind", _l("Kind"), lambda kind: Unit.kind == kind, _kinds, every=_l("All as a tree")
        ),
        Filter(
            "retired",
            _l("Out of use"),
            lambda _: Unit.id.is_not(None),
            _gone,
            every=_l("In use"),
            otherwise=Unit.retired_at.is_(None),
        ),
    ),
    columns=(
        Column("name", _l("Unit"), _name),
        Column("kind", _l("Kind"), lambda row: say(row.kind)),
        Column("above", _l("Stands in"), lambda row: say(row.above)),
        Column("code", _l("Code"), lambda row: row.unit.code, Unit.code),
        Column(
            "official_code",
            _l("Official code"),
            lambda row: row.unit.official_code or "",
            Unit.official_code,
        ),
    ),
)
