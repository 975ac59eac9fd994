"""What people and posts take from a model package, and a new district's first administrator."""

from __future__ import annotations

from typing import Any

from saas.accounts import commands, queries
from saas.accounts.models import Role
from saas.kernel.context import SYSTEM
from saas.packages.parts import Address, Part, both, drop, put
from saas.packages.schemas import Package
from saas.territory import queries as territory
from saas.territory.queries import root


def _bring(package: Package) -> None:
    """The roles, the most powerful first. A role that a post carries is never taken away."""
    wanted = {
        role.code: {
            "code": role.code,
            "name": dict(role.name),
            "position": i,
            "at": list(role.at),
            "permissions": list(role.permissions),
            "administers": role.administers,
            "resident": role.resident,
        }
        for i, role in enumerate(package.roles)
    }
    gone = put(Role, {row.code: row for row in queries.roles()}, wanted)
    carried = queries.count_posts_by_role()
    drop([role for role in gone if role.code not in carried])


def _read() -> dict[str, Any]:
    """The roles as they are."""
    return {"accounts": {"roles": [_row(role) for role in queries.roles()]}}


def _row(role: Role) -> dict[str, Any]:
    flags = {"administers": role.administers, "resident": role.resident}
    return {
        "code": role.code,
        "name": both(role.name),
        "at": list(role.at),
        "permissions": list(role.permissions),
        **{name: True for name, said in flags.items() if said},
    }


def _held() -> dict[Address, int]:
    """Roles that posts carry, retired posts too; departments in which somebody has a post."""
    posts = queries.count_posts_by_role()
    filled = queries.count_filled_posts(territory.DEPARTMENT)
    roles: dict[Address, int] = {("accounts", "roles", code): n for code, n in posts.items()}
    return roles | {("territory", "departments", code): n for code, n in filled.items()}


PART = Part(_bring, _read, _held, tables=("roles",))


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
            unit=unit,
            actor=SYSTEM,
        )
