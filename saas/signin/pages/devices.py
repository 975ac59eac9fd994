"""Devices that somebody signed in with before: a signed cookie of a district, or of the hub.

It opens nothing. It only says that by this name somebody got in here, so that tries of strangers
with the same name do not keep the owner out (`saas.signin.commands.tries`).
"""

from __future__ import annotations

from typing import Any, Final

from flask import Response, after_this_request, current_app, request
from itsdangerous import BadSignature, URLSafeTimedSerializer

from saas.kernel.context import Tenant, current_scope
from saas.kernel.crypto import lookup_hash, new_token

_COOKIE: Final = "saas_device"
_LASTS: Final = 60 * 60 * 24 * 365
#: So many names a device remembers, and so many digits of each.
_NAMES, _DIGITS = 6, 16


def _serializer() -> URLSafeTimedSerializer:
    scope = current_scope()
    return URLSafeTimedSerializer(
        current_app.secret_key or "", salt=f"device:{scope.key if scope else ''}"
    )


def _held() -> dict[str, Any]:
    """The device's id (``d``) and the names (``n``); empty for one that is new or forged."""
    try:
        found = _serializer().loads(request.cookies.get(_COOKIE, ""), max_age=_LASTS)
    except BadSignature:
        return {}
    return found if isinstance(found, dict) else {}


def _short(name: str) -> str:
    return lookup_hash(f"device:{name}")[:_DIGITS]


def known_by(name: str) -> str:
    """The id of this device if somebody signed in by ``name`` on it before, else empty."""
    held = _held()
    return str(held["d"]) if _short(name) in held.get("n", ()) else ""


def remember(name: str) -> None:
    """Somebody got in by ``name`` on this device."""
    held = _held()
    others = [one for one in held.get("n", ()) if one != _short(name)]
    value = _serializer().dumps(
        {"d": held.get("d") or new_token(), "n": [_short(name), *others][:_NAMES]}
    )

    @after_this_request
    def _set(response: Response) -> Response:
        inside = isinstance(current_scope(), Tenant)
        response.set_cookie(
            _COOKIE,
            value,
            max_age=_LASTS,
            path=f"{request.script_root}/" if inside else "/hub/",
            secure=current_app.config["SESSION_COOKIE_SECURE"],
            httponly=True,
            samesite="Lax",
        )
        return response
