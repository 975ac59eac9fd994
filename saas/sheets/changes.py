"""What a row would do to what is there: held against the present state in the sheet's own shape."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from saas.kernel.workbooks import tidy
from saas.sheets.rows import Row

ADD, CHANGE, SAME = "add", "change", "same"


@dataclass(frozen=True, slots=True)
class Change:
    """A column that will hold something else than before."""

    column: str
    before: str
    after: str


def changed(pairs: Iterable[tuple[str, str | None, str | None]]) -> tuple[Change, ...]:
    """Column, before, after: those that differ. What is empty afterwards changes nothing, and
    what only a cell cannot hold (a line's end, two spaces) is no difference.
    """
    return tuple(
        Change(column, before or "", after)
        for column, before, after in pairs
        if after and after not in {before, tidy(before or "")}
    )


def state_of(*, there: bool, changes: bool) -> str:
    """What becomes of a thing: `ADD`, `CHANGE` or `SAME`."""
    if not there:
        return ADD
    return CHANGE if changes else SAME


def compared(row: Row, before: Mapping[str, str] | None) -> tuple[str, tuple[Change, ...]]:
    """What becomes of the thing that a row is, and what of it changes; ``before`` is its row of
    the present state, None where it is new.
    """
    pairs = (
        ((name, before.get(name, ""), text) for name, text in row.texts.items()) if before else ()
    )
    changes = changed(pairs)
    return state_of(there=before is not None, changes=bool(changes)), changes
