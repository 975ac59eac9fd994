"""Filing a demand, by whatever way it comes: by the resident, or entered for somebody else."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from saas import attachments, casework
from saas.accounts import queries as people
from saas.demands.case import permissions
from saas.demands.case import queries as cases
from saas.demands.case import rules as case_rules
from saas.demands.case.commands import (
    Deed,
    act,
    keep_photos,
    level_clock,
    notifying,
    record,
)
from saas.demands.case.models import Demand, Detail
from saas.demands.events import demand_filed
from saas.demands.intake import queries, rules
from saas.demands.intake.words import NO_PHONE, REFUSED
from saas.demands.menu import queries as menu
from saas.demands.menu.models import Category, Question
from saas.demands.menu.rules import answered
from saas.kernel import audit, clock
from saas.kernel.context import Actor
from saas.kernel.crypto import new_token
from saas.kernel.db import session
from saas.kernel.errors import Forbidden, Invalid, NotFound
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say
from saas.territory.queries import Unit, is_place

#: Question → what was typed.
Answers = Mapping[str, str]
#: A question with the answer to it as it is stored.
Taken = list[tuple[Question, dict[str, Any]]]


def take_answers(category: Category, answers: Answers) -> Taken:
    """The checked answers to what a category asks. What it does not ask is refused, too.

    Raises `Invalid` by ``q-<code>`` of the question.
    """
    asked = menu.questions_of(category.code)
    errors: dict[str, list[Any]] = {}
    taken: Taken = []
    for row in asked:
        typed = answers.get(row.code, "")
        content = answered(row.kind, typed, row.choices)
        if content is not None:
            taken.append((row, content))
        elif typed.strip():
            errors[f"q-{row.code}"] = [REFUSED[row.kind]]
        elif row.required:
            errors[f"q-{row.code}"] = [_l("Please fill this in.")]
    for code in answers.keys() - {row.code for row in asked}:
        errors[f"q-{code}"] = [_l("This is not asked here.")]
    if errors:
        raise Invalid(errors)
    return taken


def keep_answers(demand: Demand, taken: Taken) -> None:
    """Store them with the demand; personal ones sealed."""
    for position, (row, content) in enumerate(taken):
        personal = json.dumps(content, ensure_ascii=False) if row.personal else None
        session.add(
            Detail(
                demand_id=demand.id,
                question=row.code,
                kind=row.kind,
                label=dict(row.label),
                position=position,
                said=None if row.personal else content,
                sealed=personal,
            )
        )


@dataclass(frozen=True, slots=True)
class Intake:
    """By which way a demand came, and for whom.

    ``channel`` is one of `rules.CHANNELS`; ``own`` and ``room`` are filed by the resident, the
    others entered by staff or a system on behalf of a caller whose name and number are sealed, or
    of the resident ``resident_id``. ``received_on`` is the day on which the caller said it, where
    that was written down before it came in here; time is counted from when it is filed.
    """

    channel: str = "own"
    caller_name: str | None = None
    caller_phone: str | None = None
    anonymous: bool = False
    open_to_neighbours: bool = False
    spot: str | None = None
    resident_id: int | None = None
    received_on: date | None = None
    appointment_at: datetime | None = None
    sample: bool = False

    @classmethod
    def out_of(cls, given: dict[str, Any]) -> Intake:
        """What is said of it in ``given``, taken out of there."""
        return cls(
            **{each.name: given.pop(each.name) for each in fields(cls) if each.name in given}
        )

    @property
    def by_resident(self) -> bool:
        """Whether the resident files it in person."""
        return self.channel in {"own", "room"}


def file_demand(
    *,
    category: str,
    unit: Unit,
    words: str,
    submission: str,
    photos: Sequence[Any] = (),
    intake: Intake | None = None,
    answers: Answers | None = None,
    actor: Actor,
) -> Demand:
    """Put a demand into the queue of the lowest level above where it arose.

    The same ``submission`` again gives the demand that it made the first time. ``photos``, files as
    a form sent them, are read when nothing else can be refused any more. ``answers`` are those to
    what the category asks; without any (None) it came by a way that asks nothing, and none is
    missed. Raises `Forbidden`, or `Invalid` by field.
    """
    intake = intake or Intake()
    _ensure_may(actor, intake, unit)
    if again := _already(submission, actor):
        return again
    leaf = _ensure_fits(category, unit)
    taken = [] if answers is None else take_answers(leaf, answers)
    pictures = attachments.take(photos)
    demand = _drafted(leaf, unit, intake, actor, words=words, submission=submission)
    _put_in_queue(demand, unit)
    keep_answers(demand, taken)
    record(demand, Deed("file"), None, actor=actor)
    if kept := keep_photos(demand, pictures, case_rules.BEFORE, actor):
        demand.photo = kept[0].key
    audit.record("demands.file", "demand", demand.id, actor=actor, unit_path=unit.path)
    demand_filed.send(demand.id, code=demand.code, holder_id=demand.holder_id)
    notifying.notify(cases.standing_of(demand), "file")
    casework.set_alarm(case_rules.CLOCK_JOB, demand.next_at)
    return demand


_IF_ANY = ("caller_name", "caller_phone", "spot", "received_on", "appointment_at")


def _drafted(leaf: Category, unit: Unit, intake: Intake, actor: Actor, **said: Any) -> Demand:
    """The demand as it was given, before it stands anywhere."""
    person = actor.person_id
    return Demand(
        **said,
        code=new_token()[: rules.CODE_LENGTH],
        kind=leaf.kind,
        category=leaf.code,
        unit_id=unit.id,
        filed_by_id=person if intake.by_resident else intake.resident_id,
        entered_by_id=None if intake.by_resident else person,
        channel=intake.channel,
        anonymous=intake.anonymous,
        open_to_neighbours=intake.open_to_neighbours and leaf.open_to_neighbours,
        sample=intake.sample,
        **{name: getattr(intake, name) or None for name in _IF_ANY},
    )


def _ensure_may(actor: Actor, intake: Intake, unit: Unit) -> None:
    """Everybody files for themselves anywhere; staff and systems for others where they work."""
    if intake.by_resident:
        allowed = permissions.can_file(actor)
    else:
        allowed = permissions.can_enter(actor, unit.path)
    if not allowed:
        raise Forbidden


def _put_in_queue(demand: Demand, unit: Unit) -> None:
    """The first stop of its way: nobody has accepted it, the clock of the level begins."""
    now, stop = clock.now(), cases.chain_of(unit)[0]
    demand.holder_id, demand.level = stop.unit.id, stop.level.code
    demand.state, demand.last_verb, demand.peak = "waiting", "file", stop.level.position
    demand.filed_at = demand.entered_at = demand.running_since = now
    demand.set_time(level_clock(demand, "accept", now))
    for count in ("worked_minutes", "passed_up", "climbed", "returned", "reopened"):
        setattr(demand, count, 0)
    session.add(demand)
    session.flush()
    cases.know_newborn(demand)


def _already(submission: str, actor: Actor) -> Demand | None:
    """What this submission made before; `NotFound` where it was somebody else's."""
    found = session.scalar(sa.select(Demand).where(Demand.submission == submission))
    if found is None:
        return None
    owners = {found.filed_by_id, found.entered_by_id} - {None}
    foreign = {
        "person": actor.person_id not in owners,
        "token": queries.filing_token(found) != actor.id,
    }
    if foreign.get(actor.kind):
        raise NotFound
    return found


