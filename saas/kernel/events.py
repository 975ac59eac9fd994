"""Facts that a lower floor announces and a higher one may react to.

An event is sent inside the unit of work that made it true: what a reaction writes is stored with it
or not at all. An error in a reaction is an error of the use case; nothing is swallowed.
"""

from __future__ import annotations

from blinker import NamedSignal, Namespace

_facts = Namespace()


def fact(name: str) -> NamedSignal:
    """Declare a fact in the past tense: ``unit_added = fact("territory.unit_added")``."""
    return _facts.signal(name)
