"""Every level of the ladder has somebody to act for it, in every branch."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from saas.accounts import queries as people
from saas.demands import queries as demands
from saas.demands.permissions import HANDLE
from saas.onboarding.rules import Finding
from saas.territory import queries as territory
from saas.territory.queries import Level, Unit

#: More units of one level than any district has.
_ALL = 100_000


def check() -> list[Finding]:
    """One line for each level, and one for each unit where nobody is; that gap can be accepted."""
    root = territory.root()
    paths = [root.path] if root else []
    levels = demands.escalation_levels()
    lines = [line for level in levels for line in _level(level, paths)]
    return [*lines, *_besides(paths, {level.kind for level in levels})]


def _besides(paths: Sequence[str], kinds: Collection[str | None]) -> list[Finding]:
    """What else stands on the list of vacant posts: no demand waits there, and both lists agree."""
    bare, _total = people.bare_units(paths, size=_ALL)
    number = sum(unit.kind not in kinds for unit in bare)
    if not number:
        return []
    return [Finding("bare_besides", "off", {"number": number}, path="/people/vacant")]


def _level(level: Level, paths: Sequence[str]) -> list[Finding]:
    if level.kind is None:
        return []
    units, _ = territory.list_units(paths, kind=level.kind, size=_ALL)
    holders = people.holder_ids([unit.id for unit in units], HANDLE)
    vacant = [unit for unit in units if not holders[unit.id]]
    facts = {"level": level.name, "units": len(units), "held": len(units) - len(vacant)}
    state = "ok" if units else "off"
    kind = "level_held" if units else "level_empty"
    return [*map(_vacancy, vacant), Finding(kind, state, facts, path="/people/vacant")]


def _vacancy(unit: Unit) -> Finding:
    key = f"vacant:{unit.code}"
    return Finding(
        "vacant", "gap", {"unit": dict(unit.name)}, key, f"/setup/people?unit={unit.code}"
    )
