"""Acting on an organisation: allowed? → given what it asks? → first or second person → what it
does → numbered act → audit, fact, notices, the next alarm. All in one transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from saas import attachments, casework
from saas.accounts import queries as people
from saas.casework import CLOCK, Cell
from saas.kernel import audit, clock
from saas.kernel.context import Actor
from saas.kernel.db import session
from saas.kernel.errors import Conflict, Forbidden, Invalid
from saas.kernel.i18n import lazy_gettext as _l
from saas.notices import commands as notices
from saas.organisations import permissions, queries, rules, words
from saas.organisations.events import organisation_moved
from saas.organisations.models import Act, Credential, Organisation, Sign
from saas.organisations.queries import Standing

JOB: Final = "organisations.tick"
BATCH: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """A verb with what is given with it. ``number``, ``issuer`` and ``until`` are those of a paper,
    ``to`` the type that it becomes, ``stage`` where it stands already when it is taken over from a
    register on paper, ``exit`` the reason to leave; with ``exception`` a level above
    decides although criteria are not met.
    """

    verb: str
    reason: str = ""
    number: str = ""
    issuer: str = ""
    until: date | None = None
    to: str | None = None
    stage: str | None = None
    exit: str | None = None
    exception: bool = False
    photo: Sequence[Any] = ()


def act(group: Organisation, deed: Deed, *, seen: int | None = None, actor: Actor) -> None:
    """Do ``deed``; ``group`` comes locked from its door. What two people decide is only asked for
    by the first: the state stays, and nothing else happens.

    Raises `Conflict`, `Forbidden`, or `Invalid` by field.
    """
    casework.ensure_seen(group, seen, lambda: _happened(group))
    standing = queries.standing_of(group)
    deed = _completed(group, deed)
    parts = permissions.parts_of(actor, standing)
    bars = queries.bars_of(standing)
    if deed.exception and "above" in parts:
        bars = bars - {"unmet"}
    cell = casework.allowed(
        rules.TABLE, group.state, deed.verb, bars=bars, parts=parts, words=words.OBSTACLE
    )
    _ensure_given(standing, cell, deed)
    if deed.verb in rules.TWO and not _is_second(group, deed, actor):
        _ask(group, standing, deed, actor)
        return
    first, photos = group.asked_by_id, attachments.take(deed.photo)
    facts = _DOES[deed.verb](standing, deed, actor) if deed.verb in _DOES else {}
    group.state = cell.after
    if deed.verb in rules.TWO:
        group.asked = group.asked_by_id = None
    _set_clock(standing, cell.clock)
    _append(standing, deed, facts, actor, first=first if deed.verb in rules.TWO else None)
    attachments.attach(photos, thing="organisation", thing_id=group.id, place="life",
                       act=group.acts, sealed=False, actor=actor)  # fmt: skip
    _tell(standing, deed.verb)


def _completed(group: Organisation, deed: Deed) -> Deed:
    """What the second person decides on is what the first one asked for, with all its values."""
    if group.asked is None or group.asked != deed.verb:
        return deed
    asked = queries.story_of(group, verb="ask")[-1]
    given = {**asked.facts, "exception": asked.exception}
    if "until" in given:
        given["until"] = date.fromisoformat(given["until"])
    return replace(deed, **given, reason=deed.reason.strip() or asked.reason or "")


def _is_second(group: Organisation, deed: Deed, actor: Actor) -> bool:
    """Whether this is the second of two people; what another one waits for comes first."""
    if actor.kind not in ("person", "clock"):
        raise Forbidden
    if group.asked is None:
        return False
    if group.asked != deed.verb:
        raise Conflict(_l("Something else waits for a second person. Decide on that first."))
    casework.ensure_another(actor, group.asked_by_id)
    return True


def _ask(group: Organisation, standing: Standing, deed: Deed, actor: Actor) -> None:
    group.asked, group.asked_by_id = deed.verb, actor.person_id
    asked = Deed(verb="ask", reason=deed.reason)
    _append(standing, asked, _given(deed), actor, about=deed.verb, exception=deed.exception)
    _tell(standing, "ask")


def _happened(group: Organisation) -> object:
    last = queries.story_of(group)[-1]
    return casework.overtaken(words.VERBS[last.verb].done, last.actor)


def _ensure_given(standing: Standing, cell: Cell, deed: Deed) -> None:
    errors = casework.not_given(deed, cell.asks, words.MISSING)
    if (
        "number" in cell.asks
        and "number" not in errors
        and (wrong := _wrong_number(standing, deed))
    ):
        errors["number"] = [wrong]
    if deed.exception and not deed.reason.strip():
        errors["reason"] = [_l("An exception needs its reason: everybody can read it.")]
    if deed.until and deed.until <= clock.today():
        errors["until"] = [_l("This day is over: the paper would not be valid.")]
    if "to" in cell.asks and deed.to not in {row.code for row in queries.types()} - {
        standing.group.type
    }:
        errors["to"] = [words.MISSING["to"]]
    if "exit" in cell.asks and deed.exit not in {row.code for row in queries.terms("exit")}:
        errors["exit"] = [words.MISSING["exit"]]
    if errors:
        raise Invalid(errors)


def _wrong_number(standing: Standing, deed: Deed) -> object:
    """What is wrong with the number under which it comes into the register."""
    kind = queries.type_of(deed.to) if deed.to else standing.type
    if kind is None or kind.needs != "registration":
        return None
    return wrong_uscc(deed.number, standing.group)


def wrong_uscc(text: str, group: Organisation | None = None) -> object:
    """What is wrong with a unified social credit code; None for nothing."""
    clean = rules.clean_uscc(text)
    if clean is None:
        return _l("This is no unified social credit code: its 18 characters do not fit together.")
    if queries.is_known_uscc(clean, but=group):
        return _l("Another organisation has this code.")
    return None


# What verbs do besides leading to a state; each returns what is kept with its act --------------


def _given(deed: Deed) -> dict[str, Any]:
    """What was given with a deed beside its words."""
    kept = {"number": deed.number.strip(), "issuer": deed.issuer.strip(), "to": deed.to,
            "exit": deed.exit, "until": deed.until.isoformat() if deed.until else None}  # fmt: skip
    return {name: value for name, value in kept.items() if value}


def _with_paper(standing: Standing, deed: Deed, actor: Actor) -> dict[str, Any]:
    """A paper for how it comes into the register; one of its kind is replaced."""
    group, kind = standing.group, queries.type_of(deed.to) if deed.to else standing.type
    assert kind is not None
    number = deed.number.strip()
    if kind.needs == "registration":
        group.uscc = number = rules.clean_uscc(deed.number) or ""
    until = deed.until or queries.lasts_until(kind, clock.today())
    before = queries.credential_of(group, kind.needs)
    paper = Credential(
        organisation_id=group.id, kind=kind.needs, number=number,
        issuer=deed.issuer.strip() or queries.name_of(standing.supporter),
        valid_from=clock.today(), valid_until=until, replaces_id=before.id if before else None,
        at=clock.now(), by_id=actor.person_id,
    )  # fmt: skip
    session.add(paper)
    return {**_given(deed), "number": number, "until": until.isoformat() if until else None}


def _file(standing: Standing, deed: Deed, actor: Actor) -> dict[str, Any]:
    casework.ensure_another(actor, standing.group.started_by_id)
    return _with_paper(standing, deed, actor)


def _advise(standing: Standing, deed: Deed, actor: Actor) -> dict[str, Any]:
    casework.ensure_another(actor, standing.group.started_by_id)
    return {}


def _take_over(standing: Standing, deed: Deed, actor: Actor) -> dict[str, Any]:
    """Into the register as it stands on paper, with the stage that it has there."""
    if deed.stage:
        found = next((row for row in standing.track if row.code == deed.stage), None)
        if found is None:
            raise Invalid({"stage": [_l("This type has no such stage.")]})
        standing.group.stage = found.code
    return _with_paper(standing, deed, actor)


def _stand_at(place: int) -> Callable[[Standing, Deed, Actor], dict[str, Any]]:
    def move(standing: Standing, deed: Deed, actor: Actor) -> dict[str, Any]:
        track = standing.track
        if not track:
            raise Conflict(_l("This type has no stages: add them to the settings first."))
        at = 0 if standing.stage is None else track.index(standing.stage) + place
        standing.group.stage = track[at].code
        return {}

    return move


def _graduate(standing: Standing, deed: Deed, actor: Actor) -> dict[str, Any]:
    standing.group.graduated_on = clock.today()
    return {}


def _transform(standing: Standing, deed: Deed, actor: Actor) -> dict[str, Any]:
    """Another type, with a new paper; the old ones stay, and growth begins on the new track."""
    facts = {"from": standing.group.type, **_with_paper(standing, deed, actor)}
    assert deed.to is not None
    standing.group.type, standing.group.stage, standing.group.graduated_on = deed.to, None, None
    return facts


def _prove(standing: Standing, deed: Deed, actor: Actor) -> dict[str, Any]:
    session.add(
        Sign(organisation_id=standing.group.id, on=clock.today(), kind="proof",
             words=deed.reason.strip()[:300], people=0, at=clock.now(), by_id=actor.person_id)
    )  # fmt: skip
    return {}


def _undo(standing: Standing, deed: Deed, actor: Actor) -> dict[str, Any]:
    undone, standing.group.asked, standing.group.asked_by_id = standing.group.asked, None, None
    return {"undone": undone}


def _call(standing: Standing, deed: Deed, actor: Actor) -> dict[str, Any]:
    standing.group.calls += 1
    return {}


def _kept(standing: Standing, deed: Deed, actor: Actor) -> dict[str, Any]:
    return _given(deed)


_DOES: Final = {
    "advise": _advise, "file": _file, "take_over": _take_over, "renew": _with_paper,
    "enter": _stand_at(0), "promote": _stand_at(1), "put_back": _stand_at(-1),
    "graduate": _graduate,
    "transform": _transform, "prove": _prove, "undo": _undo, "call": _call, "leave": _kept,
}  # fmt: skip


# What every act leaves behind -------------------------------------------------------------------


def _append(
    standing: Standing, deed: Deed, facts: dict[str, Any], actor: Actor, *,
    first: int | None = None, about: str | None = None, exception: bool | None = None,
) -> None:  # fmt: skip
    group = standing.group
    row = Act(
        organisation_id=group.id, stage=group.stage, type=group.type, about=about,
        measured=[{**asdict(one), "met": one.met} for one in standing.measured], facts=facts,
        exception=deed.exception if exception is None else exception, first_id=first,
    )  # fmt: skip
    casework.append(group, row, deed.verb, deed.reason, actor=actor)
    audit.record(f"organisations.{deed.verb}", "organisation", group.id, actor=actor,
                 unit_path=standing.home_path)  # fmt: skip
    session.flush()
    organisation_moved.send(group.id, verb=deed.verb, state=group.state)


def _set_clock(standing: Standing, what: str) -> None:
    """When the clock looks again: long before silence puts it to sleep."""
    group = standing.group
    if what == "alive":
        group.calls = 0
    if group.state == "active" and standing.type.needs:
        wake(group, standing.type.silent_days)
    elif what == "stop" or group.state not in rules.LIVING:
        group.next_at = None


def wake(group: Organisation, silent_days: int) -> None:
    """Set the alarm by the last sign of life; one that never met is asked from its filing on."""
    day = rules.next_look(queries.alive_on(group) or clock.today(), silent_days, group.calls)
    group.next_at = datetime.combine(
        max(day, clock.today() + timedelta(days=1)), time(9), clock.zone()
    )
    casework.set_alarm(JOB, group.next_at)


def _tell(standing: Standing, verb: str) -> None:
    """Who must do something, and whose it is; other systems what happened."""
    if casework.is_quiet():
        return
    group, row = standing.group, words.VERBS[verb]
    facts: dict[str, Any] = {"what": group.name, "where": standing.home.name}
    if verb not in ("note", "call"):
        notices.done_about(f"organisation:{group.id}", *words.ASKS)
    for whom, kind in row.notices.items():
        own = whom == "people"
        path = f"/my/organisation/{group.code}" if own else f"/organisations/{group.code}"
        notices.notify(
            _whom(standing, whom), kind, path=path, about=f"organisation:{group.id}", **facts
        )
    if row.fact is not None:
        notices.announce(row.fact.name, {**facts, "code": group.code, "verb": verb,
                                         "number": group.acts, "state": group.state,
                                         "type": group.type, "stage": group.stage})  # fmt: skip


def _whom(standing: Standing, whom: str) -> list[int]:
    """The people whom a verb's row means: its own, who works where it is at home, who decides."""
    if whom == "people":
        return sorted(standing.people)
    needs = permissions.EDIT if whom == "handlers" else permissions.DECIDE
    units = [standing.home, *standing.above] if whom == "handlers" else [standing.supporter]
    for unit in units:
        if found := people.holder_ids([unit.id], needs).get(unit.id):
            return found
    return []


