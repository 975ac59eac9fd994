"""Signs that cannot be seen: what pasting leaves in a text and nobody knows of.

One rule for everything that comes in: forms, programs, workbooks, packs, numbers of people.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

#: Signs of the category "format" that are drawn: marks before numbers in Arabic, Syriac, Kaithi.
_DRAWN: Final = frozenset(
    {*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD}
)
#: They hold an emoji or a syllable together: kept between two signs, and nowhere else.
_JOINERS: Final = "\u200c\u200d"
#: What spells the flag of a region behind a black flag.
_TAGS: Final = range(0xE0020, 0xE0080)
_FLAG: Final = "\U0001f3f4"
#: Letters that are drawn as nothing; blanks are told by `str.isspace`.
_EMPTY: Final = frozenset("\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
#: What stands behind an address in a sentence, and is pasted with it.
_BEHIND: Final = "。，、；：！？…”’」』）》】>.,;:!?'\")]}"
_LINE: Final = "\n\t"
_LOOSE: Final = re.compile(rf"(?<!\S)[{_JOINERS}]+|[{_JOINERS}]+(?!\S)|([{_JOINERS}])[{_JOINERS}]+")


@lru_cache(maxsize=4096)
def is_unseen(sign: str) -> bool:
    """Whether a sign is drawn as nothing, not even as a blank: formats and controls."""
    kind = unicodedata.category(sign)
    return (kind == "Cf" and ord(sign) not in _DRAWN) or (kind == "Cc" and sign not in _LINE)


def seen(text: str) -> str:
    """A text as it is read: without signs that cannot be seen, each line's end one sign.

    What holds an emoji or a word together stays; tabs and line breaks do too.
    """
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(sign for at, sign in enumerate(text) if _is_kept(text, at, sign))
    return _LOOSE.sub(r"\1", kept)


def _is_kept(text: str, at: int, sign: str) -> bool:
    if not is_unseen(sign) or sign in _JOINERS:
        return True
    return ord(sign) in _TAGS and _FLAG in text[:at]


def says_something(text: str) -> bool:
    """Whether there is anything in a text that can be seen."""
    return any(not (sign.isspace() or is_unseen(sign) or sign in _EMPTY) for sign in text)


def unspaced(text: str) -> str:
    """A number or a name as it is compared: plain signs, without blanks and without the unseen."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(sign for sign in plain if not (sign.isspace() or is_unseen(sign)))


def as_pasted(path: str) -> str:
    """A path without what was pasted behind it: a slash, a full stop, blanks, the unseen."""
    kept = path
    while kept and _is_behind(kept[-1]):
        kept = kept[:-1]
    return kept


def _is_behind(sign: str) -> bool:
    """Controls are not: an address with one was made, not pasted."""
    return sign in f" /{_BEHIND}" or (sign >= "\xa0" and (sign.isspace() or is_unseen(sign)))
