"""Where a request comes from, for counting tries: a digest, so that no address is kept."""

from __future__ import annotations

import hashlib
from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import Final

from flask import request

#: Of a longer address one household has as many as it likes: its network is what counts.
_HOUSEHOLD: Final = 64


def caller_address() -> str:
    """A digest of the caller's address."""
    return hashlib.sha256(place_of(request.remote_addr or "").encode()).hexdigest()


def place_of(address: str) -> str:
    """What counts as one place: an address of the old kind, a network of the new one."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if not isinstance(found, IPv6Address):
        return address
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(IPv6Network((int(found), _HOUSEHOLD), strict=False))