def ask_alive(group: Organisation, *, actor: Actor) -> None:
    """Ask its people now, not waiting for the clock. Raises `Conflict` where nobody would hear."""
    standing = queries.standing_of(group)
    if not permissions.parts_of(actor, standing) & {"handler", "decider"}:
        raise Forbidden
    if group.state != "active" or not standing.people:
        raise Conflict(
            _l("Nobody can be asked: it is not active, or has no leader with an account.")
        )
    act(group, Deed(verb="call"), actor=CLOCK)


# The clock --------------------------------------------------------------------------------------


def ring(limit: int = BATCH) -> int:
    """Ask who has been silent for long, and let those sleep who did not answer."""
    groups = casework.due(Organisation, limit)
    for group in groups:
        _ring(group)
    return len(groups)


def ring_for(group_id: int) -> bool:
    """The same for one alone; False if it is not due."""
    group = casework.lock_due(Organisation, group_id)
    if group is not None:
        _ring(group)
    return group is not None


def _ring(group: Organisation) -> None:
    verb = "call" if group.calls < 2 else "doze"
    if group.state != "active":
        group.next_at = None
    else:
        act(group, Deed(verb=verb), actor=CLOCK)


def move_home(*, from_unit_id: int, to_unit_id: int, actor: Actor) -> None:
    """Whoever was at home in a unit is so in the one into which it was merged."""
    for group in queries.lock_living_at(from_unit_id):
        group.home_unit_id = to_unit_id
        act(group, Deed(verb="move"), actor=actor)


def set_alarms_ahead() -> None:
    """Set the alarms of the coming day and a half anew; what slipped is looked at now."""
    if casework.slipped(Organisation, Organisation.id):
        casework.set_alarm(JOB, clock.now())
    casework.set_alarms_ahead(JOB, Organisation.next_at)
