"""Signing in by one who vouches (OpenID Connect), linking from inside, and who may vouch.

Coming back is a page that goes on by itself: what is only read changes nothing, so what signs in is
sent by it, from our own address, in the browser that began.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Final

from flask import flash, redirect, request, url_for
from flask import session as web_session
from flask.typing import ResponseReturnValue

from saas.access import commands, oidc, queries, rules
from saas.access.models import Provider
from saas.access.schemas import BackIn, ProviderIn
from saas.accounts.pages.doors import arrive
from saas.accounts.permissions import SETTINGS
from saas.kernel import clock, throttle
from saas.kernel.context import Actor
from saas.kernel.crypto import new_token
from saas.kernel.errors import NotFound
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.runtime import settings
from saas.kernel.unit_of_work import reading, unit_of_work
from saas.web import security
from saas.web.forms import Form
from saas.web.pages import EVERYBODY, PUBLIC, SIGNED_IN, Pages, render

pages = Pages("vouching", __name__, plane="tenant")
#: What a session keeps from going away to coming back.
_BEGUN: Final = "vouching"


@pages.page("/sign-in/by/<code>", needs=PUBLIC, early=EVERYBODY)
def sign_in(actor: Actor, code: str) -> ResponseReturnValue:
    """Off to one who vouches."""
    return _away(code, link=False)


@pages.page("/account/vouching/<code>", needs=SIGNED_IN, fresh=True)
def link(actor: Actor, code: str) -> ResponseReturnValue:
    """The same for who is signed in and will sign in there from now on."""
    if actor.proof is None:
        raise NotFound
    return _away(code, link=True)


def _client(provider: Provider) -> oidc.Client:
    private = settings().webhook_private
    return oidc.Client(provider.issuer, provider.client_id, provider.secret, private)


def _away(code: str, *, link: bool) -> ResponseReturnValue:
    with reading():  # to its end: who is asked now may be slow, and no connection waits for that
        client = _client(queries.access_provider(code, active=True))
    back = url_for("vouching.back", code=code, _external=True)
    begun = oidc.Begun(new_token(), new_token(), new_token() + new_token(), back)
    where = oidc.address(client, begun)
    onward = security.own_path(request.args.get("next"))
    kept = {"code": code, "link": link, "next": onward, "at": _now()}
    web_session[_BEGUN] = asdict(begun) | kept
    return redirect(where)


def _now() -> float:
    return clock.to_world(clock.now()).timestamp()


@pages.page("/sign-in/back/<code>", needs=PUBLIC, early=EVERYBODY)
def back(actor: Actor, code: str) -> ResponseReturnValue:
    """Back from there: the answer is sent on by this page, which came from us."""
    provider = queries.access_provider(code, active=True)
    answer = {name: request.args.get(name, "")[:4000] for name in ("code", "state", "iss")}
    return render("access/back.html", provider=provider, answer=answer)


@pages.page("/sign-in/back/<code>", needs=PUBLIC, methods=("POST",), early=EVERYBODY)
def come(actor: Actor, code: str) -> ResponseReturnValue:
    """Check the answer; then in, or linked."""
    held = web_session.pop(_BEGUN, None)
    with unit_of_work():  # to its end, as above; and what was counted stays
        client, begun = _client(queries.access_provider(code, active=True)), _begun(code, held)
    answer = BackIn().load({name: request.form.get(name, "") for name in ("code", "state", "iss")})
    vouched = oidc.subject_of(client, begun, answer, clock.to_world(clock.now()))
    provider = queries.access_provider(code, active=True)
    subject = queries.vouched_hash(provider, vouched)
    if held and held["link"]:
        commands.link_vouched(provider, subject, actor=actor)
        flash(_l("Linked. From now on you can sign in there."), "done")
        return redirect(url_for("embedding.linked"))
    person = queries.person_vouched(provider, subject)
    if person is None:
        flash(_l("Nobody here is linked with this account yet. Sign in with your password once,"
                 " then link it under Your account."), "warn")  # fmt: skip
        return redirect(url_for("accounts.sign_in"))
    return arrive(person, onward=held["next"] if held else None)


def _begun(code: str, held: dict[str, Any] | None) -> oidc.Begun:
    """What this browser began with this provider a few minutes ago, once. Raises `NotVouched`."""
    lasts = rules.PENDING_LASTS.total_seconds()
    if not held or held["code"] != code or _now() - held["at"] > lasts:
        raise oidc.NotVouched
    if throttle.count_try("vouching", held["state"], window=2 * rules.PENDING_LASTS) > 1:
        raise oidc.NotVouched
    return oidc.Begun(*(held[name] for name in ("state", "nonce", "verifier", "back")))


@pages.page("/vouching", needs=SETTINGS)
def listing(actor: Actor) -> ResponseReturnValue:
    """Who vouches for people here."""
    return render("access/providers.html", rows=queries.providers())


@pages.page("/vouching/new", needs=SETTINGS, methods=("GET", "POST"), fresh=True)
def add(actor: Actor) -> ResponseReturnValue:
    """Another one."""
    form = Form(ProviderIn)
    if form.accepts(lambda **typed: commands.add_provider(**typed, actor=actor)):
        flash(_l("Added. Give the address below to the other side."), "done")
        return redirect(url_for("vouching.provider", code=form.result.code))
    return render("access/provider_form.html", form.status, form=form, row=None, back="")


@pages.page("/vouching/<code>", needs=SETTINGS, methods=("GET", "POST"), fresh=True)
def provider(actor: Actor, code: str) -> ResponseReturnValue:
    """Change one. Its secret is shown to nobody; left empty it stays."""
    row = queries.access_provider(code)
    stored = {name: getattr(row, name) for name in ("name", "issuer", "client_id", "active")}
    form = Form(ProviderIn, stored, thing=("provider", row.id))
    if form.accepts(lambda **typed: commands.change_provider(row, **typed, actor=actor)):
        flash(_l("Saved."), "done")
        return redirect(url_for("vouching.provider", code=code))
    back = url_for("vouching.back", code=code, _external=True)
    return render("access/provider_form.html", form.status, form=form, row=row, back=back)
