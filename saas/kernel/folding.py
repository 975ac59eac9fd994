"""Writing as it is compared: full width as half width, capitals as small letters, without blanks,
without the marks between sentences and without signs that cannot be seen.

The same in Python (`folded`) and in the database (`folded_sql`), so that what is typed into a
search finds what is stored, however either was written. The server's encoding must be UTF8.
"""

from __future__ import annotations

import unicodedata
from itertools import chain
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.sql.elements import ColumnElement

from saas.kernel.unseen import is_unseen

_VARIANTS: Final = range(0xFE00, 0xFE10)  # which of its shapes a sign takes
_LOOKED_AT: Final = chain(range(1, 0x10000), range(0xE0000, 0xE0080))
#: Marks that stand in most Chinese sentences, wide and narrow: who searches may leave them out.
_MARKS: Final = "，！？：；（）,!?:;()"


def _is_dropped(code: int) -> bool:
    sign = chr(code)
    return sign.isspace() or is_unseen(sign) or code in _VARIANTS or sign in _MARKS


def _runs(codes: list[int]) -> list[tuple[int, int]]:
    """Sorted numbers as (first, last) of each unbroken run."""
    runs: list[tuple[int, int]] = []
    for code in codes:
        if runs and code == runs[-1][1] + 1:
            runs[-1] = runs[-1][0], code
        else:
            runs.append((code, code))
    return runs


def _class_of(runs: list[tuple[int, int]], no: str = "") -> str:
    """A class of signs for the server, in numbers: its own classes hang on its locale."""
    spans = (f"\\U{first:08x}-\\U{last:08x}" for first, last in runs)
    return f"[{no}{''.join(spans)}]"


_DROPPED: Final = [code for code in _LOOKED_AT if _is_dropped(code)]
_WITHOUT: Final = dict.fromkeys([0, *_DROPPED])
_PATTERN: Final = _class_of(_runs(_DROPPED))
#: A text with any other sign is normalized; one of these alone, as most are, is so already, or its
#: wide marks and blanks are dropped anyway. Normalizing costs five times as much as the rest.
_SETTLED: Final = [
    *((0x01, 0x7F), (0xB7, 0xB7), (0x2013, 0x2014), (0x2018, 0x2019), (0x201C, 0x201D)),
    *((0x3000, 0x3011), (0x3400, 0x4DBF), (0x4E00, 0x9FFF)),
    *((ord(mark), ord(mark)) for mark in _MARKS[:7]),
]
_UNSETTLED: Final = _class_of(_SETTLED, "^")
#: Between texts that are looked through together; it is in nothing that anybody types.
BETWEEN: Final = "\ufffc"


def folded(text: str) -> str:
    """A text as it is compared."""
    return unicodedata.normalize("NFKC", text).lower().translate(_WITHOUT)


def parts_of(typed: str) -> list[str]:
    """What is looked for: each word of what was typed, folded."""
    words = unicodedata.normalize("NFKC", typed).split()
    return list(dict.fromkeys(filter(None, map(folded, words))))


def names(typed: str, *texts: str) -> bool:
    """Whether each word that was typed stands in one of ``texts``: the same as `has_words`."""
    text = BETWEEN.join(map(folded, texts))
    return all(part in text for part in parts_of(typed))


def folded_sql(text: Any) -> ColumnElement[str]:
    """An expression over stored text, folded as `folded` does."""
    normal = sa.func.normalize(text, sa.literal_column("NFKC"))
    shown = sa.case((text.op("~")(_UNSETTLED), normal), else_=text)
    return sa.func.lower(sa.func.regexp_replace(shown, _PATTERN, "", "g"), type_=sa.Text())


def has_words(typed: str, *texts: Any) -> ColumnElement[bool]:
    """A condition: each word that was typed stands in one of ``texts``; without any, all fit."""
    parts = parts_of(typed)
    if not parts:
        return sa.true()
    text = texts[0] if len(texts) == 1 else sa.func.concat_ws(BETWEEN, *texts, type_=sa.Text())
    likes = sa.literal([_like(part) for part in parts], ARRAY(sa.Text()))
    return folded_sql(text).op("~~", is_comparison=True)(sa.func.all(likes))


def _like(part: str) -> str:
    """A pattern for what has ``part`` in it, which stands for itself."""
    for sign in "\\%_":
        part = part.replace(sign, f"\\{sign}")
    return f"%{part}%"


def is_code(typed: str, code: Any) -> ColumnElement[bool]:
    """A condition: what was typed is this code, which is stored in small letters."""
    found: ColumnElement[bool] = code == folded(typed)
    return found
