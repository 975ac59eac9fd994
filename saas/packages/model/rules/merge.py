"""A three-way merge of packages: what was installed, what the district made of it, what is new.

Items are compared field by field. A field that one side alone changed is that side's; a field that
both changed differently is a conflict, and nothing is done without a decision. A label is one
value, not one for each language: a name that is ours in Chinese and theirs in English would say two
things. Sets of codes (such as permissions) are merged code by code.
The head of a package is never merged: it names the edition and is the new one's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from saas.packages.items import Item, Items, from_items, items
from saas.packages.model.rules.merging import (
    is_set,
    mixed,
    rearranged,
    sequences,
    spoken_of,
    woven,
)
from saas.packages.parts import Address, settled

OURS: Final = "ours"
THEIRS: Final = "theirs"
SIDES: Final = (OURS, THEIRS)
#: What became of an item or a field: only they, only we, both the same, both in different fields,
#: both differently; added or removed by one side; removed by them, but something stands on it;
#: added by them, but it speaks of something that was removed here.
VERDICTS: Final = (
    "conflict", "together", "taken", "kept", "both", "added", "own", "removed", "dropped", "held",
    "left_out",
)  # fmt: skip
#: The field that stands for the order of a list.
ORDER: Final = "order"
_HEAD: Final = ("package", "head")


class Undecided(ValueError):
    """A conflict has no decision yet; ``open`` names every one."""

    def __init__(self, open_: list[str]) -> None:
        self.open = open_
        super().__init__(", ".join(open_))


@dataclass(frozen=True, slots=True)
class Change:
    """A field in which base, ours and theirs are not all the same; None where it is not said."""

    name: str
    verdict: str
    base: Any
    ours: Any
    theirs: Any


@dataclass(frozen=True, slots=True)
class Entry:
    """An item, or the order of a list, about which something is to be said.

    ``held`` counts what stands on an item that the package removed.
    """

    address: Address
    verdict: str
    changes: tuple[Change, ...] = ()
    base: Item | None = None
    ours: Item | None = None
    theirs: Item | None = None
    held: int = 0

    @property
    def path(self) -> str:
        """The address as one text."""
        return "/".join(self.address)

    @property
    def conflicts(self) -> tuple[str, ...]:
        """The names of the conflicts here: the item as a whole, or some of its fields."""
        if self.verdict != "conflict":
            return ()
        clashes = [each.name for each in self.changes if each.verdict == "conflict"]
        return tuple(f"{self.path}#{name}" for name in clashes or [""])


@dataclass(frozen=True, slots=True)
class Plan:
    """What a merge would do. ``entries`` are in the order of the files.

    ``compared`` are the entries as far as single items tell; in ``entries`` what speaks of another
    item has been heard too, as far as decisions tell (see `decided`).
    """

    base: Items
    ours: Items
    theirs: Items
    compared: tuple[Entry, ...] = ()
    entries: tuple[Entry, ...] = ()

    @property
    def conflicts(self) -> tuple[str, ...]:
        """The names of all conflicts."""
        return tuple(name for entry in self.compared for name in entry.conflicts)

    @property
    def counts(self) -> dict[str, int]:
        """How many entries have which verdict."""
        return dict(Counter(entry.verdict for entry in self.entries))

    def open(self, decisions: Mapping[str, str]) -> list[str]:
        """The conflicts that these decisions leave open."""
        return [name for name in self.conflicts if decisions.get(name) not in SIDES]


def merge(
    base: Mapping[str, Any],
    ours: Mapping[str, Any],
    theirs: Mapping[str, Any],
    held: Mapping[Address, int] | None = None,
) -> Plan:
    """The plan of taking ``theirs`` over; all three are parts of packages without faults."""
    b, o, t = (items(settled(parts)) for parts in (base, ours, theirs))
    entries = (
        _entry(each, b.get(each), o.get(each), t.get(each), held or {})
        for each in {**t, **o, **b}
        if each != _HEAD
    )
    said = [entry for entry in entries if entry is not None]
    return decided(Plan(b, o, t, (*said, *_orders(b, o, t))), {})


def decided(plan: Plan, decisions: Mapping[str, str]) -> Plan:
    """The plan with these decisions, ours where there is none: what stays because of what stays."""
    found = {entry.address: entry for entry in plan.compared}
    _keep_what_is_spoken_of(found, plan, decisions)
    _leave_out_what_speaks_of_nothing(found, decisions)
    return replace(plan, entries=tuple(found.values()))


def _entry(
    address: Address, base: Item | None, ours: Item | None, theirs: Item | None,
    held: Mapping[Address, int],
) -> Entry | None:  # fmt: skip
    """What is to be said of one item; None where nothing was changed."""
    made = Entry(address, "", (), base, ours, theirs)
    if ours is None or theirs is None:
        verdict = _one_sided(base, ours, theirs, held.get(address, 0))
        stands = held.get(address, 0) if verdict == "held" else 0
        return replace(made, verdict=verdict, held=stands) if verdict else None
    changes = tuple(_changes(base, ours, theirs, address))
    made = replace(made, changes=changes)
    verdicts = {each.verdict for each in changes}
    if not verdicts:
        return replace(made, verdict="both") if base is None else None
    if "conflict" in verdicts:
        return replace(made, verdict="conflict")
    one = verdicts.pop() if len(verdicts) == 1 else "together"
    return replace(made, verdict=one)


def _one_sided(base: Item | None, ours: Item | None, theirs: Item | None, held: int) -> str:
    """The verdict on an item that at least one side does not have."""
    if base is None:
        return "own" if theirs is None else "added"
    if ours is None and theirs is None:
        return ""
    if ours is None and theirs is not None:
        return "dropped" if theirs.fields == base.fields else "conflict"
    if held:
        return "held"
    return "removed" if ours and ours.fields == base.fields else "conflict"


def _changes(base: Item | None, ours: Item, theirs: Item, address: Address) -> Iterator[Change]:
    """Every field in which the three are not all the same."""
    sides = [side.fields if side else {} for side in (base, ours, theirs)]
    for name in dict.fromkeys(name for side in reversed(sides) for name in side):
        b, o, t = (side.get(name) for side in sides)
        if o == t == b or (base is None and o == t):
            continue
        yield Change(name, _verdict(b, o, t, together=is_set(address, name)), b, o, t)


def _verdict(base: Any, ours: Any, theirs: Any, *, together: bool) -> str:
    if ours == theirs:
        return "both"
    if ours == base:
        return "taken"
    if theirs == base:
        return "kept"
    return "together" if together else "conflict"


def _keep_what_is_spoken_of(
    found: dict[Address, Entry], plan: Plan, decisions: Mapping[str, str]
) -> None:
    """What the package removed stays while something that stays speaks of it."""
    while True:
        result = _results(replace(plan, entries=tuple(found.values())), decisions)
        named = Counter(
            each for address, fields in result.items() for each in set(spoken_of(address, fields))
        )
        gone = [a for a, e in found.items() if e.verdict == "removed" and named[a]]
        if not gone:
            return
        for address in gone:
            found[address] = replace(found[address], verdict="held", held=named[address])


def _leave_out_what_speaks_of_nothing(
    found: dict[Address, Entry], decisions: Mapping[str, str]
) -> None:
    """What the package added about something that was removed here for good is not taken."""
    missing = {
        address
        for address, entry in found.items()
        if entry.base and entry.ours is None and _result(entry, decisions) is None
    }
    while True:
        idle = [
            address
            for address, entry in found.items()
            if entry.verdict == "added"
            and entry.theirs is not None
            and missing & set(spoken_of(address, entry.theirs.fields))
        ]
        if not idle:
            return
        for address in idle:
            found[address] = replace(found[address], verdict="left_out")
            missing.add(address)


def _orders(base: Items, ours: Items, theirs: Items) -> Iterator[Entry]:
    """An entry for each list whose rows were moved."""
    b, o, t = (sequences(side) for side in (base, ours, theirs))
    verdicts = {"ours": "kept", "theirs": "taken", "both": "conflict"}
    for place in {**t, **o}:
        rows = [side.get(place, []) for side in (b, o, t)]
        if verdict := verdicts.get(rearranged(*rows)):
            last = [[row[-1] for row in side] for side in rows]
            yield Entry(place, verdict, (Change(ORDER, verdict, *last),))


def resolve(plan: Plan, decisions: Mapping[str, str]) -> dict[str, Any]:
    """The parts that come of it; raises `Undecided` while a conflict lacks its decision."""
    if open_ := plan.open(decisions):
        raise Undecided(open_)
    return draft(plan, decisions)


def draft(plan: Plan, decisions: Mapping[str, str]) -> dict[str, Any]:
    """The same, ours wherever nothing was decided yet."""
    fields = _results(decided(plan, decisions), decisions)
    if _HEAD in plan.theirs:
        fields[_HEAD] = dict(plan.theirs[_HEAD].fields)
    order = _order(plan, decisions, fields)
    found = {address: Item(each, order.get(address, 0)) for address, each in fields.items()}
    return settled(from_items(found))


def _results(plan: Plan, decisions: Mapping[str, str]) -> dict[Address, dict[str, Any]]:
    """The fields of every item that is left, as decided."""
    entries = {entry.address: entry for entry in plan.entries if _is_item(entry)}
    results = {
        address: dict(item.fields)
        for address, item in plan.ours.items()
        if address not in entries and address != _HEAD
    }
    for address, entry in entries.items():
        fields = _result(entry, decisions)
        if fields is not None:
            results[address] = fields
    return results


def _is_item(entry: Entry) -> bool:
    return entry.ours is not None or entry.theirs is not None


def _result(entry: Entry, decisions: Mapping[str, str]) -> dict[str, Any] | None:
    """The fields of one item, or None where it is not there any more; undecided: as ours."""
    if entry.verdict in {"removed", "dropped", "left_out"}:
        return None
    if entry.ours is None or entry.theirs is None:
        chosen = entry.ours or entry.theirs
        if entry.verdict == "conflict":
            side = decisions.get(f"{entry.path}#", OURS)
            chosen = entry.theirs if side == THEIRS else entry.ours
        return dict(chosen.fields) if chosen else None
    result = {**entry.theirs.fields, **entry.ours.fields}
    for change in entry.changes:
        side = decisions.get(f"{entry.path}#{change.name}", OURS)
        _settle(result, change, entry, side)
    return result


def _settle(result: dict[str, Any], change: Change, entry: Entry, side: str) -> None:
    """Put into the result what becomes of one field."""
    if change.verdict == "together":
        result[change.name] = mixed(change.base or [], change.ours, change.theirs)
        return
    theirs = change.verdict == "taken" or (change.verdict == "conflict" and side == THEIRS)
    chosen = entry.theirs if theirs else entry.ours
    result.pop(change.name, None)
    if chosen and change.name in chosen.fields:
        result[change.name] = chosen.fields[change.name]


def _order(
    plan: Plan, decisions: Mapping[str, str], kept: Mapping[Address, Any]
) -> dict[Address, int]:
    """The place of every row that is kept, in its list."""
    b, o, t = (sequences(side) for side in (plan.base, plan.ours, plan.theirs))
    places: dict[Address, int] = {}
    for place in {**t, **o}:
        before, mine, new = b.get(place, []), o.get(place, []), t.get(place, [])
        who = rearranged(before, mine, new)
        if who == "both":
            who = decisions.get(f"{'/'.join(place)}#{ORDER}", OURS)
        frame, other = (mine, new) if who == OURS else (new, mine)
        places.update({row: at for at, row in enumerate(woven(frame, other, kept))})
    return places


@dataclass(frozen=True, slots=True)
class Tally:
    """Decisions that still stand, and those that do not: what was decided about has changed."""

    standing: Mapping[str, str] = field(default_factory=dict)
    moved: tuple[str, ...] = ()


def values_of(plan: Plan, name: str) -> list[Any]:
    """What a conflict is between: ours and theirs, a whole item as its fields."""
    path, _, field_name = name.partition("#")
    for entry in plan.entries:
        if entry.path != path or name not in entry.conflicts:
            continue
        if field_name:
            change = next(each for each in entry.changes if each.name == field_name)
            return [change.ours, change.theirs]
        return [dict(side.fields) if side else None for side in (entry.ours, entry.theirs)]
    return []


def tally(plan: Plan, drafted: Mapping[str, Mapping[str, Any]]) -> Tally:
    """The drafted decisions that still answer what they answered.

    Each of ``drafted`` has the ``side`` that was chosen and the ``values`` it was chosen between.
    """
    conflicts = set(plan.conflicts)
    standing, moved = {}, []
    for name, each in drafted.items():
        if name in conflicts and values_of(plan, name) == each["values"]:
            standing[name] = each["side"]
        else:
            moved.append(name)
    return Tally(standing, tuple(moved))
