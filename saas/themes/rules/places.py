"""What of a pack is bound to its place, and a pack without some of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from saas.themes.schemas import Label, Pack
from saas.themes.schemas.pack import KEYED


def at_home(pack: Pack, official_code: str, name: Label) -> bool:
    """Whether the pack is of this district: by the official codes, where both are known, else by
    the end of its line of the place, which names province, city and district in one.
    """
    if pack.home and official_code:
        return official_code.startswith(pack.home)
    return bool(name.get("zh")) and (pack.place or {}).get("zh", "").endswith(name["zh"])


def without(pack: Pack, sections: Collection[str]) -> Pack:
    """The pack without these sections; nothing that stays names a row that went."""
    gone: dict[str, Any] = {section: _empty(pack, section) for section in sections}
    made = replace(pack, **gone)
    if "activities" in sections:
        made = replace(made, calendar=tuple(replace(one, activities=()) for one in made.calendar))
    if "calendar" in sections:
        made = replace(made, activities=tuple(replace(a, festival=None) for a in made.activities))
    if "people" in sections:
        made = replace(made, stories=tuple(replace(one, people=()) for one in made.stories))
    return made


def _empty(pack: Pack, section: str) -> Any:
    value = getattr(pack, section)
    return None if section == "place" else type(value)()


@dataclass(frozen=True, slots=True)
class Bound:
    """A section that is bound to a place, and what comes with it: a name and a seal a row."""

    section: str
    rows: tuple[tuple[Label, str], ...]


def bound_of(pack: Pack) -> list[Bound]:
    """Every section of the pack that is bound to its place and holds something."""
    found = [Bound(section, _rows(pack, section)) for section in pack.bound]
    return [one for one in found if one.rows]


def _rows(pack: Pack, section: str) -> tuple[tuple[Label, str], ...]:
    value = getattr(pack, section)
    if section == "place":
        return ((value, ""),) if value else ()
    if section in KEYED:
        return tuple((label, "") for label in value.values())
    rows = value.values() if isinstance(value, Mapping) else value
    return tuple((_name(row), getattr(row, "seal", "")) for row in rows)


def _name(row: Any) -> Label:
    found: Label = getattr(row, "name", None) or getattr(row, "title", None) or row.text
    return found


def foreign_in(shown: Pack, packs: Sequence[Pack], strange: Pack) -> list[Bound]:
    """What ``shown`` tells that only ``strange`` of all ``packs`` tells, as bound to its place.

    Held against the rows themselves, whatever edition they stand in: what a district wrote anew
    under an old code is its own, and what several packs say is nobody's.
    """
    others = [pack for pack in packs if pack.code != strange.code]
    found = []
    for one in bound_of(strange):
        common = [row for pack in others for row in _rows(pack, one.section)]
        here = _rows(shown, one.section)
        rows = tuple(row for row in one.rows if row in here and row not in common)
        if rows:
            found.append(Bound(one.section, rows))
    return found
