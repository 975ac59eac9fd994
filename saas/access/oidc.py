"""OpenID Connect: one who vouches for people, and what is asked of an answer before it is believed.

No database. Who is asked was named by an administrator, so it is asked as webhooks are: no further
than allowed, no redirect followed. An id token is signed by a public key of its issuer, never by
our secret, never by nobody; issuer, audience, nonce and times are checked, and the answer comes
back to an address of this provider alone (mix-up).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from http.client import HTTPException
from typing import Any, Final
from urllib.parse import quote, urlencode, urlsplit

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from saas.access.rules import CLOCKS_DIFFER
from saas.kernel.errors import AppError
from saas.kernel.i18n import lazy_gettext as _l
from saas.notices import channels

_ALGORITHMS: Final = ["RS256", "PS256", "ES256"]
_MOST: Final = 256 * 1024
_LONGEST_SUBJECT: Final = 255


class NotVouched(AppError):
    """An answer that proves nothing; who comes with it reads the same, whatever is wrong."""

    status = 403
    code = "not_vouched"
    sentence = _l(
        "Signing in this way did not succeed. Try it once more, or sign in with your password."
    )


@dataclass(frozen=True, slots=True)
class Client:
    """What both sides know of us; ``issuer`` is the name of the other side, to the last sign."""

    issuer: str
    client_id: str
    secret: str
    private: bool


@dataclass(frozen=True, slots=True)
class Begun:
    """What a browser keeps from going away to coming back: nobody else can finish it."""

    state: str
    nonce: str
    verifier: str
    back: str


def address(client: Client, begun: Begun) -> str:
    """Where the browser goes to say who it is. Raises `NotVouched`."""
    asked = {
        "response_type": "code",
        "client_id": client.client_id,
        "redirect_uri": begun.back,
        "scope": "openid",
        "state": begun.state,
        "nonce": begun.nonce,
        "code_challenge": _digest(begun.verifier),
        "code_challenge_method": "S256",
    }
    where = _endpoint(_about(client), "authorization_endpoint", client)
    return f"{where}{'&' if '?' in where else '?'}{urlencode(asked)}"


def _digest(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def subject_of(client: Client, begun: Begun, answer: Mapping[str, str], now: datetime) -> str:
    """By what name the other side vouches for who came back with ``answer``. Raises `NotVouched`
    for what somebody else began, what another one answers, and what does not hold.
    """
    about = _about(client)
    if not hmac.compare_digest(answer.get("state", "").encode(), begun.state.encode()):
        raise NotVouched
    named = answer.get("iss") or None
    if named != client.issuer and (
        named is not None or about.get("authorization_response_iss_parameter_supported") is True
    ):
        raise NotVouched
    if not answer.get("code"):
        raise NotVouched
    token = _exchanged(client, begun, answer["code"], about)
    return _subject(token, client, begun.nonce, about, now)


def _about(client: Client) -> dict[str, Any]:
    """What the other side says of itself, at the address that its name gives."""
    said = _asked("GET", f"{client.issuer.rstrip('/')}/.well-known/openid-configuration", client)
    if said.get("issuer") != client.issuer:
        raise NotVouched
    return said


def _endpoint(about: Mapping[str, Any], name: str, client: Client) -> str:
    found = str(about.get(name, ""))
    if urlsplit(found).scheme not in ({"https", "http"} if client.private else {"https"}):
        raise NotVouched
    return found


def _exchanged(client: Client, begun: Begun, code: str, about: Mapping[str, Any]) -> str:
    sent = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": begun.back,
        "code_verifier": begun.verifier,
        "client_id": client.client_id,
    }
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    ways = about.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    if "client_secret_basic" in ways:
        pair = f"{quote(client.client_id, safe='')}:{quote(client.secret, safe='')}"
        headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
    else:
        sent["client_secret"] = client.secret
    where = _endpoint(about, "token_endpoint", client)
    token = _asked("POST", where, client, urlencode(sent).encode(), headers).get("id_token")
    if not isinstance(token, str):
        raise NotVouched
    return token


def _subject(
    token: str, client: Client, nonce: str, about: Mapping[str, Any], now: datetime
) -> str:
    claims = jwt.JWTClaimsRegistry(
        now=int(now.timestamp()),
        leeway=int(CLOCKS_DIFFER.total_seconds()),
        iss={"essential": True, "value": client.issuer},
        aud={"essential": True, "value": client.client_id},
        nonce={"essential": True, "value": nonce},
        sub={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
    )
    try:
        keys = KeySet.import_key_set(_asked("GET", _endpoint(about, "jwks_uri", client), client))  # type: ignore[arg-type]
        said = jwt.decode(token, keys, algorithms=_ALGORITHMS).claims
        claims.validate(said)
    except (JoseError, ValueError, TypeError, KeyError, OverflowError) as error:
        raise NotVouched from error
    subject, audience = said["sub"], said["aud"]
    several = isinstance(audience, list) and len(audience) > 1
    if (several or "azp" in said) and said.get("azp") != client.client_id:
        raise NotVouched
    if not isinstance(subject, str) or not 0 < len(subject) <= _LONGEST_SUBJECT:
        raise NotVouched
    return subject


def _asked(
    method: str,
    where: str,
    client: Client,
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """What the other side answers, as an object. Raises `NotVouched` for everything else."""
    said = {"Accept": "application/json", "Connection": "close", **(headers or {})}
    try:
        url = urlsplit(where)
        with channels.faults_said(url, private=client.private):
            status, data = channels.asked(
                method, url, body, said, private=client.private, most=_MOST
            )
        found = json.loads(data)
    except (channels.Undeliverable, HTTPException, OSError, ValueError) as error:
        raise NotVouched from error
    if status != 200 or not isinstance(found, dict):
        raise NotVouched
    return found
