"""A rate on both of its denominators: of all, and of what was reasonable. Never one alone."""

from __future__ import annotations

from dataclasses import dataclass

from saas.kernel.i18n import gettext as _
from saas.web.charts import numbers
from saas.web.charts.bars import Mark, share_mark
from saas.web.charts.numbers import Value


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
    """A rate with its bar, and both of its numbers in words."""

    label: str
    mark: Mark
    part: str
    whole: str
    url: str
    whole_url: str


@dataclass(frozen=True, slots=True)
class RatePair:
    """Both rates, always together."""

    title: str
    rates: tuple[DrawnRate, DrawnRate]


def rate_pair(all_: Rate, reasonable: Rate, title: str, unit: str = "") -> RatePair:
    """The rate of all beside the rate of the reasonable ones.

    A part above its whole is written as it is and drawn as all of it. Raises ValueError for
    negative numbers.
    """
    return RatePair(title, (_drawn(all_, unit), _drawn(reasonable, unit)))


def _drawn(rate: Rate, unit: str) -> DrawnRate:
    part, whole = numbers.number(rate.part, unit), numbers.number(rate.whole, unit)
    return DrawnRate(
        label=rate.label,
        mark=share_mark(rate.part, rate.whole),
        part=_("%(word)s %(number)s", word=rate.part_word, number=part),
        whole=_("%(number)s %(word)s", word=rate.whole_word, number=whole),
        url=rate.url,
        whole_url=rate.whole_url,
    )
