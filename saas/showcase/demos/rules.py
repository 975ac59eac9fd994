"""What a guest may wish for, and how often; pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

#: So many streets can be named, each a line; longer lists are no demo any more.
MOST_STREETS: Final = 30
#: Letters and digits of any writing, with what stands between words; nothing that quotes.
_NAME = re.compile(r"[^\W_][\w·•（）() \-]{0,29}")
#: The official code before a name, as the published lists have it.
_CODE = re.compile(r"\d{6,12}\s+")
#: A demo begins anew once in so long, whoever presses.
LEFT_ALONE: Final = timedelta(minutes=1)
WANT_WINDOW: Final = timedelta(hours=1)
#: As so many of the sample people somebody has been in who has looked around.
ROLES: Final = 3


@dataclass(frozen=True, slots=True)
class Wish:
    """A demo as a guest wants it: under which name, with which streets, in which look."""

    name: str
    streets: tuple[str, ...]
    look: str


def usable_name(text: str) -> bool:
    """Whether a district or a street can be called so."""
    return _NAME.fullmatch(text) is not None and not text.isdigit()


def typed_streets(lines: str) -> list[str]:
    """Names, one a line, without the official codes before them and each once."""
    names = (_CODE.sub("", line.strip()).strip() for line in lines.splitlines())
    return list(dict.fromkeys(name for name in names if name))


def names_from(wish: Wish, root: dict[str, str], streets: list[dict[str, str]]) -> dict[str, str]:
    """Which name of the sample becomes which, in every language."""
    pairs = [(root, wish.name), *zip(streets, wish.streets, strict=False)]
    return {old: new for label, new in pairs for old in label.values()}


def next_end(now: datetime, days: int) -> datetime:
    """Until when a demo stands that was asked for, or extended, now."""
    return now + timedelta(days=days)
