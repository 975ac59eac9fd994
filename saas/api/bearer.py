"""The token that came with a request."""

from __future__ import annotations

from flask import g, request

from saas.kernel.errors import SignInNeeded
from saas.kernel.i18n import lazy_gettext as _l

PREFIX = "/api/v1"


class TokenRefused(SignInNeeded):
    """A token was sent that opens nothing here: unknown, ended, revoked, or another district's."""

    code = "token_refused"
    sentence = _l("This token is not valid here: it is unknown, has ended or was revoked.")


def bearer() -> str | None:
    """The text of the token, None where there is none. Pages take no tokens: only the API does,
    and doors that are handed the key in another way and lay it down (``g.saas_key``).
    """
    if "saas_key" in g:
        key: str | None = g.saas_key
        return key
    given = request.authorization
    if given is None or given.type != "bearer" or not request.path.startswith("/api/"):
        return None
    return given.token or ""
