"""Pure decisions about tries, passwords and proofs."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from zxcvbn import zxcvbn

from saas.kernel.throttle import Tried

PASSWORD_MIN: Final = 10
PASSWORD_MAX: Final = 200
#: What many here would think of first, besides what the library knows of the world.
_USUAL: Final = ("woaini", "zhongguo", "shequ", "jiedao", "5201314", "1314520", "admin")
#: The library looks at so many signs; longer passwords are judged by their beginning.
_LOOKED_AT: Final = 72
#: Marks of the library, 0 to 4: up to this a password falls within a million guesses or so.
_TOO_EASY: Final = 1

WINDOW: Final = timedelta(minutes=15)
#: Tries with one name from one address in a window, and with a device that signed in before.
PAIR_LIMIT: Final = 8
DEVICE_LIMIT: Final = 8
#: So many of them never wait, whatever others do with the same name: who owns it gets in.
PAIR_FREE: Final = 3
#: Afterwards each waits for a second more for every try with the name, wherever it comes from,
#: beyond so many in so many days.
NAME_CALM: Final = 8
NAME_WINDOW: Final = timedelta(days=7)
LONGEST_WAIT: Final = timedelta(minutes=1)
#: Wrong tries from one address, whatever the name: a house full of people, no list of names.
ADDRESS_LIMIT: Final = 300
#: From so many wrong tries on the owner is told of them.
TOLD_FROM: Final = 3


def is_easy(password: str, own: Sequence[str] = ()) -> bool:
    """Whether a password is one of the first that somebody would try; ``own`` are words that stand
    for its owner: login, name, number.
    """
    words = [*_USUAL, *(word for word in own if word)]
    return int(zxcvbn(password[:_LOOKED_AT], user_inputs=words)["score"]) <= _TOO_EASY


def wait_for(pair: Tried | None, of_name: int, now: datetime) -> int:
    """Seconds to wait before the next try with a name from an address; 0 for none.

    ``pair``: what was tried so before; ``of_name``: tries with the name from everywhere.
    """
    if pair is None or pair.count < PAIR_FREE:
        return 0
    if pair.count >= PAIR_LIMIT:
        return math.ceil((pair.until - now).total_seconds())
    pause = min(timedelta(seconds=max(0, of_name - NAME_CALM)), LONGEST_WAIT)
    return max(0, math.ceil(((pair.last_at or now) + pause - now).total_seconds()))


#: A sign-in that nobody uses is forgotten after so long; its cookie is good no longer either.
SIGN_IN_LASTS: Final = timedelta(days=14)
#: The last use is written down this often at most: reading must not cost a write each time.
SEEN_NOTED: Final = timedelta(minutes=5)

_BROWSERS: Final = (
    ("MicroMessenger", "wechat"), ("DingTalk", "dingtalk"), ("QQBrowser", "qq"), ("Quark", "quark"),
    ("UCBrowser", "uc"), ("HuaweiBrowser", "huawei"), ("MiuiBrowser", "xiaomi"), ("Edg", "edge"),
    ("Firefox", "firefox"), ("Chrome", "chrome"), ("Safari", "safari"),
)  # fmt: skip
_SYSTEMS: Final = (
    ("HarmonyOS", "harmony"), ("OpenHarmony", "harmony"), ("Android", "android"),
    ("iPhone", "iphone"), ("iPad", "ipad"), ("Windows", "windows"), ("Macintosh", "mac"),
    ("Linux", "linux"),
)  # fmt: skip


def device_of(agent: str) -> str:
    """Browser and system in two words, out of what a browser says of itself: no more is kept."""
    browser = next((word for mark, word in _BROWSERS if mark in agent), "other")
    system = next((word for mark, word in _SYSTEMS if mark in agent), "other")
    return f"{browser} {system}"


def seen_to_note(seen_at: datetime, now: datetime) -> bool:
    """Whether a use just now is worth writing down."""
    return now - seen_at >= SEEN_NOTED


#: Where a district says nothing else: so many days after the first sign-in for which a second step
#: is needed it has to be set up; an operator has as many.
GRACE_DAYS: Final = 14
#: Printed codes.
SPARES: Final = 10
#: Steps of half a minute by which the clock of a telephone may differ.
STEPS_OFF: Final = 2
#: Wrong codes of one person in a window, who has given the right password.
SECOND_LIMIT: Final = 8
#: So long the password counts while the second step is awaited.
PENDING_LASTS: Final = timedelta(minutes=10)
#: A first way is added in a sign-in that is no older.
NEW_SIGN_IN: Final = timedelta(minutes=30)
#: So long the second administrator has to confirm what the first has asked for at the desk.
RESET_WAITS: Final = timedelta(hours=24)
_STEP: Final = 30


@dataclass(frozen=True, slots=True)
class Owner:
    """Somebody whose password was right: whom a second step is ``required`` of, and from when on
    nothing goes without (``due_at``).
    """

    id: int
    epoch: int
    name: str
    required: bool
    due_at: datetime | None


def standing(*, has: bool, required: bool, due_at: datetime | None, now: datetime) -> str:
    """What stands between a right password and being in: ``ask`` for the second step, ``set_up``
    one first, or nothing (``in``).
    """
    if has:
        return "ask"
    return "set_up" if required and due_at is not None and due_at <= now else "in"


def steps_near(now: datetime) -> range:
    """The steps of a telephone's clock that are near enough, the oldest first."""
    step = int(now.timestamp()) // _STEP
    return range(step - STEPS_OFF, step + STEPS_OFF + 1)


def digits_of(typed: str) -> str | None:
    """The six digits of an app as somebody typed them, or None for what is something else."""
    plain = "".join(str(unicodedata.digit(sign)) for sign in typed if sign.isdigit())
    rest = [sign for sign in typed if not sign.isdigit() and not sign.isspace() and sign != "-"]
    return plain if len(plain) == 6 and not rest else None
