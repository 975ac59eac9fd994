"""How far guests come, as bars; what a demo's banner says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from saas.showcase.demos.words import STEPS


@dataclass(frozen=True, slots=True)
class Bar:
    """One step of the way: how many came so far, and which share of the widest that is."""

    step: str
    name: str
    about: str
    number: int
    share: int


def bars(counts: Mapping[str, int]) -> list[Bar]:
    """Every step in its order, also those to which nobody has come yet."""
    most = max([1, *counts.values()])
    return [
        Bar(step, str(name), str(about), found := counts.get(step, 0), round(100 * found / most))
        for step, (name, about) in STEPS.items()
    ]
