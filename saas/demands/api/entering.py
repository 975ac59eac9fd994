"""What entering a demand needs, by whatever format it comes: a place, and a key of its own."""

from __future__ import annotations

from hashlib import sha256

from flask import request

from saas.api.schemas import KEY_HEADER
from saas.demands import permissions, queries, words
from saas.kernel.context import Actor
from saas.kernel.crypto import lookup_hash, new_token
from saas.kernel.errors import Forbidden, Invalid
from saas.territory.queries import Unit

_LENGTH = 40


def chosen_place(code: str, *, actor: Actor, field: str = "unit") -> Unit:
    """The unit where it arose. Raises `Invalid` at ``field`` where there is none in reach, and
    `Forbidden` for who may enter nothing anywhere: a resident files on the pages.
    """
    if not actor.reach(permissions.FILE):
        raise Forbidden
    unit = queries.place_to_enter(code.strip().lower(), actor=actor)
    if unit is None:
        raise Invalid({field: [words.MISSING["unit"]]})
    return unit


def submission_of(actor: Actor, content: bytes) -> str:
    """The one-time key of a demand: that of the request, or a new one.

    Made of caller, key and content together: what is sent again makes nothing new for ever, while
    a key that is used for another demand later never swallows that one.
    """
    key = request.headers.get(KEY_HEADER)
    if not key:
        return new_token()
    digest = sha256(content).hexdigest()
    return lookup_hash(f"demand:{actor.kind}:{actor.id}:{key}:{digest}")[:_LENGTH]
