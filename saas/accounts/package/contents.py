"""The roles of a package as the page of its contents shows them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from saas.accounts.package.shapes import Role, Roles
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import say
from saas.packages.parts import Count, Package, Section, plugs
from saas.packages.words import shown_in


@dataclass(frozen=True, slots=True)
class RoleView:
    """A role, where it is held, and what it may do: one text for each area."""

    name: str
    at: str
    note: str
    may: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RolesView:
    """The areas of permissions in their order, and the roles."""

    areas: tuple[str, ...]
    roles: tuple[RoleView, ...]


def counts(package: Package) -> Iterator[Count]:
    """How many roles."""
    yield Count(len(package.of(Roles).roles), _("roles"), "roles")


def sections(package: Package) -> Iterator[Section]:
    """Who may do what, where."""
    parts = package.parts()
    roles = tuple(_role(role, parts) for role in package.of(Roles).roles)
    view = RolesView(tuple(str(area.words) for area in plugs().domains.areas.values()), roles)
    yield Section(40, "roles", _("Roles"), "accounts/_package.html", view)


def _role(role: Role, parts: dict[str, object]) -> RoleView:
    domains = plugs().domains
    may = domains.allowed(role.permissions)
    note = _("administers the district") if role.administers else ""
    note = _("own matters only") if role.resident else note
    at = shown_in(("accounts", "roles", role.code), "at", role.at, parts)
    cells = tuple(_(", ").join(may.get(area, ())) for area in domains.areas)
    return RoleView(say(role.name), at, note, cells)
