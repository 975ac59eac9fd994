"""Opening hours as people write them: days in words, then times of day. Pure, both ways."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

_TIME: Final = r"(\d{1,2})(?:\s*[:.]\s*(\d{2}))?"
_SPAN: Final = re.compile(rf"{_TIME}\s*(?:-|~)\s*{_TIME}")
_DASH_SIGNS: Final = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u301c"
_DASHES: Final = str.maketrans(dict.fromkeys(_DASH_SIGNS, "-"))
#: What may stand between days and times and means nothing.
_BETWEEN: Final = " \t\r\n,;:.|/\u3001\u3002"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words for days (small letters, no spaces) to their numbers, 1 to 7 from Monday; words that
    mean up to; and for each day the word by which it is written back. A word for no day joins.
    """

    days: Mapping[str, tuple[int, ...]]
    to: tuple[str, ...]
    names: tuple[str, ...]


def hours_from_words(text: str, lexicon: Lexicon) -> list[dict[str, Any]] | None:
    """``Mon to Fri 9:00-17:00; Sat 9-12`` as rows of {days, opens, closes}; None if unclear.

    Times without days before them belong to the days named last.
    """
    plain = _plain(text, lexicon)
    rows: list[dict[str, Any]] = []
    days: tuple[int, ...] = ()
    at = 0
    for found in _SPAN.finditer(plain):
        named = _days(plain[at : found.start()], lexicon)
        opens, closes = _clock(*found.group(1, 2)), _clock(*found.group(3, 4))
        days = named or days
        if named is None or not days or opens is None or closes is None:
            return None
        rows.append({"days": list(days), "opens": opens, "closes": closes})
        at = found.end()
    return rows if rows and not plain[at:].strip(_BETWEEN) else None


def hours_in_words(hours: Sequence[Mapping[str, Any]], lexicon: Lexicon) -> str:
    """Rows of hours as `hours_from_words` reads them again."""
    return "; ".join(
        f"{', '.join(_run(run, lexicon) for run in _runs(row['days']))}"
        f" {row['opens']}-{row['closes']}"
        for row in hours
    )


def _plain(text: str, lexicon: Lexicon) -> str:
    shown = unicodedata.normalize("NFKC", text).casefold().translate(_DASHES)
    for word in sorted(lexicon.to, key=len, reverse=True):
        shown = re.sub(rf"(?<![a-z]){re.escape(word)}(?![a-z])", "-", shown)
    return shown


def _days(text: str, lexicon: Lexicon) -> tuple[int, ...] | None:
    """The days that are named, in order; empty where none is; None for a word that is none."""
    found: list[int] = []
    rest, reaching = text.strip(_BETWEEN), False
    while rest:
        if rest[0] == "-":
            if reaching or not found:
                return None
            reaching, rest = True, rest[1:].lstrip(_BETWEEN)
            continue
        word = next((w for w in _longest_first(lexicon) if rest.startswith(w)), None)
        if word is None:
            return None
        named = lexicon.days[word]
        if reaching and not named:
            return None
        found += _between(found[-1], named[0]) if reaching else named
        rest, reaching = rest[len(word) :].lstrip(_BETWEEN), False
    return None if reaching else tuple(dict.fromkeys(found))


def _longest_first(lexicon: Lexicon) -> list[str]:
    return sorted(lexicon.days, key=len, reverse=True)


def _between(first: int, last: int) -> list[int]:
    """The days after ``first`` up to ``last``, over the end of the week where it must be."""
    length = (last - first) % 7
    return [(first + step - 1) % 7 + 1 for step in range(1, length + 1)]


def _clock(hour: str, minute: str | None) -> str | None:
    hours, minutes = int(hour), int(minute or 0)
    return f"{hours:02}:{minutes:02}" if hours < 24 and minutes < 60 else None


def _runs(days: Sequence[int]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for day in sorted(days):
        if found and found[-1][1] == day - 1:
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found


def _run(run: tuple[int, int], lexicon: Lexicon) -> str:
    first, last = (lexicon.names[day - 1] for day in run)
    if run[0] == run[1]:
        return first
    word = lexicon.to[0]
    space = " " if word.isascii() else ""
    return f"{first}{space}{word}{space}{last}"
