"""What entering a demand needs, by whatever format it comes: a place, and a key of its own."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import Any
from unicodedata import normalize

import sqlalchemy as sa
from flask import request
from marshmallow import fields

from saas.accounts.queries import usable_phone_at_work
from saas.api.schemas import KEY_HEADER
from saas.demands.case import permissions, words
from saas.kernel.context import Actor
from saas.kernel.crypto import lookup_hash, new_token
from saas.kernel.db import session
from saas.kernel.errors import Forbidden, Invalid
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.unseen import seen
from saas.territory.queries import Unit

_LENGTH = 40
#: A number as programs may send it, and what stands before an extension.
_PHONE = re.compile(r"[0-9+() .-]{0,30}")


class Phone(fields.String):
    """A number as programs send it, folded as on every page; with its extension where there is one.

    What is no number of this country is kept as it came.
    """

    default_error_messages = {"phone": _l("Digits, spaces, + and - only.")}

    def _deserialize(self, value: Any, *args: Any, **options: Any) -> str:
        text = normalize("NFKC", seen(super()._deserialize(value, *args, **options) or "")).strip()
        if usable := usable_phone_at_work(text):
            return usable
        if not _PHONE.fullmatch(text):
            raise self.make_error("phone")
        return text


def place_to_enter(code: str, *, actor: Actor) -> Unit | None:
    """The unit of this code, where ``actor`` may enter what arose there; missing and out of reach
    look the same.
    """
    unit = session.scalar(sa.select(Unit).where(Unit.code == code))
    return unit if unit and permissions.can_enter(actor, unit.path) else None


def chosen_place(code: str, *, actor: Actor, field: str = "unit") -> Unit:
    """The unit where it arose. Raises `Invalid` at ``field`` where there is none in reach, and
    `Forbidden` for who may enter nothing anywhere: a resident files on the pages.
    """
    if not actor.reach(permissions.FILE):
        raise Forbidden
    unit = place_to_enter(code.strip().lower(), actor=actor)
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
