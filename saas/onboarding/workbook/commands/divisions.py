"""Units from the official list: read, looked at, ticked, added. Codes of the list are no keys."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import IO, Any

from saas.kernel import audit, i18n
from saas.kernel.context import Actor
from saas.kernel.db import session
from saas.kernel.errors import Invalid, NotFound, not_listed
from saas.kernel.i18n import DEFAULT_LOCALE
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.workbooks import plain
from saas.onboarding.workbook import words
from saas.onboarding.workbook.commands.keeping import IMPORTS, ensure_imports, keep
from saas.onboarding.workbook.rules.divisions import (
    Division,
    LineFault,
    NotAList,
    bare_name,
    decoded,
    read_divisions,
)
from saas.territory import commands as territory
from saas.territory import queries as units
from saas.territory.queries import Unit

#: Ticks all of the list; behind the code of a street all that lies in it.
WHOLE = "+"
_LARGEST = 10 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class DivisionList:
    """The streets and communities of the district, and where they were read."""

    rows: list[Division]
    district: str
    source: str
    day: date


@dataclass(frozen=True, slots=True)
class DivisionStep:
    """What becomes of a line: add, change (official facts) or same; ``unit`` where it is there."""

    row: Division
    name: str
    kind: str
    state: str
    unit: Unit | None


def check_divisions(
    file: IO[bytes], *, district: str, source: str, day: date, actor: Actor
) -> list[LineFault]:
    """Read the list and keep the lines of the district; with faults nothing is kept.

    Raises `Invalid` at ``file`` or ``district`` for what is no such list.
    """
    ensure_imports(actor)
    file.seek(0)
    data = file.read(_LARGEST + 1)
    try:
        if len(data) > _LARGEST:
            raise NotAList("too_large")
        rows, faults = read_divisions(decoded(data), district)
    except NotAList as error:
        field = "district" if error.key == "no_district" else "file"
        raise Invalid({field: [words.LIST[error.key]]}) from None
    if not faults:
        content = {"rows": [asdict(r) for r in rows], "district": district}
        kept = {**content, "source": _office(source), "day": day.isoformat()}
        keep("divisions", kept, state="checked", total=len(rows), actor=actor)
    return faults


def _office(source: str) -> str:
    """Whose list it is, in one language whoever reads: it is kept and compared."""
    with i18n.speaking(DEFAULT_LOCALE):
        return str(words.SOURCES[source])


def kept_list(actor: Actor) -> DivisionList | None:
    """The list of this person that waits."""
    held = IMPORTS.held(actor, kind="divisions")
    if held is None or held.content is None:
        return None
    kept = json.loads(held.content)
    rows = [Division(**row) for row in kept["rows"]]
    return DivisionList(rows, kept["district"], kept["source"], date.fromisoformat(kept["day"]))


def plan_divisions(
    found: DivisionList, ticked: Collection[str], *, street: str, community: str, bare: bool
) -> list[DivisionStep]:
    """What the ticked lines would do, streets before what lies in them.

    ``+`` ticks everything, a street's code with ``+`` all that lies in it; a ticked community
    brings its street along. Raises `Invalid` for kinds that do not fit.
    """
    _ensure_kinds(street, community)
    wanted = {
        row.code
        for row in found.rows
        if row.code in ticked or WHOLE in ticked or f"{row.street}{WHOLE}" in ticked
    }
    wanted |= {row.street for row in found.rows if row.code in wanted}
    if not wanted:
        raise Invalid({"codes": [_l("Tick at least one line.")]})
    return list(_steps(found, wanted, street, community, bare))


def _steps(
    found: DivisionList, wanted: set[str], street: str, community: str, bare: bool
) -> Iterator[DivisionStep]:
    """Line by line, each held against what is there under its parent."""
    root, endings = units.root(), _endings()
    homes: dict[str, Unit | None] = {}
    rows = [row for row in found.rows if row.code in wanted]
    for row in sorted(rows, key=lambda row: (row.street, not row.is_street, row.code)):
        parent = root if row.is_street else homes.get(row.street)
        kind = street if row.is_street else community
        unit = _there(row, kind, parent, endings) if parent else None
        if row.is_street:
            homes[row.code] = unit
        name = bare_name(row.name, endings) if bare else row.name
        same = unit is not None and _facts(unit) == (row.code, found.source, found.day)
        state = "same" if same else "change" if unit else "add"
        yield DivisionStep(row, name, kind, state, unit)


def _facts(unit: Unit) -> tuple[str | None, str | None, date | None]:
    return unit.official_code, unit.official_source, unit.official_date


def _there(row: Division, kind: str, parent: Unit, endings: list[str]) -> Unit | None:
    """By name, with or without an office's ending; else by the attribute it was given before."""
    beside = [unit for unit in units.children(parent) if unit.kind == kind]
    wanted = plain(bare_name(row.name, endings))
    for unit in beside:
        if wanted in {plain(bare_name(name, endings)) for name in unit.name.values()}:
            return unit
    return next((unit for unit in beside if unit.official_code == row.code), None)


def _endings() -> list[str]:
    """The lists are Chinese, whoever reads."""
    with i18n.speaking(DEFAULT_LOCALE):
        return sorted((str(ending) for ending in words.ENDINGS), key=len, reverse=True)


def _ensure_kinds(street: str, community: str) -> None:
    root = units.root()
    under = {kind.code: kind.under for kind in units.kinds()}
    if root is None or root.kind not in under.get(street, ()):
        raise not_listed("street")
    if street not in under.get(community, ()):
        raise Invalid({"community": [_l("This kind does not stand in the kind chosen above.")]})


def take_divisions(
    ticked: Collection[str], *, street: str, community: str, bare: bool, actor: Actor
) -> dict[str, int]:
    """Add what is ticked and not there, and note code, source and day at what is.

    Names that are there stay. Says how many were added, changed and the same.
    """
    ensure_imports(actor)
    held = IMPORTS.held(actor, kind="divisions", lock=True)
    found = kept_list(actor)
    if held is None or found is None:
        raise NotFound
    steps = plan_divisions(found, ticked, street=street, community=community, bare=bare)
    made = {step.row.code: step.unit for step in steps}
    for step in steps:
        made[step.row.code] = _take(step, made, found, actor)
    counts = {state: sum(s.state == state for s in steps) for state in ("add", "change", "same")}
    audit.record("onboarding.divisions", "setup", held.id, actor=actor, counts=counts)
    session.delete(held)
    return counts


def _take(
    step: DivisionStep, made: dict[str, Unit | None], found: DivisionList, actor: Actor
) -> Unit | None:
    facts: dict[str, Any] = {
        "official_code": step.row.code,
        "official_source": found.source,
        "official_date": found.day,
    }
    if step.unit is None:
        parent = units.root() if step.row.is_street else made[step.row.street]
        name = {"zh": step.name}
        return territory.add_unit(kind=step.kind, name=name, parent=parent, actor=actor, **facts)
    if step.state == "change":
        territory.rename_unit(step.unit, name=dict(step.unit.name), actor=actor, **facts)
    return step.unit
