"""What the operator does for a district's beginning: request it, and invite its first person."""

from __future__ import annotations

from typing import Any

from saas.accounts import commands as accounts
from saas.accounts import queries as people
from saas.accounts.commands import Keys
from saas.kernel.context import SYSTEM, Actor, entering
from saas.kernel.crypto import token_hash
from saas.kernel.errors import Conflict
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.unit_of_work import unit_of_work
from saas.packages.library import queries as library
from saas.tenancy import commands as tenancy
from saas.tenancy import queries as tenants
from saas.tenancy.queries import Tenant

_WITH_DOORS = ("preparing", "active")


def request_district(
    keys: Keys, *, administrator: str, login: str, actor: Actor, **given: Any
) -> Tenant:
    """Ask for a district, whose first administrator gets in by ``keys``."""
    library.read_package(given["package"])
    first = {"name": administrator, "login": login, "token_hash": token_hash(keys.token)}
    seed = {"administrator": first, "official_code": given["official_code"]}
    made = tenancy.request_tenant(**given, seed=seed, actor=actor)
    with entering(tenants.as_scope(made)):  # the key of codes is the district's own
        first = {**first, "short_hash": accounts.short_hash(keys.code)}
    made.seed = {**made.seed, "administrator": first}
    return made


def invite_first(code: str, *, actor: Actor) -> Keys:
    """A new invitation for the first administrator, while nobody who administers has been in.

    The operator opens no district that has its own people: `Conflict` once one of them was there.
    """
    district = tenants.access_tenant(code)
    if district.state not in _WITH_DOORS:
        raise Conflict
    with entering(tenants.as_scope(district)), unit_of_work():
        every = people.administrators()
        first = people.find_person(every[0].id) if every else None
        if first is None or any(one.last_sign_in_at for one in every) or first.password_hash:
            raise Conflict(_l("An administrator has been in: the district invites its own people."))
        keys = accounts.invite(first, actor=SYSTEM)
    tenancy.note_invitation(district, actor=actor)
    return keys
