"""What the tree takes from a model package, and how a new district gets its first units."""

from __future__ import annotations

from typing import Any

from saas.kernel.context import SYSTEM, Label, current_tenant
from saas.kernel.db import session
from saas.packages.queries import installed
from saas.packages.schemas import Package
from saas.territory import commands, queries, rules
from saas.territory.models import Ladder, LadderLevel, UnitKind


def install(package: Package) -> None:
    """Kinds of units and the ladders over them."""
    territory = package.territory
    session.add_all(
        UnitKind(code=k.code, name=dict(k.name), position=i, under=list(k.under))
        for i, k in enumerate(territory.kinds)
    )
    session.add_all(
        Ladder(code=ladder.code, name=dict(ladder.name)) for ladder in territory.ladders
    )
    session.flush()
    session.add_all(
        LadderLevel(ladder=ladder.code, position=i, code=lv.code, name=dict(lv.name), kind=lv.kind)
        for ladder in territory.ladders
        for i, lv in enumerate(ladder.levels)
    )
    session.flush()


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
    for code, name in _departments():
        commands.add_unit(code=code, kind=queries.DEPARTMENT, name=name, parent=root, actor=SYSTEM)
    below = next((kind.code for kind in kinds if root.kind in kind.under), None)
    for number, street in enumerate(seed.get("streets", ()), start=1):
        if below:
            commands.add_unit(
                code=street.get("code") or f"{root.code}_{number}",
                kind=below,
                name=street["name"],
                parent=root,
                actor=SYSTEM,
            )


def _departments() -> list[tuple[str, Label]]:
    """The departments that the model names, under the root of every district."""
    return [(each.code, dict(each.name)) for each in installed().territory.departments]


def _code(handle: str) -> str:
    code = handle.replace("-", "_")
    return code if rules.usable_code(code) else "district"
