"""The second step in a district: of whom it is asked, and forgetting one at the desk."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas.accounts import commands, queries
from saas.accounts.pages.blueprint import pages
from saas.accounts.permissions import MANAGE, SETTINGS
from saas.accounts.schemas import SecondRulesIn
from saas.kernel.context import Actor, current_tenant
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.runtime import wired
from saas.signin.queries import second_rules
from saas.web.forms import Form
from saas.web.pages import render


@pages.page("/people/second", needs=SETTINGS, methods=("GET", "POST"), fresh=True)
def second(actor: Actor) -> ResponseReturnValue:
    """Whether a second step is asked for at all, and after how many days of grace."""
    required, grace = second_rules()
    form = Form(SecondRulesIn, {"required": required, "grace_days": grace.days})
    if form.accepts(lambda **typed: commands.set_second_rules(**typed, actor=actor)):
        flash(_l("Saved."), "done")
        return redirect(url_for("accounts.second"))
    strong, said = wired().domains.strong, wired().domains.permission_words
    return render(
        "accounts/second_rules.html",
        form.status,
        form=form,
        exempt=current_tenant().is_demo,
        roles=[role for role in queries.roles() if strong.intersection(role.permissions)],
        strong=[said(name) for name in sorted(strong)],
    )


@pages.page("/people/<int:person_id>/second", needs=MANAGE, methods=("GET", "POST"), fresh=True)
def reset_second(actor: Actor, person_id: int) -> ResponseReturnValue:
    """The telephone is lost and the printed codes too: two administrators, one after the other."""
    known = queries.access_person(person_id, actor=actor, permission=MANAGE)
    asked = queries.open_reset(known)
    if request.method == "GET":
        asker = queries.find_person(asked.asked_by_id) if asked else None
        return render(
            "accounts/second.html",
            person=known,
            asked=asked,
            asker=asker,
            own=asked is not None and asked.asked_by_id == actor.person_id,
        )
    if asked is None:
        commands.ask_second_reset(known, actor=actor)
        flash(_l("Asked. Now another administrator opens this page and does it."), "done")
        return redirect(url_for("accounts.reset_second", person_id=person_id))
    commands.reset_second(known, actor=actor)
    flash(_l("Forgotten. With the next sign-in a new second step is set up."), "done")
    return redirect(url_for("accounts.person", person_id=person_id))
