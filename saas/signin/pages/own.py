"""Where one is signed in, and ending it."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from saas.kernel.context import Actor, Tenant, current_scope
from saas.kernel.i18n import lazy_gettext as _l
from saas.signin import commands, queries
from saas.signin.pages.blueprint import face_of, own_proof, pages
from saas.signin.words import device_in_words
from saas.web.pages import SIGNED_IN, render


def shared() -> bool:
    """Whether many visitors are signed in as one sample person: of the others nothing is told."""
    scope = current_scope()
    return isinstance(scope, Tenant) and scope.is_demo


@pages.page("/account/sign-ins", needs=SIGNED_IN)
def sign_ins(actor: Actor) -> ResponseReturnValue:
    """The devices on which somebody is signed in, this one first."""
    own = own_proof(actor).id
    rows = sorted(queries.sign_ins_beside(own), key=lambda row: row.id != own)
    return render(
        "signin/sign_ins.html",
        rows=rows[:1] if shared() else rows,
        own=own,
        shared=shared(),
        words=device_in_words,
        layout=face_of(actor),
    )


@pages.page("/account/sign-ins/<int:number>/end", needs=SIGNED_IN, methods=("POST",))
def end(actor: Actor, number: int) -> ResponseReturnValue:
    """Sign out on one other device."""
    row = queries.other_sign_in(number, own_proof(actor).id)
    commands.end(row.id)
    flash(_l("Signed out there."), "done")
    return redirect(url_for("signin.sign_ins"))


@pages.page("/account/sign-ins/others", needs=SIGNED_IN, methods=("POST",))
def end_others(actor: Actor) -> ResponseReturnValue:
    """Sign out everywhere but here."""
    if not shared():
        commands.end_others(actor.id or 0, own_proof(actor).id)
        flash(_l("You are signed in here alone now."), "done")
    return redirect(url_for("signin.sign_ins"))
