"""The one gate before a district that is being prepared: who passes, and what all others read.

It stands before everything else that answers a request, so that an address that is wrong, a form
that is stale or a method that does not fit tells no more than a right one. What is open to
everybody even then, and what to nobody, a route declares itself (`Access.early`).
"""

from __future__ import annotations

from flask import Flask, Response, current_app, request, url_for

from saas.kernel.context import Actor, Tenant, current_scope
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.runtime import wired
from saas.kernel.unit_of_work import reading
from saas.web import errors
from saas.web.pages import EVERYBODY, NOBODY, STAFF, Access, current_actor, ensure_text, render

_SENTENCE = _l("This district is being set up.")


def init_app(app: Flask) -> None:
    """Ask at the gate first: to be called before anything else may answer."""
    app.before_request(_keep_shut)


def _keep_shut() -> Response | None:
    scope = current_scope()
    if not (isinstance(scope, Tenant) and scope.staff_only) or _may_pass(_who_passes()):
        return None
    return _not_yet()


def _who_passes() -> str:
    """What the route declared; an address that leads nowhere is asked about like any page."""
    view = current_app.view_functions.get(request.endpoint or "")
    access: Access | None = getattr(view, "__saas_access__", None)
    return access.early if access else STAFF


def _may_pass(who: str) -> bool:
    if who in {EVERYBODY, NOBODY}:
        return who == EVERYBODY
    ensure_text()
    with reading():
        return works_here(current_actor())


def works_here(actor: Actor) -> bool:
    """Whether it is a person who holds a post, or an operator whom the district lets look in;
    residents and programs do not.
    """
    at_work = actor.kind == "person" or actor.onlooker
    return at_work and any(not grant.own_only for grant in actor.grants)


def _not_yet() -> Response:
    """One plain answer to everything: the district's name, and nothing else of it."""
    if errors.wants_json():
        return errors.answer(404, "preparing", _SENTENCE)
    plain = wired().look(None)
    return render(
        "preparing.html",
        404,
        sentence=_SENTENCE,
        sign_in_url=url_for("accounts.sign_in"),
        tenant=None,
        look=plain,
        look_css_url=url_for("themes.css_of", code=plain.code),
        navigation=None,
        messages=[],
        actor=None,
    )
