"""Codes that a person reads off a slip and types on a phone: ten signs, one of them a check.

No sign looks like another one on paper, so a slip that was read wrongly is told before anybody
looks whether there is such a code: a mistyped one is not a try at a door.
"""

from __future__ import annotations

import secrets
import unicodedata
from typing import Final

#: 23 signs, a prime: the check finds any one wrong sign and any two that changed places.
ALPHABET: Final = "ACDEFHJKLMNPRTUWXY34679"
LENGTH: Final = 10
_MISREAD: Final = str.maketrans({"1": "L", "I": "L", "G": "6", "V": "U"})


def new_code() -> str:
    """An unguessable code: 23⁹, about 41 bits, good only together with the address of a door."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH - 1))
    return body + _check(body)


def _check(body: str) -> str:
    weighed = sum(place * ALPHABET.index(sign) for place, sign in enumerate(body, start=1))
    return ALPHABET[weighed % len(ALPHABET)]


def read_code(text: str) -> str | None:
    """The code that ``text`` means as somebody typed it; None for what can be none.

    Spaces, dashes, small letters and full-width characters do not matter.
    """
    plain = unicodedata.normalize("NFKC", text).upper()
    code = "".join(sign for sign in plain if sign.isalnum()).translate(_MISREAD)
    if len(code) != LENGTH or set(code) - set(ALPHABET) or _check(code[:-1]) != code[-1]:
        return None
    return code


def shown_code(code: str) -> str:
    """A code in two groups, as it stands on a slip."""
    return f"{code[: LENGTH // 2]}-{code[LENGTH // 2 :]}"
