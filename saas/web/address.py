"""Where a request comes from, for counting tries: a digest, so that no address is kept."""

from __future__ import annotations

import hashlib

from flask import request


def caller_address() -> str:
    """A digest of the caller's address."""
    return hashlib.sha256((request.remote_addr or "").encode()).hexdigest()
