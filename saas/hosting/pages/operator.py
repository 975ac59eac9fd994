"""In the hub: what an operator does with a district besides its life as a tenant."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas.accounts.commands import Keys
from saas.hosting import commands, queries
from saas.hosting import rules as hosting_rules
from saas.hosting.schemas import AdministratorIn, EditionIn
from saas.kernel.context import Actor, Tenant, entering
from saas.kernel.crypto import masked_name
from saas.kernel.errors import NotFound
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.unit_of_work import reading, unit_of_work
from saas.tenancy import commands as tenancy
from saas.tenancy import migrating
from saas.tenancy import queries as tenants
from saas.tenancy.pages import keep_invitation
from saas.web.forms import Form
from saas.web.pages import SIGNED_IN, Pages, render

pages = Pages("hosted", "saas.hosting", plane="hub")


@pages.page("/hub/districts/<code>/support", needs=SIGNED_IN, methods=("GET", "POST"), fresh=True)
def support(actor: Actor, code: str) -> ResponseReturnValue:
    """Go and look into a district that lets operators look in; elsewhere there is nothing here."""
    district, scope = _open(code)
    if request.method == "GET":
        with entering(scope):
            grant = queries.living_grant()
            found = {"reason": grant.reason, "until": grant.ends_at} if grant else None
        if found is None:
            raise NotFound
        return render("hosting/look_in.html", district=district, grant=found)
    tenancy.note_looking(code, actor=actor)
    with entering(scope), unit_of_work():
        ticket = commands.new_ticket(actor=actor)
    return redirect(f"{request.script_root}/d/{code}/support/enter/{ticket}", 303)


@pages.page(
    "/hub/districts/<code>/administrators", needs=SIGNED_IN, methods=("GET", "POST"), fresh=True
)
def administrators(actor: Actor, code: str) -> ResponseReturnValue:
    """Invite another administrator where nobody is left who could."""
    district, scope = _open(code)
    form = Form(AdministratorIn)
    if form.accepts(lambda **typed: _invite(code, typed, actor)):
        keep_invitation(district.code, form.result)
        flash(_l("Invited. Who administers the district so far is told."), "done")
        return redirect(url_for("tenancy.show", code=district.code))
    with entering(scope), reading():
        found = [(masked_name(one.name), one.last_sign_in_at) for one in queries.administrators()]
        busy = queries.is_administered()
    return render(
        "hosting/administrators.html",
        form.status,
        form=form,
        district=district,
        found=found,
        busy=busy,
        days=hosting_rules.ADMINISTERED.days,
    )


def _invite(code: str, typed: dict[str, str], actor: Actor) -> Keys:
    tenancy.note_administrator(code, reason=typed["reason"], actor=actor)
    with entering(_open(code)[1]), unit_of_work():
        keys, _person = commands.invite_administrator(**typed, actor=actor)
    return keys


@pages.page("/hub/districts/<code>/model", needs=SIGNED_IN, methods=("GET", "POST"))
def model(actor: Actor, code: str) -> ResponseReturnValue:
    """Which edition and revision a district runs, what it could take; tell it of one."""
    district, scope = _open(code)
    form = Form(EditionIn)
    if form.accepts(lambda edition: _offer(code, edition, actor)):
        flash(_l("The district's administrators have it in their inbox."), "done")
        return redirect(url_for("hosted.model", code=district.code))
    with entering(scope), reading():
        edition, newer = queries.editions()
    return render(
        "hosting/model.html",
        form.status,
        form=form,
        district=district,
        edition=edition,
        newer=newer,
        told=tenants.offered_to(district),
        head=migrating.head("tenant"),
    )


def _offer(code: str, edition: str, actor: Actor) -> None:
    tenancy.note_offer(code, edition, actor=actor)
    with entering(_open(code)[1]), unit_of_work():
        commands.offer_edition(edition, actor=actor)


def _open(code: str) -> tuple[tenants.Tenant, Tenant]:
    """A district that is open for work, and its scope; any other is not there for these pages."""
    district = tenants.access_working(code)
    return district, tenants.as_scope(district)
