"""Setting up the second step: an app, a passkey, printed codes; and parting from them.

These pages are for who is signed in, and for who has given the right password and has to set one
up before anything else (`pending`).
"""

from __future__ import annotations

import base64
from dataclasses import dataclass

import pyotp
from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas.kernel.context import Actor, Proof, Tenant, current_scope
from saas.kernel.crypto import Unreadable, seal_file, unseal_file
from saas.kernel.errors import Conflict, Invalid, SignInNeeded
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say
from saas.kernel.runtime import wired
from saas.kernel.shortcodes import shown_code
from saas.signin import commands, passkeys, queries, rules
from saas.signin.pages.blueprint import face_of, pages
from saas.signin.pages.doors import greet, pending
from saas.signin.pages.own import shared
from saas.signin.pages.second import asked_for, keep_challenge, own_host
from saas.signin.queries import Ways
from saas.signin.schemas import AppIn, PasskeyIn
from saas.signin.words import device_in_words
from saas.web.forms import Form
from saas.web.pages import EVERYBODY, PUBLIC, SIGNED_IN, ensure_fresh, render
from saas.web.pictures import qr_code


@dataclass(frozen=True, slots=True)
class _Own:
    """Whose ways these are: signed in by ``proof``, or on the way in and without one."""

    id: int
    name: str
    proof: Proof | None
    required: bool
    ways: Ways
    layout: str

    @property
    def page(self) -> str:
        """Where all of them are shown."""
        return url_for("signin.ways" if self.proof else "signin.set_up")


def _whose(actor: Actor) -> _Own:
    if actor.proof is not None and actor.id is not None:
        name = actor.login or actor.name
        required = queries.needs_second(actor) and queries.second_rules()[0]
        ways = queries.ways_of(actor.id)
        return _Own(actor.id, name, actor.proof, required, ways, face_of(actor))
    held = pending()
    found = queries.ways_of(held.id) if held and held.set_up else None
    if held is None or found is None or found:  # who has one by now gives it first
        raise SignInNeeded
    return _Own(held.id, held.name, None, True, found, "layout/plain.html")


def _changing(actor: Actor) -> _Own:
    """The same for who is about to change something: who has a way gave it a moment ago, who adds
    the first has not been signed in for long. A browser that was left open is no key.
    """
    own = _whose(actor)
    ensure_fresh(actor)
    began = own.proof.began_at if own.proof and not own.ways else queries.world_now()
    if queries.world_now() - began > rules.NEW_SIGN_IN:
        raise Conflict(_l("Sign out and in again first, so that we know that it is you."))
    return own


@pages.page("/account/second", needs=SIGNED_IN)
def ways(actor: Actor) -> ResponseReturnValue:
    """What one has, what can be added, and whether one has to."""
    return _shown(actor)


@pages.page("/sign-in/set-up", needs=PUBLIC, early=EVERYBODY)
def set_up(actor: Actor) -> ResponseReturnValue:
    """The same for who comes in only with a second step, and has none yet."""
    return _shown(actor)


def _shown(actor: Actor) -> ResponseReturnValue:
    own, scope = _whose(actor), current_scope()
    return render(
        "signin/ways.html",
        own=own,
        exempt=shared(),
        passkey=_passkey_to_make(own),
        until=own.proof.ends_at if own.proof else None,
        zone=scope.time_zone if isinstance(scope, Tenant) else "Asia/Shanghai",
        layout=own.layout,
    )


def _passkey_to_make(own: _Own) -> str:
    """What to ask the browser; empty at an address by number, where it would refuse."""
    host = own_host()
    if not host:
        return ""
    known = [one.credential for one in own.ways.factors if one.credential]
    asked = passkeys.to_make(own.id, host=host, service=_service(), name=own.name, known=known)
    return keep_challenge(asked)


def _service() -> str:
    scope = current_scope()
    return say(scope.name) if isinstance(scope, Tenant) else _("Community Governance 1519")


@pages.page("/account/second/app", needs=PUBLIC, methods=("GET", "POST"), early=EVERYBODY)
def app(actor: Actor) -> ResponseReturnValue:
    """Show an app the secret, and see that it shows the right code."""
    own, form = _changing(actor), Form(AppIn)
    _refuse_shared()
    secret = _opened(own) if request.method == "POST" else commands.new_secret()
    name = device_in_words(rules.device_of(request.user_agent.string))
    if form.accepts(lambda code, **_rest: commands.add_app(own.id, secret, code=code, name=name)):
        return _added(actor, own)
    sealed = base64.urlsafe_b64encode(seal_file(secret.encode(), _sealed_as(own))).decode()
    address = pyotp.TOTP(secret).provisioning_uri(name=own.name, issuer_name=_service())
    return render(
        "signin/app.html",
        form.status,
        form=form,
        sealed=sealed,
        spelled=" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        qr_code=qr_code(address),
        address=address,
        page=own.page,
        layout=own.layout,
    )


