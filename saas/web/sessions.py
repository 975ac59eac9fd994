"""Sign-in cookies that belong to one district.

The signature's salt holds the scope, so a cookie of one district is no cookie in another: it reads
as empty there, and with it the CSRF token inside. The cookie is host-only and sent for the
district's own path alone. A session inside another app has a cookie of its own (`frames`).
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from flask import Flask, Request, Response, current_app, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.wrappers import Response as BaseResponse

from saas.kernel.context import Tenant, current_scope, entering
from saas.web import frames

#: So long a sign-in that does not change keeps the signature that it has: a fraction of the days
#: after which one is forgotten that nobody uses (``PERMANENT_SESSION_LIFETIME``).
_FRESH = timedelta(hours=1)


def carried_over(response: BaseResponse, tenant: Tenant) -> BaseResponse:
    """Let a browser take its sign-in along from a code that a district had before, once: it is good
    there, because its signature says which district, not where.
    """
    name = current_app.config["SESSION_COOKIE_NAME"]
    if not (value := request.cookies.get(name)) or not _is_of(tenant, value):
        return response
    response.set_cookie(
        name,
        value,
        max_age=current_app.permanent_session_lifetime,
        path=f"{request.script_root.rpartition('/')[0]}/{tenant.code}/",
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )
    response.delete_cookie(name, path=f"{request.script_root}/")
    return response


def _is_of(tenant: Tenant, value: str) -> bool:
    """Whether this cookie is of that district, and not the hub's, which is sent everywhere."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    with entering(tenant):
        serializer = ScopedSessions().get_signing_serializer(app)
        try:
            return bool(serializer and serializer.loads(value))
        except BadSignature:
            return False


class _Session(SecureCookieSession):
    """What a cookie holds, and when it was signed."""

    signed_at: datetime | None = None


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

    def open_session(self, app: Flask, request: Request) -> _Session | None:
        """What the cookie of this scope holds; nothing of one that is forged, or too old."""
        serializer = self.get_signing_serializer(app)
        sent = request.cookies.get(self.get_cookie_name(app))
        if serializer is None or not sent:
            return None if serializer is None else _Session()
        oldest = int(app.permanent_session_lifetime.total_seconds())
        try:
            held, at = serializer.loads(sent, max_age=oldest, return_timestamp=True)
        except BadSignature:
            return _Session()
        found = _Session(held)
        found.signed_at = at
        return found

    def should_set_cookie(self, app: Flask, session: SessionMixin) -> bool:
        """Not with every answer: signing costs more than a small query."""
        if session.modified or not session.permanent:
            return session.modified
        signed_at = getattr(session, "signed_at", None)
        return signed_at is None or datetime.now(UTC) - signed_at > _FRESH

    def get_cookie_name(self, app: Flask) -> str:
        """One of its own for a session inside another app, which has to travel."""
        return frames.COOKIE if frames.travels(request) else super().get_cookie_name(app)

    def get_cookie_samesite(self, app: Flask) -> str | None:
        """Such a one is sent within the app's pages, by nobody else's (`saas.web.frames`)."""
        return "None" if frames.travels(request) else super().get_cookie_samesite(app)

    def get_cookie_partitioned(self, app: Flask) -> bool:
        """Kept apart for each site in which we are shown."""
        return frames.travels(request)

    def get_cookie_secure(self, app: Flask) -> bool:
        """What travels does so only where nobody reads along."""
        return frames.travels(request) or super().get_cookie_secure(app)

    def get_cookie_path(self, app: Flask) -> str:
        """The district's prefix, so that two districts on one host keep apart."""
        return f"{request.script_root}/" if isinstance(current_scope(), Tenant) else "/"

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """What a cache between us and the readers may keep carries no cookie: no one's sign-in."""
        if request.endpoint != "static" and not response.cache_control.public:
            super().save_session(app, session, response)
