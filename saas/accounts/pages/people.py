"""People: who is there, what they hold, how they get in."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas.accounts import commands, permissions, queries, slips
from saas.accounts.commands import Keys
from saas.accounts.lists import PEOPLE_LIST
from saas.accounts.pages.blueprint import pages
from saas.accounts.pages.choosing import choose_unit, chosen_unit
from saas.accounts.permissions import MANAGE, VIEW
from saas.accounts.queries import Person
from saas.accounts.schemas import PersonChange, PersonIn
from saas.kernel.context import Actor
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say
from saas.kernel.schemas import Reason
from saas.listing.pages import answer
from saas.signin.queries import ways_of
from saas.territory import queries as territory
from saas.web.forms import Form
from saas.web.pages import render


@pages.page("/people", needs=VIEW, methods=("GET", "POST"))
def people(actor: Actor) -> ResponseReturnValue:
    """Everybody with a post or a home in the actor's reach."""
    vacant = queries.count_vacant(actor.reach(VIEW))
    may = actor.may(MANAGE)
    return answer(PEOPLE_LIST, actor, "accounts/people.html", vacant=vacant, may_manage=may)


@pages.page("/people/add", needs=MANAGE, methods=("GET", "POST"))
def add_person(actor: Actor) -> ResponseReturnValue:
    """Somebody new with a first post: first the unit, then who and what."""
    code = request.args.get("unit", "")
    if not code:
        return choose_unit(actor, _l("Add a person"), "accounts.add_person", hint=_hint())
    unit = chosen_unit(code, actor)
    form = Form(PersonIn)
    if form.accepts(lambda **typed: commands.add_with_post(unit=unit, actor=actor, **typed)):
        flash(_l("Added. Make out an invitation, so that this person can sign in."), "done")
        return redirect(url_for("accounts.person", person_id=form.result.id))
    return render(
        "accounts/add_person.html",
        form.status,
        form=form,
        unit=unit,
        posts=queries.posts_at(unit.id),
        roles=queries.roles_at(unit, actor=actor),
        homes=queries.homes_at(unit, actor=actor),
    )


def _hint() -> str:
    """Where a resident is added: the kinds of unit that people live in, as the package has them."""
    kinds = territory.kind_names()
    homes = [say(kinds[kind]) for role in queries.roles() if role.resident for kind in role.at]
    if not homes:
        return ""
    return _("A resident: choose the %(kind)s that is home.", kind=_(", ").join(homes))


@pages.page("/people/<int:person_id>", needs=VIEW)
def person(actor: Actor, person_id: int) -> ResponseReturnValue:
    """One person: facts, posts now and before, what may be done."""
    return _page_of(queries.access_person(person_id, actor=actor), actor)


def _page_of(person: Person, actor: Actor, made: Keys | None = None) -> ResponseReturnValue:
    return render(
        "accounts/person.html",
        person=person,
        phone=queries.phone_shown(person),
        posts=queries.posts_of([person.id]).get(person.id, []),
        past=queries.past_posts(person.id),
        home=territory.find_unit(person.home_unit_id),
        **_handed(person, made),
        link_until=queries.link_open_until(person),
        may_manage=queries.manages(actor, person),
        above=permissions.is_above(queries.load_actor(person.id), actor),
        may_audit=actor.may(permissions.AUDIT),
        wrong=commands.wrong_tries(person),
        second=bool(ways_of(person.id)),
    )


@pages.page("/people/<int:person_id>/edit", needs=MANAGE, methods=("GET", "POST"))
def edit_person(actor: Actor, person_id: int) -> ResponseReturnValue:
    """Another name, login or number."""
    known = queries.access_person(person_id, actor=actor, permission=MANAGE)
    start = {"name": known.name, "login": known.login or ""}
    form = Form(PersonChange, start, thing=("person", known.id))
    if form.accepts(lambda **typed: commands.change_person(known, actor=actor, **typed)):
        flash(_l("Changed."), "done")
        return redirect(url_for("accounts.person", person_id=person_id))
    phone = queries.phone_shown(known)
    return render("accounts/edit_person.html", form.status, form=form, person=known, phone=phone)


@pages.page("/people/<int:person_id>/invite", needs=MANAGE, methods=("POST",))
def invite(actor: Actor, person_id: int) -> ResponseReturnValue:
    """An invitation, shown in this one answer and never again."""
    known = queries.access_person(person_id, actor=actor, permission=MANAGE)
    return _page_of(known, actor, made=commands.invite(known, actor=actor))


@pages.page("/people/<int:person_id>/reset", needs=MANAGE, methods=("GET", "POST"), fresh=True)
def reset(actor: Actor, person_id: int) -> ResponseReturnValue:
    """A link for a new password; the old one stops working at once."""
    known = queries.access_person(person_id, actor=actor, permission=MANAGE)
    if request.method == "POST":
        return _page_of(known, actor, made=commands.reset_password(known, actor=actor))
    return render("accounts/reset.html", person=known)


def _handed(person: Person, made: Keys | None) -> dict[str, Any]:
    """The slip of keys that were made just now."""
    found = slips.slips_of([(person, made)]) if made else []
    return {"slips": found, "table": slips.table_of(found)}


@pages.page("/people/<int:person_id>/try-again", needs=MANAGE, methods=("POST",))
def let_try_again(actor: Actor, person_id: int) -> ResponseReturnValue:
    """Somebody mistyped too often and stands here: let them try at once."""
    known = queries.access_person(person_id, actor=actor, permission=MANAGE)
    commands.let_try_again(known, actor=actor)
    flash(_l("This person can sign in again at once."), "done")
    return redirect(url_for("accounts.person", person_id=person_id))


@pages.page("/people/<int:person_id>/disable", needs=MANAGE, methods=("GET", "POST"), fresh=True)
def disable(actor: Actor, person_id: int) -> ResponseReturnValue:
    """Let somebody in no more, saying why."""
    known = queries.access_person(person_id, actor=actor, permission=MANAGE)
    form = Form(Reason)
    if form.accepts(lambda reason: commands.disable_person(known, reason=reason, actor=actor)):
        flash(_l("Shut out. Every sign-in has ended and the posts are vacant."), "done")
        return redirect(url_for("accounts.person", person_id=person_id))
    posts = queries.posts_of([known.id]).get(known.id, [])
    return render("accounts/disable.html", form.status, form=form, person=known, posts=posts)


@pages.page("/people/<int:person_id>/enable", needs=MANAGE, methods=("POST",))
def enable(actor: Actor, person_id: int) -> ResponseReturnValue:
    """Let somebody in again."""
    known = queries.access_person(person_id, actor=actor, permission=MANAGE)
    commands.enable_person(known, actor=actor)
    flash(_l("Let in again. Posts have to be given again."), "done")
    return redirect(url_for("accounts.person", person_id=person_id))
