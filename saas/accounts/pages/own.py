"""A person's own account: what one holds, and one's own password."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from saas.accounts import commands, queries
from saas.accounts.pages.blueprint import pages
from saas.accounts.pages.doors import start_session
from saas.accounts.queries import Person
from saas.accounts.schemas import OwnPasswordIn
from saas.kernel.context import Actor
from saas.kernel.errors import NotFound
from saas.kernel.i18n import lazy_gettext as _l
from saas.territory.queries import find_unit
from saas.web.forms import Form
from saas.web.pages import SIGNED_IN, render
from saas.web.shell import layout_of


def _self(actor: Actor) -> Person:
    person = queries.find_person(actor.person_id or 0)
    if person is None:
        raise NotFound
    return person


@pages.page("/me", needs=SIGNED_IN)
def me(actor: Actor) -> ResponseReturnValue:
    """Name, posts, password, and the way out."""
    person = _self(actor)
    return render(
        "accounts/me.html",
        person=person,
        phone=queries.phone_shown(person),
        posts=queries.posts_of([person.id]).get(person.id, []),
        home=find_unit(person.home_unit_id),
        layout=layout_of(actor),
    )


@pages.page("/me/password", needs=SIGNED_IN, methods=("GET", "POST"))
def own_password(actor: Actor) -> ResponseReturnValue:
    """A person's own change of password; other devices are signed out."""
    form, person = Form(OwnPasswordIn), _self(actor)
    if form.accepts(
        lambda old, new: commands.change_own_password(person, old=old, new=new, actor=actor)
    ):
        if form.result:
            start_session(person, proved_at=actor.proof.proved_at if actor.proof else None)
            flash(_l("Your password is changed. Other devices were signed out."), "done")
            return redirect(url_for("accounts.me"))
        form.errors = {"old": [_l("This is not your present password.")]}
    return render("accounts/own_password.html", form.status, form=form, layout=layout_of(actor))
