"""What is decided about getting in."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

STATES: Final = ("asked", "confirmed", "refused")
#: So long somebody can come to the desk; afterwards it is asked anew.
LASTS: Final = timedelta(days=30)
#: Accounts asked for from one address in an hour: a hall full of people, no script.
REGISTER_LIMIT: Final = 30
#: Wrong codes of a message are counted with its number; these are all of an address in an hour.
CODE_LIMIT: Final = 60
TRY_WINDOW: Final = timedelta(hours=1)

#: How a ticket may be signed: with a secret that both know, or with a key of the app alone.
ALGORITHMS: Final = ("ES256", "RS256", "HS256")
#: Longest life of a ticket, and by how much two clocks may differ.
TICKET_LASTS: Final = timedelta(minutes=5)
CLOCKS_DIFFER: Final = timedelta(seconds=30)
#: So long somebody has to sign in or register before the app has to be opened anew.
PENDING_LASTS: Final = timedelta(minutes=30)
MOST_ANCESTORS: Final = 5
_OWN_MACHINE: Final = {"localhost", "127.0.0.1"}
_HOST: Final = re.compile(r"[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?")


def usable_ancestor(text: str) -> bool:
    """Whether this is the bare address of a site: https, a whole name, no path, no asterisk.

    Without https only one's own machine, where an app is being made.
    """
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return False
    host = parts.hostname or ""
    safe = parts.scheme == "https" or (parts.scheme == "http" and host in _OWN_MACHINE)
    bare = text == f"{parts.scheme}://{host}{f':{port}' if port else ''}"
    return safe and bare and _HOST.fullmatch(host) is not None


def usable_issuer(text: str) -> bool:
    """Whether one who vouches can be called so: https, or one's own machine, where it is made."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    host = parts.hostname or ""
    safe = parts.scheme == "https" or (parts.scheme == "http" and host in _OWN_MACHINE)
    bare = not (parts.query or parts.fragment or parts.username or "?" in text or "#" in text)
    return safe and bare and _HOST.fullmatch(host) is not None


def is_open(state: str, at: datetime, now: datetime) -> bool:
    """Whether it still waits to be confirmed."""
    return state == "asked" and now < at + LASTS
