"""What the operator does for a district's beginning: request it, and invite its first person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from saas.accounts import commands as accounts
from saas.accounts import queries as people
from saas.accounts.commands import Keys
from saas.kernel.context import SYSTEM, Actor, Label, entering
from saas.kernel.crypto import token_hash
from saas.kernel.errors import Conflict, NotFound
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.runtime import wired
from saas.kernel.unit_of_work import unit_of_work
from saas.packages.library import commands as shelf
from saas.packages.library import queries as library
from saas.packages.model import commands as model
from saas.showcase.demos import commands as demos
from saas.tenancy import commands as tenancy
from saas.tenancy import queries as tenants
from saas.tenancy.queries import Tenant
from saas.territory import queries as units

_WITH_DOORS = ("preparing", "active")


def request_district(
    keys: Keys,
    *,
    administrator: str,
    login: str,
    streets: Sequence[Label] = (),
    actor: Actor,
    **given: Any,
) -> Tenant:
    """Ask for a district, whose first administrator gets in by ``keys``."""
    library.read_package(given["package"])
    first = {"name": administrator, "login": login, "token_hash": token_hash(keys.token)}
    seed = {"administrator": first, "official_code": given["official_code"]}
    seed["streets"] = [{"name": name} for name in streets]
    made = tenancy.request_tenant(**given, seed=seed, actor=actor)
    with entering(tenants.as_scope(made)):  # the key of codes is the district's own
        first = {**first, "short_hash": accounts.short_hash(keys.code)}
    made.seed = {**made.seed, "administrator": first}
    return made


def make_real(demo: str, keys: Keys, *, code: str, actor: Actor, **given: Any) -> Tenant:
    """A real district with the configuration of a demo: its model, as a package of its own, the
    names of its streets and its look. Nobody and nothing of the sample comes along.
    """
    shown = tenants.access_working(demo)
    scope = tenants.as_scope(shown)
    if not scope.ends_at:
        raise NotFound
    package = code.replace("-", "_")
    with entering(scope), unit_of_work():
        root = units.root()
        streets = [dict(u.name) for u in units.children(root) if units.is_place(u)] if root else []
        parts = model.export(
            key=package, version="1.0.0", title=scope.name, publisher=scope.name, actor=actor
        )
    edition = shelf.open_archive(model.as_zip(parts), code)
    shelf.keep(edition, permissions=wired().domains.permissions, actor=actor)
    made = request_district(
        keys, code=code, package=package, look=shown.look, streets=streets, official_code="",
        actor=actor, **given,
    )  # fmt: skip
    demos.mark_made(shown.id, made.id)
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
