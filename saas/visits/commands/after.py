"""Who came, what it cost, what was asked and said; and forgetting who it was."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from saas import casework
from saas.kernel import audit, clock
from saas.kernel.context import Actor
from saas.kernel.db import session
from saas.kernel.errors import Conflict, Forbidden, Invalid
from saas.kernel.i18n import lazy_gettext as _l
from saas.notices import commands as notices
from saas.visits import permissions, queries, rules, words
from saas.visits.commands.acting import facts_of, office_of
from saas.visits.models import Cost, Guest, Question, Rating, Visit

_FROZEN = _l("The reception list is frozen: nothing in it is changed any more.")
_MOST = 60


def _ensure_open(visit: Visit, actor: Actor, *, guest: bool = False) -> None:
    """The list is not frozen, and it is ``actor``'s to write; ``guest``: also who asked."""
    office = permissions.handles(actor, queries.path_of(visit))
    if not office and not (guest and permissions.is_guest(actor, visit)):
        raise Forbidden
    if visit.state not in (*rules.COMING, "held"):
        raise Conflict(_FROZEN)


def _note(action: str, visit: Visit, actor: Actor, **facts: Any) -> None:
    session.flush()
    audit.record(f"visits.{action}", "visit", visit.id, actor=actor,
                 unit_path=queries.path_of(visit), **facts)  # fmt: skip


def set_guests(
    visit: Visit, *, guests: Sequence[tuple[str, str]], escorts_n: int | None = None, actor: Actor
) -> None:
    """Who comes, by name and post, in place of what was written before; how many of the house sit
    with them at table.
    """
    _ensure_open(visit, actor, guest=True)
    each = queries.terms().get("escorts")
    number = max(len(guests), visit.guests_n)
    if escorts_n and each and each.number:
        most = rules.most_escorts(number, each.number)
        if escorts_n > most:
            told = _l("With %(guests)s guests at most %(most)s of the house sit at table.",
                      guests=number, most=most)  # fmt: skip
            raise Invalid({"escorts_n": [told]})
    session.execute(sa.delete(Guest).where(Guest.visit_id == visit.id))
    session.add_all(
        Guest(visit_id=visit.id, name=name, post=post, erase_after=visit.erase_after)
        for name, post in guests
    )
    if permissions.handles(actor, queries.path_of(visit)):
        visit.escorts_n = escorts_n
    _note("set_guests", visit, actor, guests=len(guests))


def add_cost(visit: Visit, *, what: str, yuan: Decimal, actor: Actor) -> None:
    """Something that the reception cost."""
    _ensure_open(visit, actor)
    session.add(Cost(visit_id=visit.id, what=what.strip(), fen=int(yuan * 100)))
    _note("add_cost", visit, actor)


def remove_cost(visit: Visit, number: int, *, actor: Actor) -> None:
    """It was not spent after all."""
    _ensure_open(visit, actor)
    session.execute(sa.delete(Cost).where(Cost.visit_id == visit.id, Cost.id == number))
    _note("remove_cost", visit, actor)


def ask_question(visit: Visit, *, words_: str, actor: Actor) -> None:
    """A guest asks; the guides and the office are told."""
    if len(queries.questions_of(visit)) >= _MOST:
        raise Conflict(_l("Your group has asked a lot already. Ask your guide, please."))
    session.add(Question(visit_id=visit.id, words=words_.strip(), at=clock.now()))
    _note("ask_question", visit, actor)
    unit = queries.unit_of(visit)
    told = {one.guide_id for one in queries.stops_of(visit) if one.guide_id} | {*office_of(unit)}
    if not casework.is_quiet():
        notices.notify(sorted(told), words.QUESTION, path=f"/visits/{visit.code}",
                       about=f"visit:{visit.id}:questions", **facts_of(visit, unit))  # fmt: skip


def answer_question(
    visit: Visit, question: Question, *, answer: str, publish: bool, actor: Actor
) -> None:
    """Answer it, as its guide or as the office; only the office lets everybody read it."""
    office = permissions.handles(actor, queries.path_of(visit))
    guides = {one.guide_id for one in queries.stops_of(visit)}
    if not office and actor.person_id not in guides:
        raise Forbidden
    question.answer, question.answered_by_id = answer.strip(), actor.person_id
    if office:
        question.published_at = clock.now() if publish else None
    _note("answer_question", visit, actor, published=publish and office)
    if all(one.answer for one in queries.questions_of(visit)):
        notices.done_about(f"visit:{visit.id}:questions", words.QUESTION)


def rate(visit: Visit, *, useful: int, missing: str, actor: Actor) -> None:
    """What a guest says at the end."""
    if visit.starts_at > clock.now():
        raise Conflict(_l("Say it when you have been here."))
    if len(queries.ratings_of(visit)) >= visit.guests_n:
        raise Conflict(_l("Every guest of your group has said it already. Thank you."))
    session.add(Rating(visit_id=visit.id, useful=useful, missing=missing.strip(), at=clock.now()))
    _note("rate", visit, actor)


def forget_guests() -> int:
    """Take names and numbers out of what is long over; posts and the visit itself stay. How many
    names of guests went.
    """
    today = clock.today()
    gone = sa.update(Guest).where(Guest.erase_after <= today, Guest.name.is_not(None))
    done = session.execute(gone.values(name=None).returning(Guest.id)).all()
    known = sa.or_(Visit.contact_name.is_not(None), Visit.contact_hash.is_not(None))
    nobody = dict.fromkeys(("contact_name", "contact_phone", "contact_mail", "contact_hash"))
    session.execute(sa.update(Visit).where(Visit.erase_after <= today, known).values(**nobody))
    return len(done)
