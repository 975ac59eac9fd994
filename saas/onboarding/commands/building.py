"""What the steps of the wizard do: several commands of the domains in one press of a button."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from saas.accounts import commands as accounts
from saas.accounts import queries as people
from saas.accounts.commands import Keys
from saas.accounts.queries import Person
from saas.demands.permissions import HANDLE
from saas.kernel.context import Actor
from saas.kernel.errors import Forbidden, Invalid, NotFound, not_listed
from saas.kernel.i18n import lazy_gettext as _l
from saas.onboarding import rules
from saas.onboarding.commands.checking import ensure_sets_up
from saas.rooms import commands as rooms
from saas.rooms import queries as room_queries
from saas.territory import commands as territory
from saas.territory import permissions as unit_permissions
from saas.territory import queries as units
from saas.territory.queries import Unit
from saas.themes import commands as cultures
from saas.themes import queries as themes


def add_streets(lines: str, *, actor: Actor) -> int:
    """Streets beneath the district, one a line, each with the rooms of the package planned.

    Those that are there already are passed over; returns how many came.
    """
    ensure_sets_up(actor)
    root = units.root()
    if root is None:
        raise Forbidden
    kind = next((kind.code for kind in units.kinds_under(root.kind) if _is_place(kind.code)), "")
    added = _add_lines(root, kind, lines, actor)
    for street in added:
        rooms.set_up_street(street, actor=actor)
    return len(added)


def _is_place(kind: str) -> bool:
    return kind != units.DEPARTMENT


def add_units(lines: str, *, parent: str, kind: str = "", actor: Actor) -> int:
    """Units beneath ``parent``, one a line; without a ``kind`` they are of the first that fits.

    Those that stand there already are passed over; returns how many came.
    """
    above = units.chosen_unit("parent", parent, actor=actor)
    fitting = [each.code for each in units.kinds_under(above.kind) if _is_place(each.code)]
    if not fitting or (kind and kind not in fitting):
        raise Invalid({"kind": [_l("A unit of this kind cannot stand there.")]})
    return len(_add_lines(above, kind or fitting[0], lines, actor))


def _add_lines(parent: Unit, kind: str, lines: str, actor: Actor) -> list[Unit]:
    if not actor.may(unit_permissions.EDIT, parent.path):
        raise Forbidden
    known = {unit.name.get("zh", "") for unit in units.children(parent)}
    names = rules.typed_lines(lines, known)
    return [territory.add_unit(kind=kind, name=name, parent=parent, actor=actor) for name in names]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the grid of people; without a ``role`` it is the usual one of the unit."""

    number: int
    name: str
    phone: str
    unit: str
    role: str = ""


def add_people(rows: Sequence[Row], *, actor: Actor) -> list[Person]:
    """Everybody of the grid with a post, or nobody. Raises `Invalid` by ``<field>-<row>``."""
    ensure_sets_up(actor)
    if not rows:
        raise Invalid({"name-0": [_l("Fill in at least one row.")]})
    added: list[Person] = []
    errors: dict[str, list[object]] = {}
    for row in rows:
        try:
            added.append(_add_one(row, actor))
        except Invalid as error:
            errors |= {f"{_FIELDS.get(name, name)}-{row.number}": texts
                       for name, texts in error.errors.items()}  # fmt: skip
    if errors:
        raise Invalid(errors)
    return added


#: Fields of the accounts' own form → those of the grid.
_FIELDS = {"post": "role", "login": "phone"}


def _add_one(row: Row, actor: Actor) -> Person:
    unit = units.chosen_unit("unit", row.unit, actor=actor)
    role = row.role or _usual_role(unit, actor)
    vacant = [
        post for post in people.posts_at(unit.id) if post.role == role and post.person_id is None
    ]
    post = str(vacant[0].id) if vacant else f"new:{role}"
    return accounts.add_with_post(
        name=row.name, login="", phone=row.phone, post=post, unit=unit, actor=actor
    )


def _usual_role(unit: Unit, actor: Actor) -> str:
    """Who handles demands there and administers nothing."""
    for role in people.roles_at(unit, actor=actor):
        if HANDLE in role.permissions and not role.administers:
            return role.code
    raise Invalid({"role": [_l("Choose a role: nobody handles demands at this kind of unit.")]})


def invite_staff(
    *, anew: bool = False, one: int | None = None, actor: Actor
) -> list[tuple[Person, Keys]]:
    """An invitation for everybody with a post who has none and has never signed in.

    What was handed over stays good, unless it is made ``anew`` for all, or for the ``one`` person:
    then older ones end. Raises `NotFound` for one who does not wait for any.
    """
    ensure_sets_up(actor)
    found = people.waiting_staff(unasked=not anew and one is None)
    if one is not None:
        found = [person for person in found if person.id == one]
        if not found:
            raise NotFound
    return [(person, accounts.invite(person, actor=actor)) for person in found]


def open_rooms(street: Unit, wanted: Mapping[str, Mapping[str, Any]], *, actor: Actor) -> int:
    """Give rooms keeper, place and hours, and open those that are ticked; returns how many opened.

    ``wanted``: code of the room → ``open``, ``keeper`` (a key of the list), ``place`` (empty leaves
    it) and ``hours`` (None leaves them). Raises `Invalid` with fields ``<field>-<code>``.
    """
    opened, errors = 0, dict[str, list[object]]()
    for room in room_queries.structure_of(street).rooms:
        if room.code in wanted:
            try:
                opened += _run_one(street, room, wanted[room.code], actor)
            except Invalid as error:
                errors |= {f"{name}-{room.code}": texts for name, texts in error.errors.items()}
    if errors:
        raise Invalid(errors)
    return opened


def _run_one(street: Unit, room: Any, wanted: Mapping[str, Any], actor: Actor) -> bool:
    keeper = room_queries.chosen_keeper(street, room, wanted["keeper"])
    if (keeper.id if keeper else None) != room.keeper_id:
        rooms.set_keeper(street, room, keeper=keeper, actor=actor)
    hours = room.hours if wanted["hours"] is None else wanted["hours"]
    typed = wanted["place"]
    place = {"zh": typed} if typed and typed not in room.place.values() else room.place
    if (hours, place) != (room.hours, room.place):
        rooms.change_room(
            street,
            room,
            name=room.name,
            seal=room.seal,
            purpose=room.purpose,
            services=room.services,
            hours=hours,
            place=place,
            contact=room.contact or "",
            venue=room_queries.venue_of(room),
            actor=actor,
        )
    if wanted["open"] and room.status in {"planned", "paused"}:
        rooms.set_status(street, room, status="open", actor=actor)
        return True
    return False


def choose_look(look: str, sections: Sequence[str] | None = None, *, actor: Actor) -> None:
    """Another of the packs that ship, to begin with; of what is bound to its place these
    ``sections``, None for what is usual. Raises `Invalid` for one that cannot be read by everybody
    or is not there.
    """
    ensure_sets_up(actor)
    if look not in themes.shipped_codes():
        raise not_listed("look")
    if themes.contrast_of(themes.pack(look)).faults:
        raise Invalid({"look": [_l("The colours of this look cannot be read by everybody.")]})
    cultures.apply_shipped(look, sections, actor=actor)
