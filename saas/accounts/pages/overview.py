"""What roles may do, and who did what."""

from __future__ import annotations

from flask import request
from flask.typing import ResponseReturnValue

from saas.accounts import queries, views
from saas.accounts.pages.blueprint import pages
from saas.accounts.permissions import AUDIT, VIEW
from saas.kernel.context import Actor
from saas.kernel.runtime import wired
from saas.web.pages import render
from saas.web.shell import PageOf, page_number

_PAGE = 50


@pages.page("/roles", needs=VIEW)
def roles(actor: Actor) -> ResponseReturnValue:
    """Roles and permissions in words, as the model package gives them."""
    found = queries.roles()
    domains = wired().domains
    allowed = {role.code: domains.allowed(role.permissions) for role in found}
    areas = list(dict.fromkeys(area for row in allowed.values() for area in row))
    heads = {area: domains.area_words(area) for area in areas}
    return render("accounts/roles.html", roles=found, allowed=allowed, areas=heads)


@pages.page("/audit", needs=AUDIT)
def audit(actor: Actor) -> ResponseReturnValue:
    """Every deed in reach, newest first."""
    thing, who = request.args.get("thing", "")[:40], request.args.get("q", "")[:60].strip()
    action, of = request.args.get("action", "")[:60], request.args.get("id", "")
    thing_id = int(of) if of.isascii() and of.isdigit() and len(of) < 19 else None
    reach, number = actor.reach(AUDIT), page_number()
    rows, total = queries.audit_entries(
        reach, thing=thing, action=action, thing_id=thing_id, who=who, number=number, size=_PAGE
    )
    return render(
        "accounts/audit.html",
        rows=views.entries(rows, actor),
        page=PageOf(number, total, _PAGE),
        things=views.kinds(queries.audited_things(reach)),
        actions=views.actions(queries.audited_actions(reach, thing)) if thing else [],
        thing=thing,
        action=action,
        thing_id=thing_id,
        search=who,
    )
