"""In the district: letting operators look in, coming in by a ticket, leaving."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from flask import flash, g, redirect, request, url_for
from flask import session as web_session
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf

from saas.accounts.pages import sign_out_here
from saas.accounts.permissions import SETTINGS
from saas.hosting import commands, queries, rules, views, words
from saas.hosting.queries import Look
from saas.hosting.schemas import SupportIn
from saas.kernel.context import Actor, Tenant, current_scope, entering
from saas.kernel.errors import NotFound
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.runtime import wired
from saas.tenancy import queries as tenancy
from saas.web.addresses import url_of
from saas.web.forms import Form
from saas.web.pages import EVERYBODY, PUBLIC, SIGNED_IN, Pages, render

pages = Pages("hosting", "saas.hosting", plane="tenant")
#: What a session holds of an operator who looks on: what `commands.enter` gives.
_KEY = "support"


@dataclass(frozen=True, slots=True)
class SupportView:
    """What the banner of every page says while an operator looks on."""

    until: object
    granted_by: str
    end_url: str


def looking_on() -> Actor | None:
    """The operator who looks into this district in this browser, while that is granted."""
    look = _look()
    return queries.as_actor(look) if look else None


def _look() -> Look | None:
    held = web_session.get(_KEY)
    if not held or not isinstance(current_scope(), Tenant):
        return None
    key, *hub_sign_in = held
    with entering(wired().hub):  # first of all: a sign-in there is what this one stands on
        if not tenancy.still_signed_in(*hub_sign_in):
            return None
    g.saas_look = queries.look_by_key(key)
    return g.saas_look  # type: ignore[no-any-return]


def support_view(actor: Actor) -> SupportView | None:
    """The banner for one who only looks on; for everybody else there is none."""
    look: Look | None = g.get("saas_look")
    if not actor.onlooker or look is None:
        return None
    return SupportView(look.until, look.granted_by, url_for("hosting.leave"))


@pages.page("/settings/support", needs=SETTINGS, methods=("GET", "POST"), fresh=True)
def support(actor: Actor) -> ResponseReturnValue:
    """Let the operators of the service look in, for two hours; who has looked in so far."""
    form = Form(SupportIn)
    if form.accepts(partial(commands.grant_support, actor=actor)):
        flash(_l("The operators may look in for two hours. You can end it at any time."), "done")
        return redirect(url_for("hosting.support"))
    granted = queries.grants()
    return render(
        "hosting/support.html",
        form.status,
        form=form,
        living=queries.living_grant(),
        granted=granted,
        entries=queries.entries_of([grant.id for grant, _name in granted]),
        hours=rules.SUPPORT_LASTS.seconds // 3600,
    )


@pages.page("/settings/support/withdraw", needs=SETTINGS, methods=("POST",))
def withdraw(actor: Actor) -> ResponseReturnValue:
    """End it now: whoever is in is out with the next press."""
    commands.withdraw_support(actor=actor)
    flash(_l("Ended. No operator sees anything of the district any more."), "done")
    return redirect(url_for("hosting.support"))


@pages.page("/settings/usage", needs=SETTINGS)
def usage(actor: Actor) -> ResponseReturnValue:
    """What the district uses of what it may, as it is now."""
    return render("hosting/usage.html", lines=views.lines(), meanings=words.USED_UP)


@pages.page("/support/enter/<token>", needs=PUBLIC, methods=("GET", "POST"), early=EVERYBODY)
def enter(actor: Actor, token: str) -> ResponseReturnValue:
    """The operator's ticket: what it opens, and one press to come in."""
    _entry, grant = queries.access_ticket(token)
    if request.method == "GET":
        return render("hosting/enter.html", grant=grant, token=token)
    held = commands.enter(token)
    sign_out_here(actor)
    generate_csrf()
    web_session[_KEY] = held
    return redirect(url_of("showcase.home"))


@pages.page("/support/leave", needs=SIGNED_IN, methods=("POST",), looking=True)
def leave(actor: Actor) -> ResponseReturnValue:
    """Stop looking on."""
    look: Look | None = g.get("saas_look")
    if not actor.onlooker or look is None:
        raise NotFound
    commands.leave(look.entry)
    sign_out_here(actor)
    return redirect(url_of("showcase.home"))
