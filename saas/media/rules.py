"""What an address means: whose it is, and when two are the same. From values alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

TIERS: Final = ("national", "provincial", "city", "county", "portal")
LINKS: Final = ("unknown", "alive", "gone")
ABOUT: Final = ("room", "visit", "demand")
#: What apps add to an address when it is passed on; it says nothing of the item.
_PASSED_ON: Final = ("utm_", "share", "from", "spm", "isappinstalled", "wxshare", "timestamp")


def clean_url(text: str) -> str | None:
    """An address as it is kept: without what passing it on has added; None for what is none."""
    try:
        parts = urlsplit(text.strip())
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname or "." not in parts.hostname:
        return None
    asked = [pair for pair in parse_qsl(parts.query) if not pair[0].lower().startswith(_PASSED_ON)]
    path = parts.path.rstrip("/") or "/"
    return urlunsplit((parts.scheme, parts.hostname + port, path, urlencode(asked), ""))


def host_of(url: str) -> str:
    """The host of an address, without www."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def outlet_of(url: str, hosts: Mapping[str, str]) -> str | None:
    """The code of the outlet that an address belongs to, by ``hosts`` (host → code): that of its
    host, or of the nearest one above it.
    """
    host = host_of(url)
    while host:
        if host in hosts:
            return hosts[host]
        host = host.partition(".")[2]
    return None