def _sealed_as(own: _Own) -> str:
    return f"second:{own.id}"


def _opened(own: _Own) -> str:
    """The secret that the form carries: sealed by us for this owner."""
    try:
        data = base64.urlsafe_b64decode(request.form.get("secret", "")[:400])
        return unseal_file(data, _sealed_as(own)).decode()
    except (Unreadable, ValueError):
        return commands.new_secret()


@pages.page("/account/second/passkey", needs=PUBLIC, methods=("POST",), early=EVERYBODY)
def passkey(actor: Actor) -> ResponseReturnValue:
    """Take on the passkey that the browser made."""
    own, form = _changing(actor), Form(PasskeyIn)
    _refuse_shared()
    name = device_in_words(rules.device_of(request.user_agent.string))
    if form.accepts(lambda credential: _take_passkey(own, credential, name)):
        return _added(actor, own)
    words = [text for texts in form.errors.values() for text in texts]
    flash(words[0], "warn")
    return redirect(own.page)


def _take_passkey(own: _Own, credential: str, name: str) -> None:
    made = passkeys.made(credential, asked_for())
    if made is None:
        raise Invalid({"_schema": [_l("This passkey could not be checked. Try once more.")]})
    commands.add_passkey(own.id, made, name=name)


@pages.page("/account/second/codes", needs=PUBLIC, methods=("POST",), early=EVERYBODY)
def codes(actor: Actor) -> ResponseReturnValue:
    """Print new codes: those of before end. They are enough alone for who has no smartphone."""
    own = _changing(actor)
    _refuse_shared()
    return _added(actor, own, fresh_codes=True)


def _refuse_shared() -> None:
    if shared():
        raise Conflict(_l("In a demo district nobody is asked for a second step."))


def _added(actor: Actor, own: _Own, *, fresh_codes: bool = False) -> ResponseReturnValue:
    """One is in, everywhere else out if this was the first way; with it come printed codes, shown
    in this one answer and never again.
    """
    first = not own.ways
    printed = commands.new_spares(own.id) if first or fresh_codes else []
    onward = _in_now(own, first=first)
    commands.note_ways(own.id, "codes" if fresh_codes else "add", actor=actor)
    if not printed:
        flash(_l("Added. From now on it opens the second step."), "done")
        return redirect(onward)
    return render(
        "signin/codes.html",
        codes=[shown_code(one) for one in printed],
        service=_service(),
        name=own.name,
        onward=onward,
        layout=own.layout,
    )


def _in_now(own: _Own, *, first: bool) -> str:
    """Where to go on: this sign-in is proved, or one that waited begins."""
    if own.proof is not None:
        commands.note_proof(own.proof.id)
        if first:
            commands.end_others(own.id, own.proof.id)
        return url_for("signin.ways")
    held = pending()
    if held is None or not wired().admit(held.id, held.epoch):
        raise SignInNeeded
    greet(held.wrong)
    return held.onward


@pages.page("/account/second/<int:number>/remove", needs=PUBLIC, methods=("POST",))
def remove(actor: Actor, number: int) -> ResponseReturnValue:
    """Part from one app or passkey, while another way is left."""
    own = _changing(actor)
    if len(own.ways.factors) + bool(own.ways.spares) < 2:
        raise Conflict(_l("This is your only way in: add another one first."))
    commands.remove(own.id, number)
    commands.note_ways(own.id, "remove", actor=actor)
    flash(_l("Removed."), "done")
    return redirect(url_for("signin.ways"))


@pages.page("/account/second/off", needs=PUBLIC, methods=("POST",))
def off(actor: Actor) -> ResponseReturnValue:
    """Without a second step again, for who need not have one."""
    own = _changing(actor)
    if own.required or own.proof is None:
        raise Conflict(_l("What you may do here needs a second step."))
    commands.forget_all(own.id)
    commands.forget_proof(own.proof.id)
    commands.note_ways(own.id, "off", actor=actor)
    flash(_l("The second step is off."), "done")
    return redirect(url_for("signin.ways"))
