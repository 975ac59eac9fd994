"""What counts as an answer to a question of a category, and what a reply template may say."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from saas.kernel.written import day_written

#: What a cause can be for.
USES: Final = ("suspend", "decline")
#: What an answer can be.
QUESTION_KINDS = ("text", "number", "choice", "yes_no", "date")
#: A category asks no more than these: a form that is long is not filled in.
MOST_QUESTIONS = 6
LEAST_CHOICES, MOST_CHOICES = 2, 20
#: The longest answer in words.
LONGEST_ANSWER: Final = 300
YES_NO: Final = ("yes", "no")
_NUMBER: Final = re.compile(r"-?\d{1,12}(?:\.\d{1,4})?")
_YEARS: Final = (1900, 2100)
#: Digits, dot and minus as they come out of a Chinese keyboard.
_PLAIN: Final = {**{0xFF10 + n: str(n) for n in range(10)}, 0xFF0E: ".", 0xFF0D: "-", 0x2212: "-"}
#: What a reply template may be for; any if it does not say.
TEMPLATE_VERBS = ("reply", "ask", "resolve", "pass_up", "return_down", "doubt", "suspend", "end")
#: What can be filled in where a template has it in braces: the demand's code, who has it, what it
#: is about, until when.
TEMPLATE_BLANKS = ("code", "unit", "category", "due")
_BLANK = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Hours:
    """Working hours in which a level accepts, and in which it resolves."""

    accept: int
    resolve: int


def answered(
    kind: str, typed: str, choices: Sequence[Mapping[str, Any]] = ()
) -> dict[str, Any] | None:
    """The answer as it is stored, or None where what was typed is none of this ``kind``.

    ``value`` is the text, a plain decimal number, a choice's code, yes or no, or a day; a choice
    also keeps the ``name`` that it has now. Nothing typed is no answer.
    """
    text = typed.strip()
    if not text:
        return None
    if kind == "choice":
        found = next((each for each in choices if each["code"] == text), None)
        return {"value": text, "name": dict(found["name"])} if found else None
    value = _PLAINLY[kind](text)
    return None if value is None else {"value": value}


def _words(text: str) -> str | None:
    return text if len(text) <= LONGEST_ANSWER else None


def _number(text: str) -> str | None:
    plain = text.translate(_PLAIN).replace(" ", "")
    if not _NUMBER.fullmatch(plain):
        return None
    try:
        number = Decimal(plain).normalize()
    except InvalidOperation:
        return None
    return f"{number if number else Decimal():f}"


def _day(text: str) -> str | None:
    day = day_written(text)
    return day.isoformat() if day and _YEARS[0] <= day.year <= _YEARS[1] else None


def _yes_no(text: str) -> str | None:
    return text if text in YES_NO else None


_PLAINLY: Final = {"text": _words, "number": _number, "date": _day, "yes_no": _yes_no}


def unknown_blanks(text: str) -> list[str]:
    """The blanks of a template that nothing can fill, and lone braces; each once."""
    found = [f"{{{name}}}" for name in _BLANK.findall(text) if name not in TEMPLATE_BLANKS]
    rest = _BLANK.sub("", text)
    return list(dict.fromkeys([*found, *(sign for sign in "{}" if sign in rest)]))
