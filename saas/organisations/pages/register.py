"""The register at work: the list, one organisation with its acts, adding to it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas import attachments
from saas.attachments import answers
from saas.catalogue.pages import do
from saas.forms.fields import labels_of, schema_of, stored
from saas.kernel.context import Actor
from saas.kernel.crypto import new_token
from saas.kernel.errors import Forbidden, NotFound
from saas.kernel.i18n import gettext as _
from saas.listing.pages import answer
from saas.organisations import commands, forms, permissions, queries, views, words
from saas.organisations.commands import Deed
from saas.organisations.lists import REGISTER
from saas.organisations.models import Organisation
from saas.organisations.pages.blueprint import pages
from saas.organisations.permissions import DECIDE, EDIT, VIEW
from saas.web.forms import Form
from saas.web.pages import SIGNED_IN, render
from saas.web.shell import layout_of


@pages.page("/organisations", needs=VIEW, methods=("GET", "POST"))
def register(actor: Actor) -> ResponseReturnValue:
    """Everything in reach, by type."""
    return answer(
        REGISTER, actor, "organisations/register.html",
        edits=actor.may(EDIT), decides=actor.may(DECIDE),
    )  # fmt: skip


@pages.page("/organisations/<code>", needs=VIEW, methods=("GET", "POST"))
def record(actor: Actor, code: str) -> ResponseReturnValue:
    """One organisation: what it is, how it grew, what is missing, what can be done next."""
    group = queries.access_group(code, actor=actor, lock=request.method == "POST")
    return record_page(group, actor, url_for("organisations.record", code=code), "record")


def record_page(
    group: Organisation, actor: Actor, here: str, face: str, **also: Any
) -> ResponseReturnValue:
    """The page of one organisation with its acts, for staff and for its own people."""
    form = Form(forms.ActIn)

    def act(seen: int, **given: Any) -> None:
        commands.act(group, Deed(**given), seen=seen, actor=actor)

    if form.accepts(act):
        flash(_("%(did)s.", did=_did(group, form.values["verb"])), "done")
        return redirect(
            here if group.state != "left" or face == "record" else url_for("organisations.own")
        )
    return render(
        f"organisations/{face}.html", form.status, form=form, record=views.record_of(group, actor),
        here=here, words=words, **kept(group), **also,
    )  # fmt: skip


def _did(group: Organisation, verb: str) -> str:
    row = words.VERBS[verb]
    if group.asked == verb:
        return _("Asked for; somebody else has to confirm: %(did)s", did=str(row.do))
    return str(row.done)


def kept(group: Organisation) -> dict[str, Any]:
    """What is kept of an organisation, as the templates show it."""
    posts, members = queries.posts_of(group), queries.members_of(group)
    mentors, papers = queries.mentors_of(group), queries.credentials_of(group)
    return {
        "posts": posts,
        "members": members,
        "people": queries.person_names([*posts, *members]),
        "credentials": papers,
        "copies": attachments.first_of("credential", [paper.id for paper in papers]),
        "rolls": queries.rolls_of(group),
        "signs": queries.signs_of(group),
        "mentors": mentors,
        "sessions": queries.sessions_of([m.row.id for m in mentors]),
        "links": queries.links_of(group),
        "areas": queries.areas_of(group),
        "plans": queries.plans_of(group),
        "branch": queries.branch_of(group),
        "post_name": views.post_name,
        "phone_of": views.phone_of,
    }


@pages.page("/organisations/start", needs=SIGNED_IN, methods=("GET", "POST"))
def start(actor: Actor) -> ResponseReturnValue:
    """Start a group: one page, on a phone in four minutes."""
    unit = queries.start_unit(request.values.get("unit", ""), actor)
    schema = schema_of(forms.START, extra=forms.StartIn)
    form = Form(schema, suggested={**stored(forms.START, None), "submission": new_token()})

    def begin(draft: bool, **given: Any) -> Organisation:
        leads = not given["leader_name"] and not actor.may(EDIT)
        return commands.start(unit=unit, leads=leads, propose=not draft, actor=actor, **given)

    if form.accepts(begin):
        said = (
            _("Kept as a draft.")
            if form.result.state == "draft"
            else _("Proposed. You will be told.")
        )
        flash(said, "done")
        mine = queries.is_own(form.result, actor)
        return redirect(url_for("organisations.own_group" if mine else "organisations.record",
                                code=form.result.code))  # fmt: skip
    return render(
        "organisations/start.html", form.status, form=form, shape=forms.START, unit=unit,
        labels=labels_of(forms.START), layout=layout_of(actor),
    )  # fmt: skip


@pages.page("/organisations/<code>/change", needs=SIGNED_IN, methods=("GET", "POST"))
def change(actor: Actor, code: str) -> ResponseReturnValue:
    """Other words about it."""
    group = access(code, actor)
    values = stored(forms.CHANGE[:3], group) | queries.points_at(group)
    form = Form(schema_of(forms.CHANGE, new=False), values, thing=("organisation", group.id))
    if form.accepts(lambda **given: commands.change(group, actor=actor, **given)):
        flash(_("Changed."), "done")
        return redirect(home_of(group, actor))
    return _form(form, forms.CHANGE, _("Change what is said of it"), group, actor)


@pages.page("/organisations/<code>/add/<what>", needs=SIGNED_IN, methods=("GET", "POST"))
def add(actor: Actor, code: str, what: str) -> ResponseReturnValue:
    """Add something to what is kept of it."""
    adding = forms.ADDINGS.get(what)
    if adding is None:
        raise NotFound
    group = access(code, actor)
    if not permissions.parts_of(actor, queries.standing_of(group)) & adding.parts:
        raise Forbidden
    shape = adding.fields_for(group)
    form = Form(schema_of(shape), suggested=stored(shape, None))
    if form.accepts(lambda **given: adding.command(group, actor=actor, **given)):
        flash(_("It is written down."), "done")
        return redirect(home_of(group, actor))
    return _form(form, shape, str(adding.title), group, actor)


def access(code: str, actor: Actor) -> Organisation:
    """The door for its own people and for staff."""
    return queries.access_group(code, actor=actor, lock=request.method == "POST")


def home_of(group: Organisation, actor: Actor) -> str:
    """The page of it that a reader has: staff the record, its people their own."""
    page = "organisations.record" if actor.may(VIEW) else "organisations.own_group"
    return url_for(page, code=group.code)


def _form(
    form: Form, shape: Any, title: str, group: Organisation, actor: Actor
) -> ResponseReturnValue:
    return render(
        "organisations/form.html", form.status, form=form, shape=shape, title=title, group=group,
        back=home_of(group, actor), labels=labels_of(shape), layout=layout_of(actor),
    )  # fmt: skip


@pages.page("/organisations/<code>/posts/<int:number>/end", needs=SIGNED_IN, methods=("POST",))
def end_post(actor: Actor, code: str, number: int) -> ResponseReturnValue:
    """Somebody holds a post no more."""
    return _done(partial(commands.end_post, post_id=number, actor=actor), code, actor)


@pages.page("/organisations/<code>/mentors/<int:number>/end", needs=SIGNED_IN, methods=("POST",))
def end_mentor(actor: Actor, code: str, number: int) -> ResponseReturnValue:
    """Somebody mentors it no more."""
    return _done(partial(commands.end_mentor, mentorship_id=number, actor=actor), code, actor)


@pages.page("/organisations/<code>/links/<int:number>/end", needs=SIGNED_IN, methods=("POST",))
def end_link(actor: Actor, code: str, number: int) -> ResponseReturnValue:
    """It leads another no more."""
    return _done(partial(commands.end_link, link_id=number, actor=actor), code, actor)


@pages.page("/organisations/<code>/members/<int:number>/off", needs=SIGNED_IN, methods=("POST",))
def take_off(actor: Actor, code: str, number: int) -> ResponseReturnValue:
    """A name goes off the list."""
    return _done(partial(commands.take_off, member_id=number, actor=actor), code, actor)


def _done(command: Callable[..., None], code: str, actor: Actor) -> ResponseReturnValue:
    group = access(code, actor)
    return do(lambda: command(group), _("It is written down."), home_of(group, actor))


@pages.page("/organisations/<code>/sheet", needs=SIGNED_IN)
def sheet(actor: Actor, code: str) -> ResponseReturnValue:
    """The sheet of its filing, to print and sign."""
    group = access(code, actor)
    return render("organisations/sheet.html", record=views.record_of(group, actor), words=words,
                  layout=layout_of(actor), **kept(group))  # fmt: skip


@pages.page("/organisations/<code>/papers/<int:number>", needs=VIEW)
def paper(actor: Actor, code: str, number: int) -> ResponseReturnValue:
    """The copy of a paper, for staff."""
    group = queries.access_group(code, actor=actor)
    if number not in {row.id for row in queries.credentials_of(group)}:
        raise NotFound
    return answers.answer(attachments.one("credential", number, 1))


@pages.page(
    "/organisations/<code>/sessions/<int:number>/confirm", needs=SIGNED_IN, methods=("POST",)
)
def confirm(actor: Actor, code: str, number: int) -> ResponseReturnValue:
    """The other side says that a session took place."""
    group = queries.group_by_code(code)
    commands.confirm_session(group, number, actor=actor)
    flash(_("Confirmed."), "done")
    own = queries.is_own(group, actor)
    return redirect(
        url_for("organisations.own_group", code=code) if own else url_for("organisations.mentoring")
    )
