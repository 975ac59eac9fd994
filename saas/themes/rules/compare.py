"""What is different between two packs, row by row: the facts, which words then tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from saas.kernel.differing import CHANGED, Pairs, differing
from saas.themes.rules.references import KEYS
from saas.themes.schemas import COLOURS, TIERS

ORDER = "order"
_SINGLE = ("title", "summary", "place", "version")
_NAMED_BY = ("name", "title")


@dataclass(frozen=True, slots=True)
class Change:
    """One difference.

    ``section`` is a key of pack.yaml, or ``drawings``; ``row`` the row's code, a colour or a slot;
    ``name`` what the row is called; ``fields`` are those that changed, with before and after.
    """

    section: str
    what: str
    row: str = ""
    name: Mapping[str, str] | None = None
    fields: tuple[tuple[str, Any, Any], ...] = ()


def changes(
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    drawn_before: Mapping[str, str],
    drawn_after: Mapping[str, str],
) -> list[Change]:
    """Everything that differs, in the order of the sections; nothing for equal packs."""
    found = list(_single(before, after))
    found += _parts("palette", COLOURS, before.get("palette", {}), after.get("palette", {}))
    found += _parts("frames", TIERS, before.get("frames", {}), after.get("frames", {}))
    slots = sorted({*drawn_before, *drawn_after})
    found += _parts("drawings", tuple(slots), drawn_before, drawn_after)
    for section, key in KEYS.items():
        found += _rows(section, _keyed(before, section, key), _keyed(after, section, key))
    return found + list(_notes(before, after))


def _single(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    for key in _SINGLE:
        if before.get(key) != after.get(key):
            yield Change("head", CHANGED, key, None, ((key, before.get(key), after.get(key)),))


def _parts(
    section: str, keys: tuple[str, ...], before: Mapping[str, Any], after: Mapping[str, Any]
) -> Iterator[Change]:
    rows = ({key: {key: each[key]} for key in keys if key in each} for each in (before, after))
    found = {key: (what, pairs) for key, what, pairs in differing(*rows)}
    for key, (what, pairs) in sorted(found.items(), key=lambda pair: keys.index(pair[0])):
        yield Change(section, what, key, None, _told(pairs) if section == "palette" else ())


def _keyed(content: Mapping[str, Any], section: str, key: str) -> dict[str, Mapping[str, Any]]:
    return {row[key]: row for row in content.get(section, ())}


def _rows(
    section: str, before: Mapping[str, Mapping[str, Any]], after: Mapping[str, Mapping[str, Any]]
) -> Iterator[Change]:
    for code, what, pairs in differing(before, after):
        name = called(after.get(code) or before[code])
        yield Change(section, what, code, name, _told(pairs) if what == CHANGED else ())
    both = [code for code in before if code in after]
    if both != [code for code in after if code in before]:
        yield Change(section, ORDER)


def _told(pairs: Pairs) -> tuple[tuple[str, Any, Any], ...]:
    return tuple((name, *pair) for name, pair in pairs.items())


def called(row: Mapping[str, Any]) -> Mapping[str, str] | None:
    """The name of a row, whatever its section calls it."""
    return next((row[key] for key in _NAMED_BY if row.get(key)), None)


def _notes(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    if before.get("notes", []) != after.get("notes", []):
        yield Change("notes", CHANGED)
