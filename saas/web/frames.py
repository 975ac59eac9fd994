"""Pages inside another app: whose frame may show them, and the session that travels there.

Everywhere else nobody may frame us and a session never leaves our own site. A session that began
with a ticket of an app (`saas.access`) has a cookie of its own name, which browsers send inside
that app's pages and, by ``Partitioned``, nowhere else; what a person did in an open browser tab is
not in it, and the other way round. Because a cookie that travels would also come with what another
site sends, such a session writes only where the browser says that our own page sends it, on top
of the token that every form has.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final
from urllib.parse import urlsplit

from flask import Flask, Request, g, has_request_context, request
from flask import session as web_session

from saas.kernel.context import Actor, Tenant, current_scope
from saas.kernel.errors import Forbidden
from saas.kernel.runtime import wired
from saas.kernel.unit_of_work import reading

#: The cookie of sessions inside an app.
COOKIE: Final = "saas_embedded"
#: What a session holds of its app: ``app``, its code, and until it is linked ``subject``, ``at``.
KEY: Final = "embedded"
_SAFE: Final = {"GET", "HEAD", "OPTIONS"}


def init_app(app: Flask) -> None:
    """Before anything else may answer: an error inside a frame is to be read there, too."""
    app.before_request(_allow)
    app.jinja_env.globals.update(is_embedded=is_embedded, embedded=held)


def _allow() -> None:
    """Who may frame this answer: the app of the session, as long as the district lets it. What
    comes with its cookie comes from a page of ours, though the app be closed or unknown by now.
    """
    if COOKIE not in request.cookies or not isinstance(current_scope(), Tenant):
        return
    ensure_own_page(request)
    app = held().get("app")
    if not app or request.endpoint == "static":
        return
    with reading():
        ancestors = wired().ancestors(app)
    if not ancestors:
        web_session.clear()
        return
    allow(ancestors)


def ensure_own_page(asked: Request) -> None:
    """Raise `Forbidden` for what another page than ours sends with a cookie that travels."""
    origin = asked.headers.get("Origin")
    if asked.method not in _SAFE and origin and urlsplit(origin).netloc != asked.host:
        raise Forbidden


def allow(ancestors: Sequence[str]) -> None:
    """Let these show this answer in a frame."""
    g.saas_ancestors = tuple(ancestors)


def within(actor: Actor) -> Actor:
    """``actor`` as one acts here: nobody does by a post on pages that others lay under theirs."""
    if not is_embedded():
        return actor
    return replace(actor, grants=tuple(one for one in actor.grants if one.own_only))


def begin(app: str, ancestors: Sequence[str]) -> None:
    """A new session that travels, with nothing in it but whose it is."""
    kept = {name: web_session[name] for name in ("locale", "elder") if name in web_session}
    web_session.clear()
    web_session.update(kept, **{KEY: {"app": app}})
    allow(ancestors)


def leave() -> None:
    """Who signs out takes along for whom the app's ticket was; the app stays."""
    if app := held().get("app"):
        web_session[KEY] = {"app": app}


def held() -> dict[str, Any]:
    """What this session holds of its app; empty for one that is in none."""
    found = web_session.get(KEY)
    return found if isinstance(found, dict) else {}


def ancestors() -> tuple[str, ...]:
    """Who may frame this answer."""
    return g.get("saas_ancestors", ()) if has_request_context() else ()


def is_embedded() -> bool:
    """Whether this answer is for a page inside an app."""
    return bool(ancestors())


def travels(asked: Request) -> bool:
    """Whether the session of this request is one that travels."""
    return COOKIE in asked.cookies or is_embedded()
