"""What people and posts take from a model package, and a new district's first administrator."""

from __future__ import annotations

from typing import Any

from saas.accounts import commands, queries
from saas.accounts.models import Role
from saas.kernel.context import SYSTEM
from saas.kernel.db import session
from saas.packages.schemas import Package
from saas.territory.queries import root


def install(package: Package) -> None:
    """The roles, the most powerful first."""
    session.add_all(
        Role(
            code=role.code,
            name=dict(role.name),
            position=i,
            at=list(role.at),
            permissions=list(role.permissions),
            administers=role.administers,
            resident=role.resident,
        )
        for i, role in enumerate(package.roles)
    )
    session.flush()


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
