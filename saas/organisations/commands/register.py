"""Starting an organisation, and changing what is said of it."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import sqlalchemy as sa

from saas import casework
from saas.kernel import audit, clock
from saas.kernel.context import Actor, Label
from saas.kernel.crypto import new_token
from saas.kernel.db import session
from saas.kernel.errors import Forbidden, Invalid, NotFound, not_listed
from saas.kernel.i18n import lazy_gettext as _l
from saas.organisations import permissions, queries
from saas.organisations.commands import records
from saas.organisations.commands.acting import Deed, act
from saas.organisations.models import Act, Branch, Organisation, Type
from saas.territory import queries as territory
from saas.territory.queries import Unit, is_place

_CODE: Final = 10


def start(
    *, type: str, name: Label, purpose: str, unit: Unit, members: int = 0,
    leader_name: str = "", leader_phone: str = "", leads: bool = True,
    service_class: str | None = None,
    propose: bool = True, submission: str | None = None, sample: bool = False,
    batch: int | None = None, batch_on: date | None = None, actor: Actor,
) -> Organisation:  # fmt: skip
    """A new organisation, as a draft or proposed for filing at once. Who starts it leads it
    (``leads``), else the one whose name is given. The same ``submission`` gives what it made.

    Raises `Forbidden`, or `Invalid` by field.
    """
    if again := _already(submission, actor):
        return again
    kind = _ensure_fits(type, unit, members, actor)
    group = Organisation(
        code=new_token()[:_CODE], submission=submission, type=kind.code, name=name,
        purpose=purpose.strip(), service_class=service_class, home_unit_id=unit.id, state="draft",
        acts=0, calls=0, started_by_id=actor.person_id, batch=batch, batch_on=batch_on,
        sample=sample,
    )  # fmt: skip
    session.add(group)
    session.flush()
    casework.append(group, Act(organisation_id=group.id, type=kind.code, measured=[], facts={}),
                    "start", actor=actor)  # fmt: skip
    audit.record("organisations.start", "organisation", group.id, actor=actor, unit_path=unit.path)
    if leader_name:
        records.set_post(group, role="leader", name=leader_name, phone=leader_phone, actor=actor)
    elif leads and actor.person_id is not None:
        records.set_post(
            group, role="leader", person_id=actor.person_id, phone=leader_phone, actor=actor
        )
    if members:
        records.add_roll(
            group, others=members, source=str(_l("Said when it was started")), actor=actor
        )
    if propose:
        act(group, Deed(verb="propose"), actor=actor)
    return group


def _already(submission: str | None, actor: Actor) -> Organisation | None:
    if submission is None:
        return None
    found = session.scalar(sa.select(Organisation).where(Organisation.submission == submission))
    if found is not None and found.started_by_id != actor.person_id:
        raise NotFound
    return found


def _ensure_fits(code: str, unit: Unit, members: int, actor: Actor) -> Type:
    """A resident starts one in the own community, staff where they work."""
    homes = [grant.path for grant in actor.grants if grant.own_only]
    near = any(unit.path.startswith(territory.community_path(home)) for home in homes)
    if not (near or actor.kind == "system" or actor.may(permissions.EDIT, unit.path)):
        raise Forbidden
    kind = next((row for row in queries.types() if row.code == code), None)
    if kind is None:
        raise not_listed("type")
    if unit.retired_at or not is_place(unit):
        raise not_listed("unit")
    if wrong := records.too_many(kind, members):
        raise Invalid({"members": [wrong]})
    return kind


def change(
    group: Organisation, *, name: Label, purpose: str, service_class: str | None,
    carrier: str = "", branch: str = "", actor: Actor,
) -> None:  # fmt: skip
    """Other words about it, who signs for it, to which Party branch it belongs."""
    standing = queries.standing_of(group)
    if group.state == "left" or not permissions.parts_of(actor, standing) & {"own", "decider"}:
        raise Forbidden
    values: dict[str, Any] = {
        "name": name,
        "purpose": purpose.strip(),
        "service_class": service_class,
    }
    known = {row.code for row in queries.terms("class")} | {group.service_class}
    if service_class and service_class not in known:
        raise not_listed("service_class")
    values["carrier_id"] = _carrier(group, carrier)
    values["branch_id"] = _branch(branch)
    for field, value in values.items():
        setattr(group, field, value)
    session.flush()
    audit.record("organisations.change", "organisation", group.id, actor=actor,
                 unit_path=standing.home_path)  # fmt: skip


def _carrier(group: Organisation, code: str) -> int | None:
    """Who signs contracts and keeps money for a group that is no legal person."""
    if not code.strip():
        return None
    found = queries.registered(code)
    if found is None or found.uscc is None or found.id == group.id:
        raise Invalid({"carrier": [_l("Give the code of a registered organisation.")]})
    return found.id


def _branch(code: str) -> int | None:
    if not code:
        return None
    found = session.scalar(sa.select(Branch).where(Branch.code == code))
    if found is None:
        raise not_listed("branch")
    return found.id


def bring_in(group: Organisation, *, number: int, day: date) -> None:
    """Mark one that was brought in from outside, with its batch."""
    group.batch, group.batch_on = number, day or clock.today()
