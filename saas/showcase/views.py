"""The first page's parts, ready for a template: figures with their records, doors with hints."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import url_for

from saas.accounts import queries as people
from saas.accounts.permissions import SETTINGS
from saas.demands import permissions as demand_permissions
from saas.demands import queries as demands
from saas.kernel.context import Actor, Label, current_tenant
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import say
from saas.rooms import permissions as room_permissions
from saas.rooms import queries as rooms
from saas.territory import permissions as unit_permissions
from saas.territory import queries as units
from saas.territory.queries import Unit
from saas.web.shell import is_staff


@dataclass(frozen=True, slots=True)
class Figure:
    """A counted number; ``url`` opens what it counts, for those who may see that."""

    number: int
    label: str
    url: str | None = None

    @property
    def text(self) -> str:
        """The number as it is printed."""
        return f"{self.number}"


@dataclass(frozen=True, slots=True)
class Door:
    """One sample person to enter a demo district as, and what can be tried as them."""

    url: str
    seal: str
    role: str
    who: str
    hint: str
    here: bool


def figures(root: Unit, actor: Actor) -> list[Figure]:
    """What the district has and does, each number by a query."""
    return [*_places(root, actor), *_rooms(root), *_demands(root, actor)]


def _places(root: Unit, actor: Actor) -> Iterator[Figure]:
    counts = units.count_by_kind(root.path)
    seen = actor.may(unit_permissions.VIEW, root.path)
    for kind, name in units.kind_names().items():
        if number := counts.get(kind):
            url = url_for("territory.tree", kind=kind) if seen else None
            yield Figure(number, say(name), url)


def _rooms(root: Unit) -> Iterator[Figure]:
    counts = rooms.counts(root.path)
    if counts:
        yield Figure(counts.get("open", 0), _("rooms open to residents"), url_for("rooms.listing"))


def _demands(root: Unit, actor: Actor) -> Iterator[Figure]:
    """Who may see all of them gets the numbers of the two lists, everybody else the totals.

    A duplicate is the same matter as what it was merged into and is not received twice.
    """
    states = demands.count_by_state()
    every = sum(states.values())
    if actor.may(demand_permissions.VIEW, root.path):
        area = demands.counts(actor)["area"]
        yield Figure(area, _("demands in hand"), url_for("demands.listing", list="area"))
        ended = url_for("demands.listing", list="ended")
        yield Figure(every - area, _("demands finished"), ended)
        return
    solved = states.get("resolved", 0) + states.get("confirmed", 0)
    yield Figure(every - states.get("merged", 0), _("demands received"))
    yield Figure(solved, _("demands resolved"))


def desk_of(actor: Actor) -> str | None:
    """Where somebody who works here begins; None for residents and visitors."""
    if current_tenant().staff_only and actor.may(SETTINGS):
        return url_for("setup.begin")  # before anything else there is a district to prepare
    return url_for("workbench.start") if is_staff(actor) else None


def doors(actor: Actor) -> list[Door]:
    """The sample people of a demo district in the order to show."""
    entries = people.demo_entries_with_roles()
    roles = {role.code: role for role in people.roles()}
    posts = people.posts_of([person.id for person, _role in entries])
    homes = units.names([person.home_unit_id for person, _role in entries if person.home_unit_id])
    return [
        Door(
            url=url_for("showcase.enter", number=person.demo_entry),
            seal=_first(roles[code].name),
            role=say(roles[code].name),
            who=_who(person, posts.get(person.id, []), homes),
            hint=_hint(roles[code]),
            here=person.id == actor.person_id,
        )
        for person, code in entries
        if code in roles
    ]


def _first(name: Label) -> str:
    return next(iter(name.values()), "")[:1] if "zh" not in name else name["zh"][:1]


def _who(person: Any, posts: list[people.HeldPost], homes: dict[int, Label]) -> str:
    at = posts[0].unit_name if posts else homes.get(person.home_unit_id or 0)
    return f"{person.name} · {say(at)}" if at else str(person.name)


def _hint(role: Any) -> str:
    """What can be tried with a role, told by what it may do: districts name roles as they like."""
    may = set(role.permissions)
    if role.resident:
        return _("Ask for something; see who has it and until when.")
    if role.administers:
        return _("See the whole district: its units, people, rooms and demands.")
    if room_permissions.CONFIGURE in may:
        return _("Shape the rooms of a street, and handle what comes up to it.")
    if demand_permissions.SUPERVISE in may:
        return _("Decide what no level below could solve.")
    if demand_permissions.HANDLE in may:
        return _("Accept, solve, pass up or return what residents ask for.")
    if room_permissions.KEEP in may:
        return _("Run a room from day to day: hours, services, a pause.")
    return _("Look at everything, change nothing.")
