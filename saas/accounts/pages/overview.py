"""What roles may do, and who did what."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from saas.accounts import queries
from saas.accounts.books import AUDIT_BOOK
from saas.accounts.lists import AUDIT_LIST
from saas.accounts.pages.blueprint import pages
from saas.accounts.permissions import AUDIT, VIEW
from saas.kernel.context import Actor
from saas.kernel.runtime import wired
from saas.listing.pages import answer
from saas.seals import queries as seals
from saas.web.pages import render


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
    sealed, check = seals.newest(AUDIT_BOOK.code), seals.last_check(done=True)
    return answer(AUDIT_LIST, actor, "accounts/audit.html", sealed=sealed, check=check)
