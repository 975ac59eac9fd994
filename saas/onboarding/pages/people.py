"""The step of people and posts: a grid of rows, and invitations to print."""

from __future__ import annotations

from typing import Any

from flask import flash, request, url_for
from flask import redirect as go
from flask.typing import ResponseReturnValue

from saas.accounts import queries as accounts
from saas.kernel.context import Actor
from saas.kernel.i18n import ngettext
from saas.onboarding import commands, views
from saas.onboarding.commands import Row
from saas.onboarding.pages.blueprint import setup
from saas.onboarding.pages.wizard import step_page
from saas.onboarding.permissions import SETTINGS
from saas.onboarding.schemas import GRID_ROWS, PeopleIn
from saas.web.forms import Form


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
    links: list[tuple[str, str]] | None = None,
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
        links=links,
    )


@setup.page("/setup/people/invitations", needs=SETTINGS, methods=("POST",))
def invitations(actor: Actor) -> ResponseReturnValue:
    """Invitations, shown in this one answer to be printed: for those who hold none, or anew for
    everybody who has never signed in.
    """
    made = commands.invite_staff(anew=bool(request.form.get("anew")), actor=actor)
    links = [
        (person.name, url_for("accounts.welcome", token=token, _external=True))
        for person, token in made
    ]
    seats = views.seats(actor, "")
    return _page(actor, Form(PeopleIn, suggested=_begin(seats, second=False)), seats, links)
