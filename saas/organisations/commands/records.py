"""Adding to what is kept of an organisation. Who may do so is asked in one place: `_ensure`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from saas import attachments
from saas.accounts import queries as people
from saas.kernel import audit, clock
from saas.kernel.context import Actor, Label
from saas.kernel.db import session
from saas.kernel.errors import Conflict, Forbidden, Invalid, NotFound, not_listed
from saas.kernel.i18n import lazy_gettext as _l
from saas.notices import commands as notices
from saas.organisations import permissions, queries, rules, words
from saas.organisations import words as vocabulary
from saas.organisations.commands import acting
from saas.organisations.models import (
    Area,
    Credential,
    Link,
    Member,
    Mentorship,
    Organisation,
    Post,
    Roll,
    Session,
    Sign,
    Type,
)
from saas.territory import queries as territory

#: What is added → what the audit calls it.
_DEED: Final = {
    "credential": "organisations.add_credential",
    "post": "organisations.set_post",
    "end_post": "organisations.end_post",
    "roll": "organisations.add_roll",
    "member": "organisations.add_member",
    "leave": "organisations.leave_members",
    "sign": "organisations.add_sign",
    "area": "organisations.add_area",
    "link": "organisations.add_link",
    "end_link": "organisations.end_link",
    "mentor": "organisations.add_mentor",
    "end_mentor": "organisations.end_mentor",
    "session": "organisations.add_session",
    "confirm": "organisations.confirm_session",
    "picture": "organisations.add_picture",
}
_IN_FUTURE = _l("This day lies ahead.")


#: Whoever it is: who may is asked elsewhere.
_ANYBODY: Final = ("",)


def _ensure(group: Organisation, actor: Actor, *parts: str) -> queries.Standing:
    """Where it stands, for who may write here; nothing is added to one that has left."""
    standing = queries.standing_of(group)
    played = permissions.parts_of(actor, standing) | {""}
    if not played & set(parts or ("own", "decider")):
        raise Forbidden
    if group.state == "left":
        raise Conflict(_l("It has left: what was kept stays, and nothing is added."))
    return standing


def _add(what: str, row: Any, group: Organisation, actor: Actor, path: str) -> None:
    session.add(row)
    session.flush()
    _note(what, group, actor, path)


def _note(what: str, group: Organisation, actor: Actor, path: str) -> None:
    audit.record(_DEED[what], "organisation", group.id, actor=actor, unit_path=path)


def _past(day: date | None, field: str) -> date:
    """A day up to today; today where none was said."""
    if day is not None and day > clock.today():
        raise Invalid({field: [_IN_FUTURE]})
    return day or clock.today()


def add_credential(
    group: Organisation, *, kind: str, number: str, issuer: str, valid_from: date,
    valid_until: date | None = None, photo: Sequence[Any] = (), actor: Actor,
) -> None:  # fmt: skip
    """A paper besides the one of its filing, which comes by acts alone, with a copy if there is
    one; staff writes it down.
    """
    standing = _ensure(group, actor, "handler", "decider")
    if kind in rules.NEEDS:
        raise not_listed("kind")
    if valid_until is not None and valid_until < valid_from:
        raise Invalid({"valid_until": [_l("It would end before it begins.")]})
    taken = attachments.take(photo)
    before = queries.credential_of(group, kind)
    row = Credential(
        organisation_id=group.id, kind=kind, number=number.strip(), issuer=issuer.strip(),
        valid_from=valid_from, valid_until=valid_until, replaces_id=before.id if before else None,
        at=clock.now(), by_id=actor.person_id,
    )  # fmt: skip
    _add("credential", row, group, actor, standing.home_path)
    attachments.attach(taken, thing="credential", thing_id=row.id, place="evidence", sealed=True,
                       actor=actor)  # fmt: skip


def set_post(
    group: Organisation, *, role: str, name: str = "", phone: str = "", login: str = "",
    person_id: int | None = None, since: date | None = None, actor: Actor,
) -> None:  # fmt: skip
    """Who holds a post from now on; who led it before leads it no more. With ``login`` it is
    somebody with an account, who finds it among their own. Who leads hands it over or staff sets
    another: nobody else of its people takes it.
    """
    standing = _ensure(group, actor)
    before = [p for p in queries.posts_of(group) if p.role == role == "leader" and p.until is None]
    if any(post.person_id is None or post.person_id != actor.person_id for post in before):
        _ensure(group, actor, "handler", "decider")
    if login:
        known = people.person_by_login(login.strip().lower())
        if known is None:
            raise Invalid({"login": [_l("Nobody has this login here.")]})
        person_id = known.id
    if person_id is None and not name.strip():
        raise Invalid({"name": [_l("Give a name, or the login of somebody with an account.")]})
    day = _past(since, "since")
    for post in before:
        post.until = max(day, post.since)
    session.flush()
    row = Post(organisation_id=group.id, role=role, person_id=person_id, name=name.strip() or None,
               phone=phone.strip() or None, since=day)  # fmt: skip
    _add("post", row, group, actor, standing.home_path)


def end_post(group: Organisation, post_id: int, *, actor: Actor) -> None:
    """Somebody holds it no more; the leader is followed by another, and never just gone."""
    standing = _ensure(group, actor)
    post = next((p for p in queries.posts_of(group) if p.id == post_id and p.until is None), None)
    if post is None:
        raise NotFound
    if post.role == "leader":
        raise Conflict(_l("Set another leader: then this one leads it no more."))
    post.until = max(clock.today(), post.since)
    _note("end_post", group, actor, standing.home_path)


def too_many(kind: Type, members: int) -> object:
    """What is wrong with a number of members; None for nothing."""
    if members > kind.most_members:
        return _l("More than %(most)s would be unusual for this type. Is it a slip of the pen?",
                  most=kind.most_members)  # fmt: skip
    return None


def add_roll(
    group: Organisation, *, party: int = 0, league: int = 0, pioneers: int = 0, others: int = 0,
    as_of: date | None = None, source: str = "", actor: Actor,
) -> None:  # fmt: skip
    """How many they are on a day, by flag."""
    standing = _ensure(group, actor)
    if wrong := too_many(standing.type, party + league + pioneers + others):
        raise Invalid({"others": [wrong]})
    row = Roll(organisation_id=group.id, as_of=_past(as_of, "as_of"), party=party, league=league,
               pioneers=pioneers, others=others, source=source.strip(), at=clock.now(),
               by_id=actor.person_id)  # fmt: skip
    _add("roll", row, group, actor, standing.home_path)


def add_member(
    group: Organisation, *, name: str, child: bool = False, consent: bool = False,
    guardian: bool = False, actor: Actor,
) -> None:  # fmt: skip
    """Somebody by name, with consent; a child under fourteen with that of a guardian."""
    standing = _ensure(group, actor)
    if not consent:
        raise Invalid(
            {"consent": [_l("A name is kept only with consent. Count them in the roll.")]}
        )
    if child and not guardian:
        raise Invalid({"guardian": [_l("For a child under fourteen a guardian has to consent.")]})
    today = clock.today()
    row = Member(organisation_id=group.id, name=name.strip(), child=child, consent_on=today,
                 guardian_on=today if guardian else None)  # fmt: skip
    _add("member", row, group, actor, standing.home_path)


def join(group: Organisation, *, actor: Actor) -> None:
    """By a tap, which is the consent: the page says so. Who is a member already stays one."""
    if actor.person_id is None or group.state != "active":
        raise Conflict(_l("Nobody can join it now."))
    session.refresh(group, with_for_update=True)  # two taps are one after the other
    if queries.membership(group, actor.person_id) is not None:
        return
    standing = queries.standing_of(group)
    row = Member(organisation_id=group.id, person_id=actor.person_id, consent_on=clock.today())
    _add("member", row, group, actor, standing.home_path)
    notices.notify(sorted(standing.people), words.JOINED, path=f"/my/organisation/{group.code}",
                   what=group.name, where=standing.home.name)  # fmt: skip


def leave_members(group: Organisation, *, actor: Actor) -> None:
    """Be no member any more."""
    row = queries.membership(group, actor.person_id)
    if row is not None:
        row.left_on = clock.today()
        _note("leave", group, actor, queries.standing_of(group).home_path)


def take_off(group: Organisation, member_id: int, *, actor: Actor) -> None:
    """Take a name off the list, as somebody wishes who agreed to it before; the name goes."""
    standing = _ensure(group, actor)
    row = next((each for each in queries.members_of(group) if each.id == member_id), None)
    if row is None:
        raise NotFound
    row.left_on, row.name = clock.today(), None if row.person_id else ""
    _note("leave", group, actor, standing.home_path)


def add_sign(
    group: Organisation, *, kind: str, words: str, people: int = 0, on: date | None = None,
    photo: Sequence[Any] = (), actor: Actor,
) -> None:  # fmt: skip
    """Something that they did; the clock begins anew. A visit is what staff write down."""
    standing = _ensure(group, actor, *(("handler", "decider") if kind == "visit" else ()))
    taken = attachments.take(photo)
    row = Sign(organisation_id=group.id, on=_past(on, "on"), kind=kind, words=words.strip()[:300],
               people=people, at=clock.now(), by_id=actor.person_id)  # fmt: skip
    _add("sign", row, group, actor, standing.home_path)
    attachments.attach(taken, thing="organisation", thing_id=group.id, place="life", sealed=False,
                       actor=actor)  # fmt: skip
    alive = queries.alive_on(group) if group.state == "active" else None
    if alive and row.on >= alive:
        group.calls = 0
        notices.done_about(f"organisation:{group.id}", vocabulary.ALIVE)
        acting.wake(group, standing.type.silent_days, alive)


def add_area(
    group: Organisation, *, unit: str = "", name: Label | None = None, people: int = 0, actor: Actor
) -> None:
    """Where else it serves; the same unit again is the same place with other numbers."""
    standing = _ensure(group, actor, "handler", "decider")
    found = territory.unit_coded(unit) if unit else None
    if unit and found is None:
        raise not_listed("unit")
    if found is None and not (name or {}).get("zh"):
        raise Invalid({"name_zh": [_l("Choose a unit, or write the place.")]})
    for known in queries.areas_of(group):
        if found is not None and known.unit_id == found.id:
            session.delete(known)
    row = Area(organisation_id=group.id, unit_id=found.id if found else None,
               name=found.name if found else name, people=people)  # fmt: skip
    _add("area", row, group, actor, standing.home_path)


def add_link(group: Organisation, *, other: str, kind: str, actor: Actor) -> None:
    """That it leads another: the Party the League, the League the Pioneers."""
    standing = _ensure(group, actor, "handler", "decider")
    found = queries.registered(other)
    if found is None or found.id == group.id:
        raise Invalid({"other": [_l("Give the code of another organisation.")]})
    if any(o.id == found.id for _, o, leads in queries.links_of(group) if leads):
        raise Conflict(_l("They are linked already."))
    row = Link(organisation_id=group.id, other_id=found.id, kind=kind, since=clock.today())
    _add("link", row, group, actor, standing.home_path)


def end_link(group: Organisation, link_id: int, *, actor: Actor) -> None:
    """It leads the other no more; the audit keeps that it did."""
    standing = _ensure(group, actor, "handler", "decider")
    links = queries.links_of(group)
    link = next((row for row, _, leads in links if leads and row.id == link_id), None)
    if link is None:
        raise NotFound
    session.delete(link)
    _note("end_link", group, actor, standing.home_path)


# Mentors ----------------------------------------------------------------------------------------


def add_mentor(
    group: Organisation, *, kind: str, hours: int, login: str = "", organisation: str = "",
    actor: Actor,
) -> None:  # fmt: skip
    """Who helps it grow, somebody with an account or an organisation, and the hours agreed."""
    standing = _ensure(group, actor, "handler", "decider")
    person = people.person_by_login(login.strip().lower()) if login else None
    mentor = queries.registered(organisation)
    if bool(person) == bool(mentor):
        raise Invalid({"login": [_l("Give a login, or the code of an organisation: one of both.")]})
    row = Mentorship(
        organisation_id=group.id, kind=kind, person_id=person.id if person else None,
        mentor_id=mentor.id if mentor else None, hours=hours, since=clock.today(),
    )  # fmt: skip
    _add("mentor", row, group, actor, standing.home_path)


def end_mentor(group: Organisation, mentorship_id: int, *, actor: Actor) -> None:
    """Who helped it grow helps no more; the hours that were given stay counted."""
    standing = _ensure(group, actor, "handler", "decider")
    row = queries.mentorship(group, mentorship_id)
    if row is None or row.until is not None:
        raise NotFound
    row.until = max(clock.today(), row.since)
    _note("end_mentor", group, actor, standing.home_path)


def add_session(
    group: Organisation, *, mentor: str, minutes: int, topic: str, on: date | None = None,
    actor: Actor,
) -> None:  # fmt: skip
    """A meeting, written down by one side; the other side is asked to confirm it."""
    row = queries.mentorship(group, int(mentor) if mentor.isdecimal() else None)
    if row is None:
        raise not_listed("mentor")
    standing = _ensure(group, actor, *_ANYBODY)
    side = _side(row, standing, actor)
    now = clock.now()
    meeting = Session(mentorship_id=row.id, on=_past(on, "on"), minutes=minutes,
                      topic=topic.strip()[:300], **{f"{side}_at": now})  # fmt: skip
    _add("session", meeting, group, actor, standing.home_path)
    other = mentor_people(row) if side == "group" else standing.people
    path = "/my/mentoring" if side == "group" else f"/my/organisation/{group.code}"
    notices.notify(sorted(other), words.CONFIRM, path=path, about=f"session:{meeting.id}",
                   what=group.name, where=standing.home.name)  # fmt: skip


def confirm_session(group: Organisation, session_id: int, *, actor: Actor) -> None:
    """The other side says that it took place."""
    meeting, row = queries.session_row(group, session_id)
    standing = queries.standing_of(group)
    side = _side(row, standing, actor, but="group" if meeting.group_at else "mentor")
    setattr(meeting, f"{side}_at", clock.now())
    notices.done_about(f"session:{meeting.id}")
    _note("confirm", group, actor, standing.home_path)


def mentor_people(row: Mentorship) -> frozenset[int]:
    """Who speaks for a mentor."""
    if row.person_id is not None:
        return frozenset({row.person_id})
    return queries.people_of(row.mentor_id)


def _side(row: Mentorship, standing: queries.Standing, actor: Actor, but: str | None = None) -> str:
    """On which side somebody stands; nobody confirms for both."""
    sides = {"mentor": mentor_people(row), "group": standing.people}
    found = [side for side, ids in sides.items() if actor.person_id in ids]
    if len(found) != 1 or found == [but]:
        raise Forbidden  # who stands on both sides speaks for neither
    return found[0]


def add_picture(group: Organisation, *, photo: Sequence[Any], actor: Actor) -> None:
    """Pictures of it for everybody."""
    standing = _ensure(group, actor)
    taken = attachments.take(photo)
    if not taken:
        raise Invalid({"photo": [_l("Choose a picture.")]})
    attachments.attach(taken, thing="organisation", thing_id=group.id, place="face", sealed=False,
                       actor=actor)  # fmt: skip
    _note("picture", group, actor, standing.home_path)
