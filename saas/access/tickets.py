"""Tickets of apps: what is asked of one before it is believed. No database, no clock of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OctKey, RSAKey

from saas.access.rules import CLOCKS_DIFFER, TICKET_LASTS
from saas.kernel.errors import AppError
from saas.kernel.i18n import lazy_gettext as _l

Key = OctKey | RSAKey | ECKey
_SHORTEST_SECRET: Final = 32
_SMALLEST_RSA: Final = 2048
_LONGEST: Final = 4096


class TicketRefused(AppError):
    """A ticket that opens nothing: whatever is wrong with it, who comes with it reads the same."""

    status = 403
    code = "ticket_refused"
    sentence = _l(
        "This link has been used already, or is too old. Go back to the app and open it there"
        " again."
    )


class UnusableKey(ValueError):
    """A key with which no ticket could be checked safely."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a good ticket says: who comes, by the app's own name for the person, and until when."""

    subject: str
    number: str
    until: datetime


def key_of(algorithm: str, text: str) -> Key:
    """The key out of what was typed: a secret, or a public key as PEM. Raises `UnusableKey`."""
    try:
        if algorithm == "HS256":
            if len(text.encode()) < _SHORTEST_SECRET:
                raise UnusableKey
            return OctKey.import_key(text)
        key: Key = (RSAKey if algorithm == "RS256" else ECKey).import_key(text)
    except (JoseError, ValueError, TypeError) as error:
        raise UnusableKey from error
    if key.is_private or not _strong(key):
        raise UnusableKey
    return key


def _strong(key: Key) -> bool:
    if isinstance(key, RSAKey):
        return key.raw_value.key_size >= _SMALLEST_RSA
    return isinstance(key, ECKey) and key.curve_name == "P-256"


def read(
    text: str, *, algorithm: str, key: str, issuer: str, audience: str, now: datetime
) -> Ticket:
    """What a ticket says, signed with ``algorithm`` and no other. Raises `TicketRefused`.

    ``audience`` is the district that it has to be for. Whether it was used before is not seen here.
    """
    if len(text) > _LONGEST:
        raise TicketRefused
    claims = jwt.JWTClaimsRegistry(
        now=int(now.timestamp()),
        leeway=int(CLOCKS_DIFFER.total_seconds()),
        iss={"essential": True, "value": issuer},
        aud={"essential": True, "value": audience},
        sub={"essential": True},
        jti={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
    )
    try:
        said = jwt.decode(text, key_of(algorithm, key), algorithms=[algorithm]).claims
        claims.validate(said)
        return _ticket(said)
    except (JoseError, ValueError, TypeError, OverflowError) as error:
        raise TicketRefused from error


def _ticket(said: dict[str, Any]) -> Ticket:
    begun, until = (datetime.fromtimestamp(said[name], UTC) for name in ("iat", "exp"))
    subject, number = said["sub"], said["jti"]
    named = all(isinstance(one, str) and 0 < len(one) <= 200 for one in (subject, number))
    if not named or not timedelta() < until - begun <= TICKET_LASTS:
        raise TicketRefused
    return Ticket(subject, number, until)
