"""Rows of rooms and of time limits held against the district."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from saas.kernel.workbooks import plain
from saas.onboarding.workbook.rules.plan import PersonStep, Plan, RoomStep, TimeStep
from saas.onboarding.workbook.rules.tree import Tree
from saas.onboarding.workbook.rules.venues import named_venue, street_of
from saas.onboarding.workbook.rules.world import KnownRoom, World
from saas.sheets import Change, Given, Row, changed

_OPENS: Final = frozenset({"planned", "paused"})


def resolve_rooms(rows: Sequence[Row], given: Given, tree: Tree, world: World, plan: Plan) -> None:
    """Add a step for each row to ``plan``. Units and people are resolved before."""
    reader = _Reader(given, tree, world, plan)
    for said in rows:
        reader.take(said)


class _Reader:
    """Row after row; a room stands once in a street."""

    def __init__(self, given: Given, tree: Tree, world: World, plan: Plan) -> None:
        self._given, self._tree, self._world, self._plan = given, tree, world, plan
        self._seen: dict[tuple[str, str], Row] = {}
        self._wrong = 0

    def _fault(self, said: Row, column: str, key: str, other: Row | None = None) -> None:
        self._plan.faults.append(said.fault(column, key, other))
        self._wrong += 1

    def take(self, said: Row) -> None:
        """One row."""
        before = len(self._plan.faults)
        values = self._plan.values(said, self._given)
        self._wrong = len(self._plan.faults) - before
        street = street_of(said, self._tree, self._world, self._plan)
        self._wrong = len(self._plan.faults) - before
        room = self._room(said, street)
        hours, opens = values.get("hours"), self._opens(said, room, values.get("open"))
        keeper = self._keeper(said, street) if street else (None, None)
        venue = self._venue(said, street) if street else None
        if street is None or room is None or self._wrong:
            return
        first = self._seen.setdefault((street, room.code), said)
        if first is not said:
            self._fault(said, "room", "repeated", first)
            return
        step = self._step(said, street, room, hours, opens, keeper, venue)
        if step.opens and self._lacks(room, step):
            self._fault(said, "open", "open_lacks")
            return
        self._plan.rooms.append(step)

    def _lacks(self, room: KnownRoom, step: RoomStep) -> bool:
        """Whether it would open without hours, place or keeper."""
        keeper = room.keeper or step.keeper_id
        place = any(room.place.values()) or step.place or room.venue or step.venue
        hours = room.hours or step.hours or room.by_appointment
        return not (hours and place and (keeper or step.keeper is not None))

    def _venue(self, said: Row, street: str) -> str | None:
        """The key of the venue that the row names."""
        word = said.get("venue")
        found = named_venue(word, street, self._world, self._plan) if word else None
        if word and found is None:
            self._fault(said, "venue", "no_such_venue")
        return found

    def _room(self, said: Row, street: str | None) -> KnownRoom | None:
        there = self._world.rooms.get(street or "", {})
        known = [*there.values(), *self._world.offered.values()]
        word = plain(said.get("room"))
        codes = {r.code for r in known if word in {plain(w) for w in (r.code, *r.name.values())}}
        if not word or len(codes) != 1:
            if word:
                self._fault(said, "room", "no_such_room")
            return None
        (code,) = codes
        room = there.get(code) or self._world.offered[code]
        if room.status == "retired":
            self._fault(said, "room", "room_retired")
        return room

    def _opens(self, said: Row, room: KnownRoom | None, flag: bool | None) -> bool:
        """Whether it is to be opened; a room that is open is not closed by a workbook."""
        if flag is False and room is not None and room.status == "open":
            self._fault(said, "open", "open_already")
        return bool(flag)

    def _keeper(self, said: Row, street: str) -> tuple[int | None, int | None]:
        """The one who keeps it: a place in the plan's people, or the id of somebody known."""
        word = plain(said.get("keeper"))
        if not word:
            return None, None
        called = [p for p in self._plan.people if word in _words_of(p)]
        keeping = [p for p in called if self._keeps(p, street)]
        mine = {p.person_id for p in keeping if p.person_id}
        known = {
            person.id
            for person in self._world.keepers.get(street, ())
            if word in {plain(person.name), person.login} and person.id not in mine
        }
        if len(keeping) + len(known) > 1:
            self._fault(said, "keeper", "keeper_ambiguous")
        elif not keeping and not known:
            self._fault(said, "keeper", "keeper_without_post" if called else "no_such_keeper")
        if keeping:
            return self._plan.people.index(keeping[0]), keeping[0].person_id
        return None, next(iter(known), None)

    def _keeps(self, person: PersonStep, street: str) -> bool:
        return any(
            self._world.roles[post.role].keeps and self._tree.inside(post.unit, street)
            for post in person.posts
        ) or any(known.id == person.person_id for known in self._world.keepers.get(street, ()))

    def _step(
        self,
        said: Row,
        street: str,
        room: KnownRoom,
        hours: list[dict[str, Any]] | None,
        opens: bool,
        keeper: tuple[int | None, int | None],
        venue: str | None,
    ) -> RoomStep:
        there = room.code in self._world.rooms.get(street, {})
        after = {name: said.get(name) for name in ("own_name", "place", "contact")}
        changes = [*_texts_changed(room, after), *self._others(said, room, hours, opens, keeper)]
        if venue is not None and venue != room.venue:
            changes.append(Change("venue", room.venue or "", said.get("venue")))
        changed = {change.column for change in changes}
        return RoomStep(
            said,
            street,
            room.code,
            there,
            name=after["own_name"] if "own_name" in changed else None,
            keeper=keeper[0] if "keeper" in changed else None,
            keeper_id=keeper[1] if "keeper" in changed else None,
            hours=hours if "hours" in changed else None,
            place=after["place"] if "place" in changed else None,
            venue=venue if "venue" in changed else None,
            contact=after["contact"] if "contact" in changed else None,
            opens="open" in changed,
            changes=tuple(changes),
        )

    def _others(
        self,
        said: Row,
        room: KnownRoom,
        hours: list[dict[str, Any]] | None,
        opens: bool,
        keeper: tuple[int | None, int | None],
    ) -> list[Change]:
        changes = []
        if hours is not None:
            # In words: the same week may stand in other rows, and that is no change.
            before, after = (self._world.checks.hours_told(one) for one in (room.hours, hours))
            if before != after:
                changes.append(Change("hours", before, after))
        if said.get("keeper") and (room.keeper is None or keeper[1] != room.keeper):
            changes.append(Change("keeper", "", said.get("keeper")))
        if opens and room.status in _OPENS:
            changes.append(Change("open", "", said.get("open")))
        return changes


