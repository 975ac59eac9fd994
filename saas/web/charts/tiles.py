"""Key figures: one number, and what it counts."""

from __future__ import annotations

from dataclasses import dataclass

from saas.web.charts import numbers
from saas.web.charts.numbers import Value


@dataclass(frozen=True, slots=True)
class Tile:
    """A key figure in words; ``definition`` says what exactly is counted."""

    label: str
    said: str
    unit: str
    known: bool
    url: str
    note: str
    definition: str


def tile(
    label: str,
    value: Value | None,
    unit: str = "",
    url: str = "",
    note: str = "",
    definition: str = "",
    rate: bool = False,
) -> Tile:
    """A key figure; ``rate`` says that the value is a share (0.914)."""
    numbers.size(value)
    return Tile(
        label=label,
        said=numbers.percent(value) if rate else numbers.number(value),
        unit="" if rate or value is None else unit,
        known=value is not None,
        url=url,
        note=note,
        definition=definition,
    )
