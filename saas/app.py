"""The factory: reads settings, wires kernel, shells and domains, and refuses to start unfit."""

from __future__ import annotations

from flask import Flask, redirect, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from saas import domains, vitals
from saas.access import queries as access_queries
from saas.accounts import pages as accounts_pages
from saas.api import document
from saas.api import pages as api_pages
from saas.help import views as help_views
from saas.hosting import pages as hosting_pages
from saas.jobs import pulse
from saas.kernel import db, i18n
from saas.kernel.context import Actor, Hub, Tenant, current_scope
from saas.kernel.runtime import Wiring
from saas.notices import pages as notices_pages
from saas.packages import vocabulary
from saas.settings import Settings
from saas.showcase import pages as showcase_pages
from saas.tenancy import pages as tenancy_pages
from saas.tenancy.routing import Dispatch, Refusal, Registry
from saas.themes import queries as themes
from saas.themes.schemas import Pack
from saas.web import (
    addresses,
    compression,
    drawing,
    errors,
    frames,
    gate,
    offline,
    security,
    shell,
    trace,
)
from saas.web.pages import EVERYBODY, PUBLIC, Access, undeclared_routes
from saas.web.sessions import ScopedSessions, carried_over

csrf = CSRFProtect()


class UndeclaredRoute(RuntimeError):
    """A route does not say what it needs; the app does not start."""


def create_app(settings: Settings | None = None) -> Flask:
    """An app for one process. Raises `BadSettings` or `UndeclaredRoute` when it is unfit."""
    settings = settings or Settings.from_env()
    app = Flask("saas.web", static_folder="static", static_url_path="/static")
    _configure(app, settings)
    trace.init_app(app)
    compression.init_app(app)
    db.init_app(app, settings)
    i18n.init_app(app)
    addresses.init_app(app)
    security.init_app(app)
    errors.init_app(app)
    frames.init_app(app)
    gate.init_app(app)
    csrf.init_app(app)
    shell.init_app(app)
    offline.init_app(app)
    drawing.init_app(app)
    accounts_pages.login.init_app(app)
    _mount(app)
    vitals.init_app(app)
    _front(app, settings)
    if undeclared := undeclared_routes(app.view_functions):
        raise UndeclaredRoute(", ".join(undeclared))
    return app


def _mount(app: Flask) -> None:
    """The pages of every domain, and its routes in the document of the API."""
    app.register_blueprint(api_pages.pages)
    for domain in domains.DOMAINS:
        for blueprint in domain.pages:
            app.register_blueprint(blueprint)
    api = document.init_app(app)
    for domain in domains.DOMAINS:
        for routes in domain.api:
            api.add(app, routes)


def _configure(app: Flask, settings: Settings) -> None:
    app.config.update(
        SAAS=settings,
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME="saas_session",
        SESSION_COOKIE_SECURE=settings.cookie_secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=60 * 60 * 24 * 14,
        MAX_CONTENT_LENGTH=settings.upload_limit,
        MAX_FORM_MEMORY_SIZE=1024 * 1024,
        WTF_CSRF_TIME_LIMIT=60 * 60 * 12,
        WTF_CSRF_SSL_STRICT=True,
    )
    app.session_interface = ScopedSessions()
    app.view_functions["static"] = compression.static_file
    vars(app.view_functions["static"])["__saas_access__"] = Access("any", PUBLIC, EVERYBODY)


def _wire(app: Flask, hub: Hub, registry: Registry) -> None:
    """Give the shells, which know no domain, what they need from the domains."""
    vocabulary.lay_over(themes.words)
    Wiring(
        domains=domains.DOMAINS,
        hub=hub,
        registry=registry,
        actor=_current_actor,
        look=_look,
        bell=notices_pages.bell,
        help=help_views.link,
        role_links=showcase_pages.role_links,
        demo_clock=showcase_pages.demo_clock,
        word=vocabulary.word,
        plain_word=vocabulary.plain_word,
        ancestors=access_queries.ancestors_of,
        standing_still=_standing_still,
        admit=_admit,
        vouching=access_queries.doors,
        support_view=hosting_pages.support_view,
    ).into(app)


def _current_actor() -> Actor | None:
    if isinstance(current_scope(), Tenant):
        return accounts_pages.signed_in_actor() or hosting_pages.looking_on()
    return tenancy_pages.signed_in_actor()


def _admit(owner_id: int, epoch: int) -> bool:
    if isinstance(current_scope(), Tenant):
        return accounts_pages.admit(owner_id, epoch)
    return tenancy_pages.admit(owner_id, epoch)


def _look(tenant: Tenant | None) -> Pack:
    """What a page wears; without a district, or before it may be seen, the plain look."""
    return themes.current_pack() if tenant else themes.pack(themes.DEFAULT)


def _standing_still(actor: Actor) -> str | None:
    """How background work fails those who count on it, for operators and staff."""
    if not actor.signed_in or (actor.kind != "operator" and not shell.is_staff(actor)):
        return None
    state = pulse.recent_pulse().state
    return None if state == "ok" else state


#: What even the page that says no needs: its style.
_ALWAYS = frozenset({"static", "themes.css", "themes.css_of"})


def _refuse() -> ResponseReturnValue | None:
    """A district that is unknown, closed or gone says so and serves nothing, files excepted."""
    refusal: Refusal | None = request.environ.get("saas.refusal")
    if refusal is None or request.endpoint in _ALWAYS:
        return None
    if refusal.instead and request.method in {"GET", "HEAD"}:
        query = request.query_string.decode("ascii", "ignore")
        onward = redirect(f"{refusal.instead}?{query}" if query else refusal.instead, 308)
        # Whoever kept it would be led in a circle once the old code is taken up again.
        onward.headers["Cache-Control"] = "no-store"
        return carried_over(onward, refusal.renamed) if refusal.renamed else onward
    response = errors.refused(refusal.status, refusal.state, refusal.reason)
    if refusal.retry_after:
        response.headers["Retry-After"] = str(refusal.retry_after)
    return response


def _front(app: Flask, settings: Settings) -> None:
    """The dispatcher stands in front of everything, behind the proxies that are trusted."""
    hub = Hub(role=settings.hub_role)
    registry = Registry(app, hub, settings.registry_seconds)
    _wire(app, hub, registry)
    app.before_request(_refuse)
    app.wsgi_app = Dispatch(app.wsgi_app, registry, hub, settings)  # type: ignore[method-assign]
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops)  # type: ignore[method-assign]
