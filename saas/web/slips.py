"""The slips that this device has shown: keys to what was filed without an account.

They stay in the session, which ends with the browser: in a hall many people use one device. Who
signs in keeps them, to take what they open into the account; who signs out leaves them.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from flask import session as web_session

from saas.kernel import throttle
from saas.kernel.errors import TooMany
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.unit_of_work import unit_of_work
from saas.web.address import caller_address

KEY: Final = "slips"
_MOST: Final = 20
_WRONG_LIMIT: Final = 20
_WINDOW: Final = timedelta(minutes=30)


def held() -> frozenset[str]:
    """The codes that the slips shown on this device open."""
    return frozenset(web_session.get(KEY, ()))


def keep(code: str) -> None:
    """Remember that the slip of ``code`` was shown; beyond twenty the oldest is forgotten."""
    others = [one for one in web_session.get(KEY, ()) if one != code]
    web_session[KEY] = [*others, code][-_MOST:]


def forget() -> None:
    """Leave all of them: somebody else may use this device next."""
    web_session.pop(KEY, None)


def count_wrong(door: str) -> None:
    """Count a wrong code for the address that it came from, whatever becomes of the page; a right
    one passes all the same, since behind one address may be a house full of people.
    """
    try:
        throttle.ensure_calm(door, caller_address(), limit=_WRONG_LIMIT)
    except TooMany:
        raise TooMany(_l("Too many wrong codes from here. Please wait a while.")) from None
    with unit_of_work():
        throttle.count_try(door, caller_address(), window=_WINDOW)
