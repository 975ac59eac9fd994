"""Acting on an organisation: allowed? → given what it asks? → first or second person → what it
does → numbered act → audit, fact, notices, the next alarm. All in one transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from saas import attachments, casework
from saas.accounts import queries as people
from saas.casework import Cell
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
    parts = permissions.parts_of(actor, standing)
    deed = _completed(standing, _only_asked(group, deed, parts))
    bars = queries.bars_of(standing)
    if deed.exception:
        bars = bars - {"unmet"}
    cell = casework.allowed(
        rules.TABLE, group.state, deed.verb, bars=bars, parts=parts, words=words.OBSTACLE
    )
    _ensure_given(standing, cell, deed, actor)
    if deed.verb in rules.TWO and not _is_second(group, deed, actor):
        _ask(group, standing, deed, actor)
        return
    first, photos = group.asked_by_id, attachments.take(deed.photo)
    facts = _DOES[deed.verb](standing, deed, actor) if deed.verb in _DOES else {}
    if deed.verb in rules.TWO or group.state != cell.after:
        group.asked = group.asked_by_id = None  # what was asked for was about another state
    group.state = cell.after
    _set_clock(standing, cell.clock)
    _append(standing, deed, facts, actor, first=first if deed.verb in rules.TWO else None)
    attachments.attach(photos, thing="organisation", thing_id=group.id, place="life",
                       act=group.acts, sealed=False, actor=actor)  # fmt: skip
    _tell(standing, deed.verb)


def _only_asked(group: Organisation, deed: Deed, parts: Collection[str]) -> Deed:
    """The deed with what its verb takes, whatever else was sent; only a level above can make an
    exception.
    """
    cell, row = rules.TABLE.get((group.state, deed.verb)), words.VERBS.get(deed.verb)
    takes = {*(cell.asks if cell else ()), *(row.may if row else ())}
    if "number" in takes:
        takes |= {"issuer", "until", "stage"}
    blank = {name: empty for name, empty in _EMPTY.items() if name not in takes}
    if "above" not in parts:
        blank["exception"] = False
    return replace(deed, **blank)


_EMPTY: Final[Mapping[str, Any]] = {
    "number": "", "issuer": "", "until": None, "to": None, "stage": None, "exit": None,
    "exception": False, "photo": (),
}  # fmt: skip


def _completed(standing: Standing, deed: Deed) -> Deed:
    """What the second person decides on is what the first one asked for, with all its values and
    no others; it counts as long as the first may still ask for it.
    """
    group = standing.group
    if group.asked is None or group.asked != deed.verb:
        return deed
    first = people.load_actor(group.asked_by_id) if group.asked_by_id else None
    parts = permissions.parts_of(first, standing) if first else set()
    asked = queries.story_of(group, verb="ask")[-1]
    if "decider" not in parts or (asked.exception and "above" not in parts):
        raise Conflict(_l("Who asked for it may no longer do so. Take it back and ask anew."))
    given = {**_EMPTY, **asked.facts, "exception": asked.exception}
    if given["until"]:
        given["until"] = date.fromisoformat(given["until"])
    return Deed(verb=deed.verb, **given, reason=deed.reason.strip() or asked.reason or "")


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


def _decides_on(standing: Standing, code: str, actor: Actor) -> bool:
    kind = queries.type_of(code)
    return kind is not None and queries.decides_at(standing.home, kind, actor)


def _ensure_given(standing: Standing, cell: Cell, deed: Deed, actor: Actor) -> None:
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
    if deed.to and "to" not in errors and not _decides_on(standing, deed.to, actor):
        errors["to"] = [_l("The level that supports this type has to decide it.")]
    if "exit" in cell.asks and deed.exit not in {row.code for row in queries.terms("exit")}:
        errors["exit"] = [words.MISSING["exit"]]
    if errors:
        raise Invalid(errors)


def _wrong_number(standing: Standing, deed: Deed) -> object:
    """What is wrong with the number under which it comes into the register."""
    kind = queries.type_of(deed.to) if deed.to else standing.type
    if kind is None or kind.needs != "registration":
        return None
    if deed.verb == "renew" and rules.clean_uscc(deed.number) != standing.group.uscc:
        return _l("A renewed paper has the same code.")
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
    """Neither who started it nor who advised it files it."""
    casework.ensure_another(actor, standing.group.started_by_id)
    casework.ensure_another(actor, queries.last_actor(standing.group, "advise"))
    return _with_paper(standing, deed, actor)


def _advise(standing: Standing, deed: Deed, actor: Actor) -> dict[str, Any]:
    casework.ensure_another(actor, standing.group.started_by_id)
    return {}


def _take_over(standing: Standing, deed: Deed, actor: Actor) -> dict[str, Any]:
    """Into the register as it stands on paper, with the stage that it has there; only by who
    typed it in, never what somebody else has begun.
    """
    if standing.group.started_by_id != actor.person_id:
        raise Forbidden
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
    kind = queries.type_of(group.type) or standing.type
    if group.state == "active":
        wake(group, kind.silent_days, queries.alive_on(group))
    elif what == "stop" or group.state not in rules.LIVING:
        group.next_at = None


def wake(group: Organisation, silent_days: int, alive: date | None) -> None:
    """Set the alarm by the last sign of life; one that never met is asked from its filing on."""
    day = rules.next_look(alive or clock.today(), silent_days, group.calls)
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
    if verb not in ("note", "call", "inquire"):
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
