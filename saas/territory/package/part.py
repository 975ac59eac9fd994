"""What the tree takes from a model package, and how a new district gets its first units."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa

from saas.kernel.context import SYSTEM, Label, current_tenant
from saas.kernel.db import session
from saas.kernel.i18n import lazy_gettext as _l
from saas.packages.model.queries import installed_file
from saas.packages.parts import (
    Address,
    File,
    Listed,
    Package,
    Part,
    both,
    drop,
    placed,
    put,
    said,
    usable_code,
)
from saas.packages.schemas.fields import plain
from saas.territory import commands, queries, rules
from saas.territory.models import Ladder, LadderLevel, UnitKind
from saas.territory.package import checks, contents, shapes
from saas.territory.package.shapes import DEPARTMENT, Territory
from saas.territory.queries import Unit

#: Why a department went that the model no longer names.
_DROPPED = _l("The model package no longer has this department.")


def _bring(package: Package) -> None:
    """Kinds of units, the ladders over them, and the departments under the root."""
    territory = package.of(Territory)
    kinds = {row.code: row for row in queries.kinds()}
    gone = put(UnitKind, kinds, placed(territory.kinds))
    _bring_ladders(territory)
    used = queries.count_units_by_kind()
    drop([kind for kind in gone if kind.code not in used])
    _bring_departments(territory)


def _bring_ladders(territory: Territory) -> None:
    """The ladders; one whose levels differ gets all of them anew, for nothing points at a level."""
    wanted = {
        ladder.code: {"code": ladder.code, "name": dict(ladder.name), "position": i}
        for i, ladder in enumerate(territory.ladders)
    }
    gone = put(Ladder, {row.code: row for row in queries.ladders()}, wanted)
    now = _levels()
    for ladder in territory.ladders:
        levels = plain(ladder.levels)
        if levels != now.get(ladder.code, []):
            _replace_levels(ladder.code, levels)
    for row in gone:
        _replace_levels(row.code, [])
    drop(gone)


def _replace_levels(ladder: str, levels: list[dict[str, Any]]) -> None:
    session.execute(sa.delete(LadderLevel).where(LadderLevel.ladder == ladder))
    rows = (LadderLevel(ladder=ladder, position=i, **level) for i, level in enumerate(levels))
    session.add_all(rows)
    session.flush()


def _bring_departments(territory: Territory) -> None:
    """Make the offices under the root those of the package; without a root, `seed` makes them."""
    root = queries.root()
    if root is None:
        return
    every = {unit.code: unit for unit in _own_departments(root, retired=True)}
    for each in territory.departments:
        unit = every.get(each.code)
        if unit is None:
            commands.add_unit(
                code=each.code, kind=queries.DEPARTMENT, name=dict(each.name), parent=root,
                actor=SYSTEM,
            )  # fmt: skip
            continue
        if unit.retired_at:
            commands.restore_unit(unit, actor=SYSTEM)
        if both(unit.name) != dict(each.name):
            _rename(unit, dict(each.name))
    wanted = [each.code for each in territory.departments]
    for unit in _own_departments(root):
        if unit.code not in wanted:
            commands.retire_unit(unit, reason=str(_DROPPED), actor=SYSTEM)
    _order_departments(root, wanted)


def _rename(unit: Unit, name: Label) -> None:
    commands.rename_unit(
        unit,
        name=name,
        official_code=unit.official_code,
        official_source=unit.official_source,
        official_date=unit.official_date,
        actor=SYSTEM,
    )


def _order_departments(root: Unit, wanted: list[str]) -> None:
    """The departments in their order; they stand before all other units under the root."""
    units = {unit.code: unit for unit in _own_departments(root)}
    if [code for code in units if code in wanted] != wanted:
        for place, code in enumerate(wanted, start=1 - len(wanted)):
            units[code].position = place
        session.flush()


def _own_departments(root: Unit, *, retired: bool = False) -> list[Unit]:
    """The departments directly under the root that a package could name, in their order.

    A code that begins with a digit is none that a package can have: such a unit is left alone.
    """
    found = queries.children(root, retired=retired)
    return [unit for unit in found if unit.kind == queries.DEPARTMENT and usable_code(unit.code)]


def _levels() -> dict[str, list[dict[str, Any]]]:
    return {
        ladder: [said(shapes.Level, level) for level in levels]
        for ladder, levels in queries.levels_by_ladder().items()
    }


def _read() -> dict[str, Any]:
    """Kinds, ladders and departments as they are."""
    kinds = [said(shapes.Kind, kind) for kind in queries.kinds()]
    levels = _levels()
    ladders = [
        {"code": row.code, "name": both(row.name), "levels": levels.get(row.code, [])}
        for row in queries.ladders()
    ]
    root = queries.root()
    units = _own_departments(root) if root else []
    departments = [said(shapes.Department, unit) for unit in units]
    found: dict[str, Any] = {"kinds": kinds, "ladders": ladders}
    return {"territory": found | ({"departments": departments} if departments else {})}


def _held() -> dict[Address, int]:
    """Kinds of which there are units, retired ones too; departments with units beneath them."""
    held: dict[Address, int] = {
        ("territory", "kinds", kind): count for kind, count in queries.count_units_by_kind().items()
    }
    root = queries.root()
    for unit in _own_departments(root) if root else ():
        if beneath := len(queries.children(unit)):
            held["territory", "departments", unit.code] = beneath
    return held


def _may_stay(address: Address, package: Package, known: Collection[Address]) -> bool:
    """The root and the departments are there under every package; no other unit is."""
    if address[:2] == ("territory", "kinds"):
        root = next(kind.code for kind in package.of(Territory).kinds if not kind.under)
        return address[2] in {root, DEPARTMENT}
    return address[:2] == ("territory", "departments") or address in known


_KINDS = ("territory", "kinds")
PART = Part(
    files=(File("territory", Territory, _l("Structure"), place=10),),
    lists=(
        Listed(*_KINDS, _l("kind of unit"), _l("Kinds of units"), refs={"under": _KINDS},
               sets=("under",)),
        Listed("territory", "ladders", _l("ladder"), _l("Ladders")),
        Listed("territory", "levels", _l("level"), _l("Levels"), inside="ladders",
               refs={"kind": _KINDS}),
        Listed("territory", "departments", _l("department"), _l("Departments"), optional=True),
    ),
    check=checks.check,
    settle=checks.settle,
    words={"kind": _l("kind"), "level": _l("level"), "under": _l("kinds of units above it")},
    explained={
        "Territory": _l("Kinds of units from the root down, and the ladders over them."),
        "Kind": _l("A kind of unit, such as a street or a community."),
        "Kind.under": _l("The kinds under which a unit may stand directly; the root has none."),
        "Ladder": _l("A named order of levels. Demands climb the one called escalation."),
        "Ladder.levels": _l("The levels, the lowest first."),
        "Level": _l("One rung of a ladder."),
        "Level.kind": _l("The kind of unit that holds this level, or null."),
        "Department": _l("An office beside the levels, to which its own business is handed."),
    },
    counts=contents.counts,
    sections=contents.sections,
    bring=_bring,
    read=_read,
    held=_held,
    tables=("unit_kinds", "ladders", "ladder_levels"),
    may_stay=_may_stay,
)  # fmt: skip


def seed(seed: dict[str, Any]) -> None:
    """The district as the root of its tree, and the street offices that were named."""
    if queries.root() is not None:
        return
    tenant = current_tenant()
    kinds = queries.kinds()
    root = commands.add_unit(
        code=_code(tenant.code),
        kind=next(kind.code for kind in kinds if not kind.under),
        name=dict(tenant.name),
        parent=None,
        official_code=seed.get("official_code"),
        official_source=seed.get("official_source"),
        actor=SYSTEM,
    )
    departments = installed_file(Territory).departments
    wanted = [(each.code, queries.DEPARTMENT, dict(each.name)) for each in departments]
    below = next((kind.code for kind in kinds if root.kind in kind.under), None)
    for number, street in enumerate(seed.get("streets", ()), start=1):
        if below:
            code = street.get("code") or f"{root.code}_{number}"
            wanted.append((code, below, street["name"]))
    commands.add_units(wanted, parent=root, actor=SYSTEM)


def _code(handle: str) -> str:
    code = handle.replace("-", "_")
    return code if rules.usable_code(code) else "district"
