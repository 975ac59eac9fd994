"""A state table: what each verb does in each state, and who may do it.

What has no cell is refused, whoever asks. The verbs of the clock are in the table like those of
people. Everything here takes the table as an argument and decides from values alone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    """What a verb does in one state.

    ``after``: the state it leads to.  ``by``: the part that one must play to do it.  ``move`` and
    ``clock`` are words of the domain, for where it goes and what its time does.  ``asks``: what
    must be given with it.  ``unless``: what can stand in its way; the first that does is the reason
    why it cannot be done now.
    """

    after: str
    by: str = "handler"
    move: str = ""
    clock: str = "keep"
    asks: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


#: (state, verb) → what the verb does there.
Table = Mapping[tuple[str, str], Cell]


def everywhere(verb: str, states: tuple[str, ...], **cell: object) -> dict[tuple[str, str], Cell]:
    """The same in several states, none of which it changes."""
    return {(state, verb): Cell(state, **cell) for state in states}  # type: ignore[arg-type]


def verbs_of(table: Table) -> tuple[str, ...]:
    """Every verb of a table, in the order in which it names them first."""
    return tuple(dict.fromkeys(verb for _, verb in table))


def beside(table: Table) -> frozenset[str]:
    """The verbs that leave state, place and time alone wherever they are used: what is said or
    done beside the way of a case.
    """
    touching = {
        verb
        for (state, verb), cell in table.items()
        if cell.move or cell.clock != "keep" or cell.after != state
    }
    return frozenset(verbs_of(table)) - touching


def obstacle(table: Table, state: str, verb: str, bars: Collection[str]) -> str | None:
    """Why ``verb`` cannot be done in ``state``: "state" where there is no cell, else the first of
    the cell's ``unless`` that is among ``bars``, what stands in the way now; None when it can.
    """
    cell = table.get((state, verb))
    if cell is None:
        return "state"
    return next((bar for bar in cell.unless if bar in bars), None)


def open_verbs(
    table: Table, state: str, bars: Collection[str], *, by: Collection[str]
) -> list[str]:
    """The verbs that somebody who plays the parts ``by`` may use now, in the table's order."""
    return [
        verb
        for verb in verbs_of(table)
        if obstacle(table, state, verb, bars) is None and table[state, verb].by in by
    ]
