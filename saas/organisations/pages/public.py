"""What everybody sees: groups near them, one group with a tap to join, the growth rings."""

from __future__ import annotations

from functools import partial

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas import attachments
from saas.attachments import answers
from saas.kernel.context import Actor
from saas.kernel.errors import NotFound
from saas.kernel.i18n import gettext as _
from saas.organisations import commands, lists, queries, rings, views, words
from saas.organisations.pages.blueprint import pages
from saas.web.pages import PUBLIC, SIGNED_IN, render
from saas.web.shell import PageOf, layout_of, page_number

_SIZE = 20


@pages.page("/groups", needs=PUBLIC)
def groups(actor: Actor) -> ResponseReturnValue:
    """Groups, the nearest to the reader's home first."""
    asked = {key: request.args.get(key, "")[:60] for key in ("q", "type", "stage")}
    home = next((grant.path for grant in actor.grants if grant.own_only), None)
    number = page_number()
    found, total = queries.found_near(
        home, words=asked["q"].strip(), kind=asked["type"], stage=asked["stage"], number=number,
        size=_SIZE,
    )  # fmt: skip
    return render(
        "organisations/groups.html",
        rows=lists.rows_of(found),
        page=PageOf(number, total, _SIZE),
        asked=asked,
        near=home is not None,
        types=queries.types(),
        mine=lists.rows_of(queries.own_groups(actor)),
        faces=queries.faces(found),
        layout=layout_of(actor),
    )


@pages.page("/groups/<code>", needs=PUBLIC)
def group(actor: Actor, code: str) -> ResponseReturnValue:
    """One group: what it does, where, its pictures, and how to join."""
    found = queries.open_group(code)
    return render(
        "organisations/group.html",
        group=found,
        row=lists.rows_of([found])[0],
        dots=views.dots_of([found])[found.id],
        signs=[one for one in queries.signs_of(found) if one.kind != "visit"][:6],
        areas=queries.areas_of(found),
        pictures=[one for one in attachments.of("organisation", found.id) if one.is_picture][:12],
        member=queries.is_member(found, actor),
        words=words,
        layout=layout_of(actor),
    )


@pages.page("/groups/<code>/pictures/<int:number>", needs=PUBLIC)
def picture(actor: Actor, code: str, number: int) -> ResponseReturnValue:
    """A picture of a group; of one that is not in the register yet, for who may see it."""
    group = queries.group_by_code(code)
    if not queries.is_open(group):
        queries.access_group(code, actor=actor)
    found = attachments.one("organisation", group.id, number)
    if not found.is_picture:
        raise NotFound
    return answers.answer(
        found, small="small" in request.args, seconds=600 if queries.is_open(group) else 0
    )


@pages.page("/groups/<code>/join", needs=SIGNED_IN, methods=("POST",))
def join(actor: Actor, code: str) -> ResponseReturnValue:
    """Join by a tap."""
    commands.join(queries.open_group(code), actor=actor)
    flash(_("You have joined. They will hear of it."), "done")
    return redirect(url_for("organisations.group", code=code))


@pages.page("/groups/<code>/leave", needs=SIGNED_IN, methods=("POST",))
def leave(actor: Actor, code: str) -> ResponseReturnValue:
    """Leave again."""
    commands.leave_members(queries.open_group(code), actor=actor)
    flash(_("You have left."), "done")
    return redirect(url_for("organisations.group", code=code))


@pages.page("/groups/rings", needs=PUBLIC)
def growth(actor: Actor) -> ResponseReturnValue:
    """The growth rings: a ring a stage, a dot an organisation."""
    address = partial(url_for, "organisations.groups")
    picture = rings.drawn(queries.all_living(), queries.every_type(), queries.stages(), address)
    return render("organisations/rings.html", picture=picture, layout=layout_of(actor))
