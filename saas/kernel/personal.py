"""Finding the numbers and addresses by which a person can be found, however they are written.

Full-width digits, digits of other scripts, Chinese numerals, zero-width characters, and spaces or
dashes inside a number hide nothing: they are looked for in a plain shadow of the text, and what
stands in the text itself is blotted. Rather one number too many is blotted than one too few.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from saas.kernel.unseen import is_unseen

BLOT: Final = "▇▇▇"

#: What may stand between two signs of one number.
_GAP: Final = r"[\s\-‐‑‒–—―·・•.,，．_~～/|()（）]{0,3}"
_START, _END = r"(?<![0-9])", r"(?![0-9])"
_HAN: Final = r"[\u4e00-\u9fff]"


def _spread(*signs: str) -> str:
    """These signs in a row, with gaps."""
    return _GAP.join(signs)


_DIGIT: Final = "[0-9]"
#: A number or a name in a network, and what leads from the word before to it.
_HANDLE: Final = r"[a-z0-9][a-z0-9_\-]{5,19}(?![a-z0-9_\-])"
_LINK: Final = r"(?:[\s:：]|\u53f7\u7801?|\u662f|\u4e3a)*"
_PATTERNS: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # mail: Latin or Chinese before the sign, blanks around sign and dots
        rf"(?:[a-z0-9._%+-]+|{_HAN}{{1,4}})\s{{0,2}}@\s{{0,2}}[a-z0-9\u4e00-\u9fff-]+"
        rf"(?:\s?\.\s?[a-z0-9-]+)+",
        # identity number: a region, a day of birth, three digits and a check sign
        _START
        + _spread(*[_DIGIT] * 6, rf"(?:1{_GAP}[89]|2{_GAP}0)", *[_DIGIT] * 2)
        + _GAP
        + _spread("[01]", _DIGIT, "[0-3]", *[_DIGIT] * 4, "[0-9x]")
        + _END,
        _START + r"[0-9]{17}[0-9x]" + _END,
        # bank card and the old identity number: in one piece, or in fours
        _START + r"[0-9]{13,19}" + _END,
        _START + rf"[0-9]{{4}}(?:{_GAP}[0-9]{{4}}){{3}}(?:{_GAP}[0-9]{{1,3}})?" + _END,
        # mobile, with or without the country before it
        _START + rf"(?:(?:\+|00)?86{_GAP})?" + _spread("1", "[3-9]", *[_DIGIT] * 9) + _END,
        # landline with its area: in groups, or digit by digit
        _START + rf"0[0-9]{{2,3}}{_GAP}[0-9]{{3,4}}[\s\-]?[0-9]{{4}}" + _END,
        _START + r"0(?:[\s\-.·][0-9]){9,11}" + _END,
        # what stands behind "phone", "mobile", "landline", QQ; behind WeChat letters alone too
        rf"(?:(?:\u7535\u8bdd|\u624b\u673a|\u5ea7\u673a)|(?<![a-z])(?:qq|wechat|tel|phone|mobile))"
        rf"{_LINK}(?=[a-z_\-]*[0-9])(?P<kept>{_HANDLE})",
        rf"\u5fae\u4fe1{_LINK}(?P<kept>{_HANDLE})",
    )
)
#: A plate: one Chinese character, one letter, five or six signs. `_is_plate` counts its digits.
_PLATE: Final = re.compile(
    rf"{_HAN}\s?[A-Z]{_GAP}" + _spread(*["[A-Z0-9]"] * 5) + rf"(?:{_GAP}[A-Z0-9])?(?![A-Z0-9])",
    re.IGNORECASE,
)
_LEAST_DIGITS_OF_PLATE: Final = 3
_FULL_WIDTH: Final = {ord(sign) + 0xFEE0: sign for sign in map(chr, range(0x21, 0x7F))}
#: Chinese numerals, the telephone's own word for one among them.
_NUMERALS: Final = dict(
    zip(
        "\u3007\u96f6\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d\u5e7a",
        "001234567891",
        strict=True,
    )
)
_Span = tuple[int, int]


def without_personal_data(text: str, known: Iterable[str] = ()) -> str:
    """``text`` with what would show a person blotted out; everything else stays as it was written.

    ``known`` are names that are known to belong to somebody. Others cannot be told from ordinary
    words by machine; who publishes a text reads it first.
    """
    kept, at = [], 0
    for start, end in _spans(text, known):
        kept += [text[at:start], BLOT]
        at = end
    return "".join([*kept, text[at:]])


def personal_data(text: str, known: Iterable[str] = ()) -> list[str]:
    """What `without_personal_data` blots out, as it stands in ``text``, each once."""
    return list(dict.fromkeys(text[start:end] for start, end in _spans(text, known)))


def _spans(text: str, known: Iterable[str]) -> list[_Span]:
    """Where personal data stands, in order, joined where it overlaps."""
    found = [
        (match.start(), match.end())
        for name in known
        if len(name.strip()) > 1
        for match in re.finditer(re.escape(name.strip()), text)
    ]
    for numerals in (False, True):
        shadow, places = _shadow(text, numerals=numerals)
        found += [(places[a], places[b - 1] + 1) for a, b in _matches(shadow)]
    return _joined(found)


def _shadow(text: str, *, numerals: bool) -> tuple[str, list[int]]:
    """``text`` with plain digits and letters and nothing invisible, and where each sign stood."""
    signs: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        if is_unseen(sign) or unicodedata.category(sign) == "Mn":
            continue
        plain = _FULL_WIDTH.get(ord(sign), sign)
        digit = unicodedata.digit(sign, None)
        if digit is not None:
            plain = str(digit)
        elif numerals:
            plain = _NUMERALS.get(sign, plain)
        signs.append(plain)
        places.append(place)
    return "".join(signs), places


def _matches(shadow: str) -> list[_Span]:
    found = []
    for pattern in _PATTERNS:
        group = "kept" if "kept" in pattern.groupindex else 0
        found += [match.span(group) for match in pattern.finditer(shadow)]
    return found + [match.span() for match in _PLATE.finditer(shadow) if _is_plate(match.group())]


def _is_plate(found: str) -> bool:
    return sum(sign in "0123456789" for sign in found) >= _LEAST_DIGITS_OF_PLATE


def _joined(spans: Iterable[_Span]) -> list[_Span]:
    joined: list[_Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined
