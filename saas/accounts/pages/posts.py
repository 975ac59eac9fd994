"""Posts: what there is at a unit, who holds it, what is vacant."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas.accounts import commands, queries
from saas.accounts.pages.blueprint import pages
from saas.accounts.pages.choosing import choose_unit, chosen_unit
from saas.accounts.permissions import MANAGE, VIEW
from saas.accounts.schemas import GivePostIn, PostIn
from saas.kernel.context import Actor
from saas.kernel.errors import NotFound
from saas.kernel.i18n import lazy_gettext as _l
from saas.territory import queries as territory
from saas.territory.events import Section, unit_shown
from saas.web.forms import Form
from saas.web.pages import render
from saas.web.shell import PageOf, page_number

_PAGE = 30


@unit_shown.connect
def _posts_section(unit_id: int, *, path: str, actor: Actor) -> Section | None:
    """The posts with their holders, on the unit's own page."""
    if not actor.may(VIEW, path):
        return None
    values = {"posts": queries.posts_at(unit_id), "may_manage": actor.may(MANAGE, path)}
    return Section("accounts/_posts_section.html", values)


@pages.page("/people/vacant", needs=VIEW)
def vacant(actor: Actor) -> ResponseReturnValue:
    """Posts in reach that nobody holds, and units that have none: where something could wait."""
    number, reach = page_number(), actor.reach(VIEW)
    rows, total = queries.vacant_posts(reach, number=number, size=_PAGE)
    bare, bare_total = queries.bare_units(reach)
    return render(
        "accounts/vacant.html",
        rows=rows,
        page=PageOf(number, total, _PAGE),
        bare=bare,
        bare_total=bare_total,
        kinds=territory.kind_names(),
        may_manage=actor.may(MANAGE),
    )


@pages.page("/units/<code>/posts", needs=MANAGE, methods=("GET", "POST"))
def posts_at(actor: Actor, code: str) -> ResponseReturnValue:
    """The posts of a unit, and a form for one more."""
    unit = territory.access_unit(code, MANAGE, actor=actor)
    form = Form(PostIn)
    if form.accepts(lambda **typed: commands.open_post(unit=unit, actor=actor, **typed)):
        flash(_l("The post is there and vacant: give it to somebody."), "done")
        return redirect(url_for("accounts.posts_at", code=code))
    return render(
        "accounts/posts_at.html",
        form.status,
        form=form,
        unit=unit,
        posts=queries.posts_at(unit.id),
        roles=queries.roles_at(unit, actor=actor),
    )


@pages.page("/people/<int:person_id>/posts", needs=MANAGE, methods=("GET", "POST"), fresh=True)
def give(actor: Actor, person_id: int) -> ResponseReturnValue:
    """Give somebody a post: first the unit, then the post."""
    person = queries.access_person(person_id, actor=actor, permission=MANAGE)
    code = request.args.get("unit", "")
    if not code:
        title = _l("Give %(name)s a post", name=person.name)
        return choose_unit(actor, title, "accounts.give", person_id=person_id)
    unit = chosen_unit(code, actor)
    form = Form(GivePostIn)
    if form.accepts(lambda post: commands.fill_post(person, unit=unit, post=post, actor=actor)):
        flash(_l("The post is given; it counts from now on."), "done")
        return redirect(url_for("accounts.person", person_id=person_id))
    return render(
        "accounts/give.html",
        form.status,
        form=form,
        person=person,
        unit=unit,
        posts=queries.posts_at(unit.id),
        roles=queries.roles_at(unit, actor=actor),
        link_until=queries.link_open_until(person),
    )


@pages.page(
    "/people/<int:person_id>/posts/<int:post_id>/take", needs=MANAGE, methods=("GET", "POST")
)
def take(actor: Actor, person_id: int, post_id: int) -> ResponseReturnValue:
    """End a holding, after asking."""
    person = queries.access_person(person_id, actor=actor, permission=MANAGE)
    post = queries.access_post(post_id, actor=actor)
    held = next(
        (h for h in queries.posts_of([person.id]).get(person.id, []) if h.id == post_id), None
    )
    if held is None:
        raise NotFound
    if request.method == "POST":
        commands.take_post(person, post, actor=actor)
        flash(_l("Taken. The post is vacant until it is given again."), "done")
        return redirect(url_for("accounts.person", person_id=person_id))
    return render("accounts/take.html", person=person, post=held)


@pages.page("/posts/<int:post_id>/retire", needs=MANAGE, methods=("GET", "POST"))
def retire(actor: Actor, post_id: int) -> ResponseReturnValue:
    """Take a post out of use, after asking."""
    post = queries.access_post(post_id, actor=actor)
    held = [h for h in queries.posts_at(post.unit_id) if h.id == post_id]
    if not held:
        raise NotFound
    if request.method == "POST":
        commands.retire_post(post, actor=actor)
        flash(_l("The post is out of use."), "done")
        return redirect(url_for("accounts.posts_at", code=held[0].unit_code))
    return render("accounts/retire_post.html", held=held, post=held[0])
