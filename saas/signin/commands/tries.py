"""Tries at a door with a name and a password: counted before they are checked.

Who tries many passwords is stopped; whose name it is gets in all the same. So tries are counted by
name and address together; what is counted by name alone makes others wait for seconds, and only
those who have failed from where they are; a device that signed in by this name before has an
allowance of its own.
"""

from __future__ import annotations

from saas.kernel import clock, throttle
from saas.kernel.errors import TooMany
from saas.kernel.i18n import ngettext
from saas.kernel.unit_of_work import unit_of_work
from saas.signin import rules

_PAIR, _NAME, _DEVICE, _FROM = "sign-in", "sign-in-name", "sign-in-device", "sign-in-from"


def ensure_may_try(name: str, *, address: str, device: str = "") -> None:
    """Count a try with ``name`` that is about to be checked. It stays counted whatever becomes of
    it, so call this before anything else is changed.

    ``device`` is the one that signed in by this name before, or empty. Raises `TooMany` with the
    seconds to wait.
    """
    with unit_of_work():
        wait = _count(name, address, device)
    if wait:
        raise TooMany(_words(wait), retry_after=wait)


def _count(name: str, address: str, device: str) -> int:
    of_name = throttle.count_try(_NAME, name, window=rules.NAME_WINDOW, about=name)
    if device and _allowed(device):
        throttle.count_try(_DEVICE, device, window=rules.WINDOW, about=name)
        return 0
    pair = throttle.tried(_PAIR, f"{name} {address}")
    if wait := rules.wait_for(pair, of_name, clock.now()):
        return wait
    throttle.ensure_calm(_FROM, address, limit=rules.ADDRESS_LIMIT)
    throttle.count_try(_PAIR, f"{name} {address}", window=rules.WINDOW, about=name)
    return 0


def _allowed(device: str) -> bool:
    found = throttle.tried(_DEVICE, device)
    return found is None or found.count < rules.DEVICE_LIMIT


def _words(wait: int) -> object:
    if wait < 60:
        return ngettext(
            "Please wait %(num)s second, then try again.",
            "Please wait %(num)s seconds, then try again.",
            wait,
        )
    return ngettext(
        "Too many wrong tries. Try again in %(num)s minute, or use another way below.",
        "Too many wrong tries. Try again in %(num)s minutes, or use another way below.",
        -(-wait // 60),
    )


def failed(*, address: str) -> None:
    """What was tried was wrong."""
    throttle.count_try(_FROM, address, window=rules.WINDOW)


def passed(name: str) -> int:
    """It was right: count afresh. How many were wrong since the last time it was."""
    found = throttle.tried(_NAME, name)
    throttle.forget_about(name)
    return found.count - 1 if found else 0


def forgive(*names: str) -> None:
    """Let somebody try at once by any of these names, from anywhere."""
    for name in names:
        throttle.forget_about(name)


def wrong_tries(*names: str) -> int:
    """How many tries with these names were wrong since the last right one; 0 for a few."""
    found = [throttle.tried(_NAME, name) for name in names]
    number = sum(one.count for one in found if one)
    return number if number >= rules.TOLD_FROM else 0


def words_of_tries(wrong: int) -> str | None:
    """What to say to who comes in after so many wrong tries; None where it is not worth it."""
    if wrong < rules.TOLD_FROM:
        return None
    return ngettext(
        "Since you last signed in, %(num)s try with your name and a wrong password was made. Was it"
        " not you? Then choose a new password.",
        "Since you last signed in, %(num)s tries with your name and a wrong password were made."
        " Were they not yours? Then choose a new password.",
        wrong,
    )