def _ensure_fits(category: str, unit: Unit) -> Category:
    found = menu.open_leaf(category)
    if found is None:
        raise Invalid({"category": [_l("Choose what it is about.")]})
    if unit.retired_at or not cases.chain_of(unit) or not is_place(unit):
        raise Invalid({"unit": [_l("Choose the place where it is.")]})
    return found


def enter_demand(
    *,
    submission: str,
    intake: Intake,
    in_name: str = "",
    fixed: str = "",
    actor: Actor,
    **given: Any,
) -> Demand:
    """File it for a caller. ``in_name`` answers whether it is filed for the resident whose number
    was given: yes, no, or nothing as long as nobody was asked. ``fixed`` says what was done on the
    spot and resolves it at once, which only those can who act for the unit that gets it. ``given``
    is what else `file_demand` takes.

    Raises `Forbidden`, or `Invalid` by field.
    """
    if queries.is_filed(submission):
        fixed = ""
    intake = _for_whom(intake, in_name)
    demand = file_demand(submission=submission, intake=intake, actor=actor, **given)
    if fixed:
        _settle(demand, fixed, actor)
    return demand


def as_filed_by(actor: Actor, intake: Intake) -> Intake:
    """As somebody files it for themselves: who has an account is known by it, nobody else by more
    than the number that was left, if it can be called. Raises `Invalid`.
    """
    if actor.signed_in:
        return replace(intake, caller_name=None, caller_phone=None)
    number = people.usable_phone(intake.caller_phone) if intake.caller_phone else None
    if intake.caller_phone and number is None:
        raise Invalid({"caller_phone": [people.no_phone(NO_PHONE)]})
    return replace(intake, caller_phone=number)


def take_slips(codes: Collection[str], *, actor: Actor) -> int:
    """Put what was filed without an account, and stands on these slips, into the account of
    ``actor``, who speaks for it from then on; how many there were.
    """
    found = cases.slips_of(codes, lock=True)
    for demand in found:
        demand.filed_by_id = actor.person_id
        path = cases.places_of(demand)[0].path
        audit.record("demands.take_slip", "demand", demand.id, actor=actor, unit_path=path)
    session.flush()
    return len(found)


def _for_whom(intake: Intake, in_name: str) -> Intake:
    """With a number that can be called; in the name of its resident, where that was answered."""
    if not intake.caller_phone:
        return intake
    number = people.usable_phone(intake.caller_phone)
    if number is None:
        sentence = _l("This is no phone number. Mobile: 11 digits; landline: with the area code.")
        raise Invalid({"caller_phone": [people.no_phone(sentence)]})
    resident = people.resident_by_phone(number)
    if resident is None or in_name == "no":
        return replace(intake, caller_phone=number)
    if in_name != "yes":
        raise Invalid({"in_name": [_l("This number belongs to a resident. In whose name is it?")]})
    return replace(intake, caller_name=None, caller_phone=None, resident_id=resident.id)


def _settle(demand: Demand, fixed: str, actor: Actor) -> None:
    holder = cases.holder_of(demand)
    if not permissions.can_handle(actor, holder.path):
        sentence = _l("Only %(unit)s can resolve it there. Send it without.", unit=say(holder.name))
        raise Invalid({"fixed": [sentence]})
    act(demand, Deed("accept"), actor=actor)
    act(demand, Deed("resolve", reason=fixed), actor=actor)
