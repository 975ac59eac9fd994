"""A rate on both of its denominators: of all, and of what was reasonable. Never one alone."""

from __future__ import annotations

from dataclasses import dataclass

from saas.kernel.i18n import gettext as _
from saas.web.charts import numbers
from saas.web.charts.bars import FULL
from saas.web.charts.numbers import Value
from saas.web.charts.table import Cell, Row, Table


@dataclass(frozen=True, slots=True)
class Rate:
    """``part`` of ``whole`` ("resolved" 577 of 631 "received") with the pages of both."""

    label: str
    part: Value | None
    whole: Value | None
    part_word: str
    whole_word: str
    url: str = ""
    whole_url: str = ""


@dataclass(frozen=True, slots=True)
class DrawnRate:
    """A rate in words; ``length`` is 0 to 100, None where there is nothing to divide by."""

    label: str
    said: str
    length: float | None
    part: str
    whole: str
    url: str
    whole_url: str


@dataclass(frozen=True, slots=True)
class RatePair:
    """Both rates, always together."""

    title: str
    rates: tuple[DrawnRate, DrawnRate]
    table: Table


def rate_pair(all_: Rate, reasonable: Rate, title: str, unit: str = "") -> RatePair:
    """The rate of all beside the rate of the reasonable ones.

    A part above its whole is written as it is and drawn as all of it. Raises ValueError for
    negative numbers.
    """
    table = Table(
        (all_.part_word, _("Of"), "%"),
        tuple(_row(rate) for rate in (all_, reasonable)),
    )
    return RatePair(title, (_drawn(all_, unit), _drawn(reasonable, unit)), table)


def _drawn(rate: Rate, unit: str) -> DrawnRate:
    found = numbers.share(rate.part, rate.whole)
    part, whole = numbers.number(rate.part, unit), numbers.number(rate.whole, unit)
    return DrawnRate(
        label=rate.label,
        said="—" if found is None else numbers.percent(found),
        length=None if found is None else round(min(found, 1.0) * FULL, 2),
        part=_("%(word)s %(number)s", word=rate.part_word, number=part),
        whole=_("%(number)s %(word)s", word=rate.whole_word, number=whole),
        url=rate.url,
        whole_url=rate.whole_url,
    )


def _row(rate: Rate) -> Row:
    found = numbers.percent(numbers.share(rate.part, rate.whole))
    part = Cell(numbers.number(rate.part), rate.url)
    whole = Cell(f"{numbers.number(rate.whole)} {rate.whole_word}", rate.whole_url)
    return Row(rate.label, (part, whole, Cell(found)))
