"""The step of people and posts: a grid of rows, and invitations to print."""

from __future__ import annotations

from typing import Any

from flask import flash, request, url_for
from flask import redirect as go
from flask.typing import ResponseReturnValue

from saas.accounts import queries as accounts
from saas.accounts import slips
from saas.kernel.context import Actor, current_tenant
from saas.kernel.errors import NotFound
from saas.kernel.i18n import ngettext
from saas.onboarding import commands, permissions, views, words
from saas.onboarding.commands import Row
from saas.onboarding.pages.blueprint import setup
from saas.onboarding.pages.wizard import step_page
from saas.onboarding.permissions import SETTINGS
from saas.onboarding.schemas import GRID_ROWS, InviteIn, PeopleIn
from saas.web.forms import Form
from saas.web.pages import render


@setup.page("/setup/people", needs=SETTINGS, methods=("GET", "POST"))
def people(actor: Actor) -> ResponseReturnValue:
    """Name, number, unit and role, row by row; units where nobody is stand there already."""
    seats = views.seats(actor, request.args.get("unit", "")[:40])
    form = Form(PeopleIn, suggested=_begin(seats, second=bool(request.args.get("second"))))
    if form.accepts(lambda rows: commands.add_people([Row(**r) for r in rows], actor=actor)):
        number = len(form.result)
        flash(ngettext("%(num)s person was added.", "%(num)s people were added.", number), "done")
        return go(url_for("setup.people"))
    return _page(actor, form, seats)


def _begin(seats: views.Seats, *, second: bool) -> dict[str, Any]:
    """What stands in the grid before anything is typed."""
    if second:
        roles = [role.code for role in accounts.roles() if role.administers]
        return {"unit-0": seats.top, "role-0": roles[0]}
    return {f"unit-{number}": code for number, code in enumerate(seats.begin[:GRID_ROWS])}


def _page(
    actor: Actor,
    form: Form,
    seats: views.Seats,
) -> ResponseReturnValue:
    staff, total = accounts.list_people([seats.path], state="staff", size=200)
    return step_page(
        "people",
        actor,
        form,
        seats=seats,
        rows=range(GRID_ROWS),
        staff=staff,
        total=total,
        held=accounts.posts_of([person.id for person in staff]),
        waiting=len(accounts.waiting_staff()),
        unasked=len(accounts.waiting_staff(unasked=True)),
    )


@setup.page("/setup/people/invitations", needs=SETTINGS, methods=("GET", "POST"))
def invitations(actor: Actor) -> ResponseReturnValue:
    """Who was invited, by street, and what became of it; pressed, slips for those who hold none,
    anew for everybody who has never signed in, or anew for one. They are in this one answer only.
    """
    if not permissions.sets_up(actor):
        raise NotFound
    form, made = Form(InviteIn), []
    if form.accepts(lambda **wanted: commands.invite_staff(actor=actor, **wanted)):
        made = slips.slips_of(form.result)
    staff = accounts.invited_staff()
    return render(
        "onboarding/invitations.html",
        form.status,
        form=form,
        slips=made,
        table=slips.table_of(made),
        asked=request.method == "POST",
        streets=views.by_street(staff),
        waiting=len(accounts.waiting_staff()),
        unasked=len(accounts.waiting_staff(unasked=True)),
        words=words.INVITED,
        in_setting_up=current_tenant().staff_only,
    )
