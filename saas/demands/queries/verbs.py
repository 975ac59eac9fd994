"""What other domains ask of a verb: who does it, and what is given with it."""

from __future__ import annotations

from saas.demands import rules, words


def part_for(verb: str) -> str:
    """The part that one plays to do it: handler, filer, helper, supervisor, reviewer or clock."""
    return rules.cells_of(verb)[0].by


def fields_of(verb: str) -> frozenset[str]:
    """The fields that it asks for or takes, in whatever state."""
    asked = (field for cell in rules.cells_of(verb) for field in cell.asks)
    return frozenset((*asked, *words.VERBS[verb].may))
