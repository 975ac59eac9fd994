"""Headers that every answer carries."""

from __future__ import annotations

from urllib.parse import unquote

from flask import Flask, Response, request

from saas.kernel.context import Tenant, current_scope
from saas.web import frames

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)


def may_be_framed(response: Response) -> Response:
    """Let our own pages, and nobody else's, show this answer in a frame."""
    policy = POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
    response.headers["Content-Security-Policy"] = policy
    return response


def may_frame(response: Response) -> Response:
    """Let this answer show frames of our own site."""
    response.headers["Content-Security-Policy"] = f"{POLICY}; frame-src 'self'"
    return response


def _harden(response: Response) -> Response:
    headers = response.headers
    if apps := frames.ancestors():
        named = " ".join(("'self'", *apps))
        headers["Content-Security-Policy"] = POLICY.replace(
            "frame-ancestors 'none'", f"frame-ancestors {named}"
        )
    headers.setdefault("Content-Security-Policy", POLICY)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "geolocation=(), microphone=(), camera=(self)")
    scope = current_scope()
    if isinstance(scope, Tenant) and scope.ends_at:  # it bears a real name and is no real district
        headers["X-Robots-Tag"] = "noindex"
    if request.is_secure:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    return response


def init_app(app: Flask) -> None:
    """Put the headers on everything, errors and files too."""
    app.after_request(_harden)


def own_path(target: str | None) -> str | None:
    """``target`` if it is a path of ours to go on to after signing in, else None.

    Only paths below this district's own prefix: no scheme, no host, no backslash tricks, no step
    back up.
    """
    if not target or "\\" in target or any(ord(c) < 33 for c in target):
        return None
    if {".", ".."} & set(unquote(target.partition("?")[0]).split("/")):
        return None
    root = request.script_root
    if target.startswith("//") or not target.startswith(f"{root}/"):
        return None
    return target
