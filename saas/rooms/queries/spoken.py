"""Opening hours in words, for everybody who lets people write them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from saas.kernel.i18n import locale_code
from saas.rooms import rules


def hours_from_words(text: str) -> list[dict[str, Any]] | None:
    """Rows of {days, opens, closes}, none for a closed room; None where the words are unclear."""
    rows, fault = rules.hours_from_words(text)
    return None if fault else rows


def hours_in_words(hours: Sequence[Mapping[str, Any]]) -> str:
    """Opening hours as one line in the reader's language; `hours_from_words` reads it again."""
    return rules.hours_in_words(hours, "en" if locale_code() == "en" else "zh")
