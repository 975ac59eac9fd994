"""What templates show of volunteers, every word ready."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from saas.activities.queries import Scene
from saas.kernel.context import Actor
from saas.kernel.i18n import say
from saas.volunteers import queries, words
from saas.volunteers.models import Service, Shift, Volunteer


@dataclass(frozen=True, slots=True)
class Wanted:
    """A shift for who might take it. ``mine``: the reader has it; ``free``: so many are missing."""

    shift: Shift
    scene: Scene
    when: str
    where: str
    free: int
    mine: bool


def wanted_of(found: Sequence[tuple[Shift, Scene]], volunteer: Volunteer | None) -> list[Wanted]:
    """Shifts with how many are missing, in one question more."""
    taken = queries.duties_of([shift.id for shift, _scene in found])
    return [
        Wanted(shift, scene, words.when(shift), say(scene.where),
               max(shift.need - len(taken[shift.id]), 0),
               volunteer is not None and any(v.id == volunteer.id for v in taken[shift.id]))
        for shift, scene in found
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Helper:
    """Somebody who has a shift, for who verifies: their hours, if they are written down. ``own``:
    it is the reader.
    """

    volunteer: Volunteer
    name: str
    service: Service | None
    own: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """A shift with everybody who helps; ``free``: how many are missing."""

    shift: Shift
    when: str
    helpers: list[Helper]
    free: int


def sheets_of(scene: Scene, actor: Actor) -> list[Sheet]:
    """The shifts of a session, each with who has it and what stands of their hours."""
    shifts = queries.shifts_of(scene.session.id)
    taken = queries.duties_of([one.id for one in shifts])
    rows = queries.services_at(scene.session.id)
    voided = {one.voids_id for one in rows if one.voids_id}
    stands = {(one.shift_id, one.volunteer_id): one for one in rows
              if one.what == "mark" and one.id not in voided}  # fmt: skip
    names = queries.names_of([one for found in taken.values() for one in found])
    return [
        Sheet(shift, words.when(shift), [
            Helper(one, names[one.id], stands.get((shift.id, one.id)),
                   one.person_id is not None and one.person_id == actor.person_id)
            for one in taken[shift.id]
        ], max(shift.need - len(taken[shift.id]), 0))
        for shift in shifts
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Own:
    """One's own page: shifts to come, hours that stand, certificates."""

    volunteer: Volunteer
    coming: list[Wanted]
    services: list[tuple[Service, Shift, Scene]]
    certificates: Sequence[queries.Certificate]
    hours: str


def own_of(volunteer: Volunteer) -> Own:
    """Everything of one volunteer."""
    services = queries.services_of(volunteer)
    return Own(
        volunteer, wanted_of(queries.coming_of(volunteer), volunteer), services,
        queries.certificates_of(volunteer),
        words.hours(sum(one.minutes for one, _shift, _scene in services)),
    )  # fmt: skip


def runs(scene: Scene) -> bool:
    """Whether hours can be written down now."""
    return scene.session.state in ("running", "held", "closed")
