"""The second step: on the way in, and once more before what is dangerous."""

from __future__ import annotations

from typing import Final

from flask import redirect, request, url_for
from flask import session as web_session
from flask.typing import ResponseReturnValue

from saas.kernel.context import Actor
from saas.kernel.errors import SignInNeeded, TooMany
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.runtime import wired
from saas.signin import commands, passkeys, queries, rules
from saas.signin.pages.blueprint import face_of, own_proof, pages
from saas.signin.pages.doors import greet, pending
from saas.signin.queries import Ways
from saas.signin.schemas import SecondIn
from saas.web import security
from saas.web.forms import Form
from saas.web.pages import EVERYBODY, PUBLIC, SIGNED_IN, render

#: The challenge that a page of this session sent out last.
_CHALLENGE: Final = "passkey"
_WRONG: Final = _l("This code is wrong, or was used already. Wait for the next one of the app.")
_WRONG_KEY: Final = _l("This passkey could not be checked. Try again, or use a code.")


def own_host() -> str:
    """The host name of this page, to which a passkey belongs; empty where there can be none."""
    host = request.host.rpartition(":")[0] if ":" in request.host else request.host
    numbers = host.replace(".", "").isdigit() or ":" in host
    return "" if numbers else host


def keep_challenge(asked: tuple[str, str]) -> str:
    """Remember the challenge that goes out now; what to ask the browser comes back."""
    web_session[_CHALLENGE] = [asked[1], queries.world_now().timestamp()]
    return asked[0]


def asked_for() -> passkeys.Asked:
    """What the page before this one asked the browser for, once."""
    challenge, at = web_session.pop(_CHALLENGE, ("", 0.0))
    late = queries.world_now().timestamp() - at > rules.PENDING_LASTS.total_seconds()
    origin = request.host_url.rstrip("/")
    return passkeys.Asked("" if late else challenge, own_host(), origin)


def _proves(form: Form, owner_id: int) -> bool:
    """Whether what was sent is a second step of this owner; else the form says what is wrong."""
    if not form.accepts(dict):
        return False
    credential = form.result["credential"]
    try:
        commands.ensure_may_prove(owner_id)
    except TooMany as error:
        form.refuse(error)
        return False
    if credential:
        right = commands.prove_by_passkey(owner_id, credential, asked_for())
    else:
        right = commands.prove_by_code(owner_id, form.result["code"])
    if not right:
        form.errors = {"code": [_WRONG_KEY if credential else _WRONG]}
    return right


def _asked(
    form: Form, ways: Ways, *, action: str, layout: str, onward: str = ""
) -> ResponseReturnValue:
    known = ways.passkeys_at(own_host())
    return render(
        "signin/second.html",
        form.status,
        form=form,
        ways=ways,
        action=action,
        onward=onward,
        layout=layout,
        passkey=keep_challenge(passkeys.to_sign(host=own_host(), known=known)) if known else "",
    )


@pages.page("/sign-in/second", needs=PUBLIC, methods=("GET", "POST"), early=EVERYBODY)
def second(actor: Actor) -> ResponseReturnValue:
    """The password was right: now a code or a passkey."""
    held = pending()
    if held is None or held.set_up:
        raise SignInNeeded
    form = Form(SecondIn)
    if _proves(form, held.id):
        if not wired().admit(held.id, held.epoch):
            raise SignInNeeded
        greet(held.wrong)
        return redirect(held.onward)
    ways = queries.ways_of(held.id)
    return _asked(form, ways, action=url_for("signin.second"), layout="layout/plain.html")


@pages.page("/account/prove", needs=SIGNED_IN, methods=("GET", "POST"))
def prove(actor: Actor) -> ResponseReturnValue:
    """Once more, before what is dangerous; then back to it."""
    proof, onward = own_proof(actor), request.values.get("next", "")
    back = security.own_path(onward) or url_for("signin.ways")
    if proof.proved_at is None:
        return redirect(back)
    form = Form(SecondIn)
    if _proves(form, actor.id or 0):
        commands.note_proof(proof.id)
        return redirect(back)
    return _asked(
        form,
        queries.ways_of(actor.id or 0),
        action=url_for("signin.prove"),
        layout=face_of(actor),
        onward=back,
    )
