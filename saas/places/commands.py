"""Every write of merchants and walks. What is done to stops carries ``seen``, the number of edits
that stood on the page: nobody moves a stop that became another meanwhile.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import sqlalchemy as sa

from saas import attachments
from saas.kernel import audit, clock
from saas.kernel.context import Actor, Label
from saas.kernel.db import session
from saas.kernel.errors import Conflict, Forbidden, Invalid, not_listed
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.ordering import free_code
from saas.places import permissions, queries, rules
from saas.places.models import Kind, Merchant, Route, Stop
from saas.rooms import commands as rooms
from saas.territory import queries as territory
from saas.territory.queries import Unit

_SEEN = _l("Somebody else has changed the stops meanwhile. Look at them again.")

# Merchants -------------------------------------------------------------------------------------


def _ensure(actor: Actor, unit: Unit) -> None:
    if not permissions.can_keep(actor, unit.path):
        raise Forbidden


def _unit(code: str, actor: Actor) -> Unit:
    """Where something new belongs to; `Invalid` at ``unit`` for a place out of reach."""
    found = territory.unit_coded(code)
    if found is None or found.retired_at or not permissions.can_keep(actor, found.path):
        raise not_listed("unit")
    return found


def _kind(code: str | None) -> int | None:
    if not code:
        return None
    found = session.scalar(sa.select(Kind).where(Kind.code == code))
    if found is None:
        raise not_listed("kind")
    return found.id


def add_merchant(
    *,
    unit: str,
    name: Label,
    code: str = "",
    kind: str | None = None,
    position: int | None = None,
    photo: Sequence[Any] = (),
    sample: bool = False,
    actor: Actor,
    **told: Any,
) -> Merchant:
    """One more; who writes it down has been there. ``position`` None: behind the last. ``told`` are
    sells, place, concession, hours, step_free and consent_until.
    """
    street = _unit(unit, actor)
    rooms.ensure_hours(told["hours"])
    taken = attachments.take(photo)
    code = code or free_code(name, "merchant", queries.merchant_codes())
    at = queries.next_position(street) if position is None else position
    merchant = Merchant(
        unit_id=street.id, code=code, name=name, kind_id=_kind(kind), checked_on=clock.today(),
        position=at, sample=sample, **told,
    )  # fmt: skip
    session.add(merchant)
    session.flush()
    _picture(merchant, taken, actor)
    _note("add_merchant", merchant, street, actor)
    return merchant


def change_merchant(
    merchant: Merchant, *, kind: str | None = None, position: int | None = None,
    photo: Sequence[Any] = (), actor: Actor, **told: Any,
) -> None:  # fmt: skip
    """Other words, hours or consent; a new picture takes the place of the old one."""
    street = queries.unit_of(merchant)
    _ensure(actor, street)
    rooms.ensure_hours(told["hours"])
    taken = attachments.take(photo)
    merchant.kind_id = _kind(kind)
    merchant.position = merchant.position if position is None else position
    for name, value in told.items():
        setattr(merchant, name, value)
    session.flush()
    _picture(merchant, taken, actor)
    _note("change_merchant", merchant, street, actor)


def _picture(merchant: Merchant, taken: Sequence[attachments.Taken], actor: Actor) -> None:
    if taken:
        for old in attachments.of("merchant", merchant.id):
            attachments.retire(old)
    attachments.attach(
        taken[:1], thing="merchant", thing_id=merchant.id, place="face", sealed=False, actor=actor
    )


def _note(action: str, merchant: Merchant, unit: Unit, actor: Actor) -> None:
    audit.record(f"places.{action}", "merchant", merchant.id, actor=actor, unit_path=unit.path,
                 code=merchant.code)  # fmt: skip


def check_merchant(merchant: Merchant, *, actor: Actor) -> None:
    """Somebody has looked, and everything is still so; said twice on a day it changes nothing."""
    unit = queries.unit_of(merchant)
    _ensure(actor, unit)
    if merchant.retired_at:
        raise Conflict(_l("It is retired: bring it back first."))
    merchant.checked_on = clock.today()
    _note("check_merchant", merchant, unit, actor)


def retire_merchant(merchant: Merchant, *, actor: Actor) -> None:
    """Show it no more; walks that lead past it say so, and the office sees which."""
    unit = queries.unit_of(merchant)
    _ensure(actor, unit)
    if merchant.retired_at:
        raise Conflict
    merchant.retired_at = clock.now()
    _note("retire_merchant", merchant, unit, actor)


def restore_merchant(merchant: Merchant, *, actor: Actor) -> None:
    """It is there again, and shown if it still agrees to be."""
    unit = queries.unit_of(merchant)
    _ensure(actor, unit)
    if merchant.retired_at is None:
        raise Conflict
    merchant.retired_at = None
    _note("restore_merchant", merchant, unit, actor)


# Walks -----------------------------------------------------------------------------------------


def add_route(
    *, unit: str, name: Label, code: str = "", sample: bool = False, actor: Actor, **told: Any
) -> Route:
    """A draft; ``told`` are purpose, start and step_free."""
    street = _unit(unit, actor)
    code = code or free_code(name, "walk", queries.route_codes())
    route = Route(unit_id=street.id, code=code, name=name, state="draft", edits=0, sample=sample,
                  **told)  # fmt: skip
    session.add(route)
    session.flush()
    _noted("add_route", route, street, actor)
    return route


def change_route(route: Route, *, actor: Actor, **told: Any) -> None:
    """Other words."""
    street = queries.unit_of(route)
    _ensure(actor, street)
    for name, value in told.items():
        setattr(route, name, value)
    _noted("change_route", route, street, actor)


def move_route(route: Route, *, verb: str, actor: Actor) -> None:
    """Publish or withdraw it, as its state allows."""
    street = queries.unit_of(route)
    _ensure(actor, street)
    after = rules.MOVES.get((route.state, verb))
    if after is None:
        raise Conflict
    if verb == "publish" and len(queries.stops_of(route)) < rules.FEWEST:
        raise Conflict(_l("A walk has a beginning and an end: add stops first."))
    route.state = after
    action = "publish_route" if verb == "publish" else "withdraw_route"
    _noted(action, route, street, actor)


def _noted(action: str, route: Route, unit: Unit, actor: Actor, **facts: Any) -> None:
    audit.record(f"places.{action}", "route", route.id, actor=actor, unit_path=unit.path,
                 code=route.code, **facts)  # fmt: skip


# Stops -----------------------------------------------------------------------------------------

_PARTS: Final = ("minutes", "room_id", "venue_id", "merchant_id", "name", "what", "step_free")


def _laid(route: Route) -> rules.Stops:
    return [{part: getattr(s, part) for part in _PARTS} for s in queries.stops_of(route)]


def _lay(route: Route, stops: rules.Stops, action: str, seen: int | None, actor: Actor,
         **facts: Any) -> None:  # fmt: skip
    """Lay the whole line anew and keep how it was; two who do come one after the other."""
    street = queries.unit_of(route)
    _ensure(actor, street)
    if seen is not None and seen != route.edits:
        raise Conflict(_SEEN)
    if len(stops) > rules.MOST:
        raise Invalid({"thing": [_l("A walk has at most %(most)s stops.", most=rules.MOST)]})
    if route.state == "published" and len(stops) < rules.FEWEST:
        raise Conflict(_l("A walk that is published keeps a beginning and an end. Withdraw it."))
    before = _laid(route)
    if stops == before:
        return
    route.before, route.edits = before, route.edits + 1
    session.execute(sa.delete(Stop).where(Stop.route_id == route.id))
    session.add_all(Stop(route_id=route.id, no=no, **each) for no, each in enumerate(stops, 1))
    session.flush()
    _noted(action, route, street, actor, **facts)


def _stop(route: Route, thing: str | None, name: Label, **told: Any) -> dict[str, Any]:
    """A stop out of what was typed: ``thing`` is ``room-7``, or nothing for a place by its name."""
    kind, _, number = (thing or "").partition("-")
    things = queries.things_of(queries.unit_of(route), queries.stops_of(route))
    known = {"room": things.rooms, "venue": things.venues, "merchant": things.merchants}
    row = known.get(kind, {}).get(int(number) if number.isdecimal() else 0)
    if thing and row is None:
        raise not_listed("thing")
    if not thing and not name:
        raise Invalid({"name_zh": [_l("Choose what is there, or give the place a name.")]})
    ids = {f"{each}_id": row.id if each == kind and row else None for each in known}
    return {**ids, "name": {} if thing else name, **told}


def add_stop(route: Route, *, at: int, seen: int | None = None, actor: Actor, **told: Any) -> None:
    """One more, which becomes number ``at``."""
    stops = rules.inserted(_laid(route), at, _stop(route, **told))
    _lay(route, stops, "add_stop", seen, actor, no=at)


def change_stop(
    route: Route, no: int, *, seen: int | None = None, actor: Actor, **told: Any
) -> None:
    """Something else at a stop."""
    stops = rules.replaced(_laid(route), no, _stop(route, **told))
    _lay(route, stops, "change_stop", seen, actor, no=no)


def move_stop(route: Route, no: int, *, way: str, seen: int | None = None, actor: Actor) -> None:
    """One place up or down; how far it is then stands with each stop and moves with it."""
    _lay(route, rules.moved(_laid(route), no, way), "move_stop", seen, actor, no=no, way=way)


def remove_stop(route: Route, no: int, *, seen: int | None = None, actor: Actor) -> None:
    """Walk past it."""
    _lay(route, rules.removed(_laid(route), no), "remove_stop", seen, actor, no=no)


def undo_stops(route: Route, *, seen: int | None = None, actor: Actor) -> None:
    """The stops as they were before the last change; pressed again it is the change again."""
    if route.before is None:
        raise Conflict(_l("There is nothing to undo."))
    _lay(route, list(route.before), "undo_stops", seen, actor)
