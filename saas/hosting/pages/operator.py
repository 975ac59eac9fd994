"""In the hub: what an operator does with a district besides its life as a tenant."""

from __future__ import annotations

from flask import redirect, request
from flask.typing import ResponseReturnValue

from saas.hosting import commands, queries
from saas.kernel.context import Actor, entering
from saas.kernel.errors import NotFound
from saas.kernel.unit_of_work import unit_of_work
from saas.tenancy import commands as tenancy
from saas.tenancy import queries as tenants
from saas.tenancy import rules
from saas.web.pages import SIGNED_IN, Pages, render

pages = Pages("hosted", "saas.hosting", plane="hub")


@pages.page("/hub/districts/<code>/support", needs=SIGNED_IN, methods=("GET", "POST"), fresh=True)
def support(actor: Actor, code: str) -> ResponseReturnValue:
    """Go and look into a district that lets operators look in; elsewhere there is nothing here."""
    district = tenants.access_tenant(code)
    if district.state not in rules.WORKING:
        raise NotFound
    scope = tenants.as_scope(district)
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