def _words_of(person: PersonStep) -> set[str]:
    return {plain(person.name), person.login, person.phone} - {""}


def _texts_changed(room: KnownRoom, after: dict[str, str]) -> tuple[Change, ...]:
    place = after["place"]
    return changed(
        (
            ("own_name", room.name.get("zh"), after["own_name"]),
            ("contact", room.contact, after["contact"]),
            ("place", room.place.get("zh"), "" if place in room.place.values() else place),
        )
    )


def resolve_times(rows: Sequence[Row], given: Given, world: World, plan: Plan) -> None:
    """Add a step for each level to ``plan``."""
    seen: dict[str, Row] = {}
    for said in rows:
        values = plan.values(said, given)
        level, accept, resolve = (values.get(name) for name in ("level", "accept", "resolve"))
        if level and seen.setdefault(level, said) is not said:
            plan.faults.append(said.fault("level", "repeated", seen[level]))
        if accept and resolve and accept > resolve:
            plan.faults.append(said.fault("resolve", "resolve_before_accept"))
        if level and accept and resolve:
            before = [str(hours) for hours in world.times.get(level, ("", ""))]
            pairs = (("accept", before[0], str(accept)), ("resolve", before[1], str(resolve)))
            plan.times.append(TimeStep(said, level, accept, resolve, changed(pairs)))
