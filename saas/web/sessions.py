"""Sign-in cookies that belong to one district.

The signature's salt holds the scope, so a cookie of one district is no cookie in another: it reads
as empty there, and with it the CSRF token inside. The cookie is host-only and sent for the
district's own path alone.
"""

from __future__ import annotations

from flask import Flask, Response, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from itsdangerous import URLSafeTimedSerializer

from saas.kernel.context import Tenant, current_scope


class ScopedSessions(SecureCookieSessionInterface):
    """Flask's signed cookie, salted with the scope and limited to its path."""

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """A serializer whose signatures are valid in the current scope only."""
        scope = current_scope()
        if scope is None:
            return None
        return URLSafeTimedSerializer(
            app.secret_key or "",
            salt=f"session:{scope.key}",
            serializer=self.serializer,
            signer_kwargs={"key_derivation": "hmac", "digest_method": self.digest_method},
        )

    def get_cookie_path(self, app: Flask) -> str:
        """The district's prefix, so that two districts on one host keep apart."""
        return f"{request.script_root}/" if isinstance(current_scope(), Tenant) else "/"

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """What a cache between us and the readers may keep carries no cookie: no one's sign-in."""
        if request.endpoint != "static" and not response.cache_control.public:
            super().save_session(app, session, response)
