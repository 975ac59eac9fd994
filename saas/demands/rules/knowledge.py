"""Texts with blanks, and which answers fit what somebody types."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from saas.demands.rules.filing import pairs

_BLANK: Final = re.compile(r"\{([^{}]*)\}")
#: What stands where there is nothing to fill in: a gap that a person sees and fills.
_GAP: Final = "____"
#: Fewer pairs in common than these are chance.
_LEAST_IN_COMMON: Final = 2


def still_to_fill(text: str, templates: Iterable[str]) -> list[str]:
    """The bracketed parts of ``templates`` that stand in ``text`` as they were: whoever took the
    template was to write something there.
    """
    asked = {part for template in templates for part in _BRACKETED.findall(template)}
    return sorted(part for part in asked if part in text)


_BRACKETED: Final = re.compile(r"\uff08[^\uff09]{2,}\uff09|\([^)]{2,}\)")


def filled(text: str, values: Mapping[str, str]) -> str:
    """``text`` with its blanks filled; where a value is missing a gap stays to be seen."""
    return _BLANK.sub(lambda match: values.get(match.group(1)) or _GAP, text)


def likeness(asked: set[str], question: str) -> float:
    """How much of a question stands in what is asked, or the other way round; 0 to 1.

    ``asked`` are the `pairs` of what somebody typed. A resident writes ten sentences where a
    question has one, or types two words of it: the shorter of both is the measure.
    """
    known = pairs(question)
    common = len(asked & known)
    if common < min(_LEAST_IN_COMMON, len(asked)) or not common:
        return 0.0
    return common / min(len(asked), len(known))
