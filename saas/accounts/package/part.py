"""What people and posts take from a model package, and a new district's first administrator."""

from __future__ import annotations

from typing import Any

from saas.accounts import commands, queries
from saas.accounts.models import Role
from saas.accounts.package import checks, contents, shapes
from saas.accounts.package.shapes import Roles
from saas.kernel.context import SYSTEM
from saas.kernel.i18n import lazy_gettext as _l
from saas.packages.parts import Address, File, Listed, Package, Part, drop, placed, plugs, put, said
from saas.territory import queries as territory
from saas.territory.queries import root


def _bring(package: Package) -> None:
    """The roles, the most powerful first. A role that a post carries is never taken away."""
    gone = put(Role, {row.code: row for row in queries.roles()}, placed(package.of(Roles).roles))
    carried = queries.count_posts_by_role()
    drop([role for role in gone if role.code not in carried])


def _read() -> dict[str, Any]:
    """The roles as they are."""
    return {"accounts": {"roles": [said(shapes.Role, role) for role in queries.roles()]}}


def _held() -> dict[Address, int]:
    """Roles that posts carry, retired posts too; departments in which somebody has a post."""
    posts = queries.count_posts_by_role()
    filled = queries.count_filled_posts(territory.DEPARTMENT)
    roles: dict[Address, int] = {("accounts", "roles", code): n for code, n in posts.items()}
    return roles | {("territory", "departments", code): n for code, n in filled.items()}


def _permission(name: str) -> str:
    """A permission in words; the domains that declare permissions stand above this one, too."""
    return plugs().domains.permission_words(name)


PART = Part(
    files=(File("accounts", Roles, _l("Roles"), place=20),),
    lists=(
        Listed("accounts", "roles", _l("role"), _l("Roles"), refs={"at": ("territory", "kinds")},
               sets=("at", "permissions"), says={"permissions": _permission}),
    ),
    check=checks.check,
    check_permissions=checks.check_permissions,
    words={
        "administers": _l("administers"),
        "at": _l("kinds of units where it is held"),
        "permissions": _l("permissions"),
        "resident": _l("is the resident's"),
    },
    explained={
        "Roles": _l("Who may do what, at which kinds of units."),
        "Role": _l("A set of permissions that a post may carry."),
        "Role.at": _l("What is granted at a unit reaches everything below it."),
        "Role.administers": _l("The role of the first person of a district; exactly one."),
        "Role.resident": _l("The role of everybody who lives there; exactly one."),
    },
    counts=contents.counts,
    sections=contents.sections,
    bring=_bring,
    read=_read,
    held=_held,
    tables=("roles",),
)  # fmt: skip


def seed(seed: dict[str, Any]) -> None:
    """The first administrator, whose invitation was made out when the district was requested."""
    first = seed.get("administrator")
    if not first or queries.person_by_login(first["login"]):
        return
    unit = root()
    if unit is not None:
        commands.set_up_administrator(
            name=first["name"],
            login=first["login"],
            token_hash=first.get("token_hash"),
            short_hash=first.get("short_hash"),
            unit=unit,
            actor=SYSTEM,
        )
