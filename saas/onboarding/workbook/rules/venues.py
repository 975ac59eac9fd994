"""Rows of venues held against the district, and the venues that rooms name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from saas.kernel.workbooks import plain
from saas.onboarding.workbook.rules.plan import Plan, VenueStep
from saas.onboarding.workbook.rules.tree import NotOne, Tree
from saas.onboarding.workbook.rules.world import KnownVenue, World
from saas.sheets import Change, Given, Row, changed


def street_of(said: Row, tree: Tree, world: World, plan: Plan) -> str | None:
    """The street that a row names: a unit directly under the district where people live."""
    text = said.get("street")
    kinds = [
        kind.code
        for kind in world.kinds.values()
        if world.root.kind in kind.under and kind.code != world.no_place
    ]
    if not text:
        return None
    try:
        return tree.find(text, kinds)
    except NotOne as error:
        plan.faults.append(said.fault("street", f"street_{error.key}"))
        return None


def resolve_venues(rows: Sequence[Row], given: Given, tree: Tree, world: World, plan: Plan) -> None:
    """Add a step for each row to ``plan``. Units are resolved before."""
    seen: dict[tuple[str, str], Row] = {}
    for said in rows:
        before = len(plan.faults)
        values = plan.values(said, given)
        street = street_of(said, tree, world, plan)
        if street is None or len(plan.faults) > before:
            continue
        known = _known(said, world, street)
        key = known.code if known else plain(said.get("venue"))
        if seen.setdefault((street, key), said) is not said:
            plan.faults.append(said.fault("venue", "repeated", seen[street, key]))
            continue
        plan.venues.append(_step(said, street, key, known, values.get("closed")))


def _known(said: Row, world: World, street: str) -> KnownVenue | None:
    """By its code, else by its name in the street."""
    here = world.venues.get(street, {})
    if found := here.get(said.get("code")):
        return found
    word = plain(said.get("venue"))
    return next((v for v in here.values() if word in {plain(n) for n in v.name.values()}), None)


def _step(
    said: Row, street: str, key: str, known: KnownVenue | None, closed: bool | None
) -> VenueStep:
    changes = list(
        changed(
            (
                ("venue", known.name.get("zh"), said.get("venue")),
                ("area", str(known.area or ""), said.get("area")),
                ("about", known.facts.get("zh"), said.get("about")),
            )
        )
        if known
        else ()
    )
    closes = None if closed is None or closed == bool(known and known.closed) else closed
    if closes is not None:
        changes.append(Change("closed", "", said.get("closed")))
    return VenueStep(
        said,
        street,
        key,
        known is not None,
        name=said.get("venue"),
        area=int(said.get("area")) if said.get("area") else None,
        about=said.get("about"),
        closes=closes,
        changes=tuple(changes),
    )


def named_venue(word: str, street: str, world: World, plan: Plan) -> str | None:
    """The key of the venue of a street that a room's row names, there or in the workbook."""
    word = plain(word)
    for one in world.venues.get(street, {}).values():
        called = {plain(one.code), *(plain(name) for name in one.name.values())}
        if word in called and not one.closed:
            return one.code
    steps = (step for step in plan.venues if step.street == street and not step.closes)
    return next((step.key for step in steps if plain(step.name) == word), None)


def check_closing(world: World, plan: Plan) -> None:
    """A venue is closed when no room is in it any more, and no organisation."""
    moved = {(step.street, step.room): step.venue for step in plan.rooms if step.venue}
    for step in plan.venues:
        if step.closes and any(_left_in(step, moved, world)):
            plan.faults.append(step.said.fault("closed", "venue_in_use"))


def _left_in(step: VenueStep, moved: Mapping[tuple[str, str], str], world: World) -> Iterator[bool]:
    known = world.venues.get(step.street, {}).get(step.key)
    yield bool(known and known.used)
    for code, room in world.rooms.get(step.street, {}).items():
        yield room.status != "retired" and moved.get((step.street, code), room.venue) == step.key
    yield step.key in [venue for (street, _), venue in moved.items() if street == step.street]
