"""Axes that people can read: from 0, in steps of 1, 2 or 5, with at most six ticks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

MOST = 6
_NICE = (1, 2, 5, 10)


@dataclass(frozen=True, slots=True)
class Axis:
    """Ticks from 0 upwards, the last one at or above all data."""

    ticks: tuple[Decimal, ...]

    @property
    def top(self) -> Decimal:
        """Where the axis ends; above 0."""
        return self.ticks[-1]

    def share(self, value: float) -> float:
        """How far up a value stands, 0 to 1."""
        return min(1.0, float(Decimal(value) / self.top))


def axis(values: Iterable[float]) -> Axis:
    """An axis for these values (0 or more); without any, or with zeros alone, from 0 to 1."""
    highest = max((Decimal(str(value)) for value in values), default=Decimal(0))
    if not highest:
        return Axis((Decimal(0), Decimal(1)))
    step = _step(highest / (MOST - 1))
    count = int((highest / step).to_integral_value(ROUND_CEILING))
    return Axis(tuple(step * i for i in range(count + 1)))


def _step(least: Decimal) -> Decimal:
    """The smallest nice number that is not below ``least``."""
    power = Decimal(10) ** least.adjusted()
    return next(power * nice for nice in _NICE if power * nice >= least)
