"""The slips that this device has shown: keys to what was filed without an account.

They stay in the session, which ends with the browser: in a hall many people use one device. Who
signs in keeps them, to take what they open into the account; who signs out leaves them.
"""

from __future__ import annotations

from typing import Final

from flask import session as web_session

KEY: Final = "slips"
_MOST: Final = 20


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
