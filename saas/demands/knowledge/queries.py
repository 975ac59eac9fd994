"""The answers that everybody may read, and those on their way there.

Search needs no extension: the newest `MOST_SEARCHED` answers are looked through, by words in the
database and by likeness of the question here. That is bounded, and always the same few queries.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from saas.accounts.queries import Person
from saas.demands.case import permissions
from saas.demands.case.models import Custody, Demand
from saas.demands.case.queries import ground
from saas.demands.knowledge.models import PublicAnswer
from saas.demands.menu.models import Category
from saas.kernel.context import Actor, Label
from saas.kernel.db import columns_of, rows, session
from saas.kernel.finding import only
from saas.kernel.folding import has_words
from saas.kernel.likeness import likeness, pairs
from saas.kernel.paging import page_of
from saas.territory.queries import Unit, within

#: An answer older than so many others is found under its category, not by likeness.
MOST_SEARCHED = 2000
_MOST_TERMS = 5
_LONGEST_TERM = 40
#: From which likeness on an answer is shown: to who searches, and to who is about to file.
_FITS_SEARCH, _FITS_FILING = 0.34, 0.3
#: What it counts that an answer is about the category in which somebody files.
_SAME_CATEGORY = 0.3
_PUBLIC = sa.and_(PublicAnswer.published_at.is_not(None), PublicAnswer.withdrawn_at.is_(None))
#: The lists of answers at work.
ANSWER_LISTS = ("draft", "published", "withdrawn")


@dataclass(frozen=True, slots=True)
class Found:
    """A public answer in a list."""

    code: str
    question: str
    answer: str
    category: Label
    published_at: datetime


@dataclass(frozen=True, slots=True)
class _Candidate:
    id: int
    question: str
    category: str
    parent: str | None
    hit: bool


def search_answers(
    words: str, category: str = "", *, number: int = 1, size: int = 20
) -> tuple[list[Found], int]:
    """One page of the public answers and how many there are: the best first, or the newest."""
    terms = [term[:_LONGEST_TERM] for term in words.split()[:_MOST_TERMS]]
    asked = pairs(words)
    found = _candidates(terms, category)
    if terms:
        scored = [(one, one.hit + likeness(asked, one.question)) for one in found]
        kept = [(one, score) for one, score in scored if score >= _FITS_SEARCH]
        found = [one for one, _ in sorted(kept, key=lambda pair: -pair[1])]
    chosen = found[(number - 1) * size : number * size]
    return _whole([one.id for one in chosen]), len(found)


def answers_like(words: str, category: str, *, limit: int = 3) -> list[Found]:
    """The public answers that fit best what somebody is about to file in a category."""
    asked = pairs(words)
    parent = ground().parents.get(category)
    scored = [
        (one, likeness(asked, one.question) + _nearness(one, category, parent))
        for one in _candidates([], "")
    ]
    best = sorted((pair for pair in scored if pair[1] >= _FITS_FILING), key=lambda p: -p[1])
    return _whole([one.id for one, _ in best[:limit]])


def _nearness(one: _Candidate, category: str, parent: str | None) -> float:
    if one.category == category:
        return _SAME_CATEGORY
    return _SAME_CATEGORY / 3 if parent is not None and one.parent == parent else 0.0


def _candidates(terms: Sequence[str], category: str) -> list[_Candidate]:
    """The newest answers, each with whether every term stands in it."""
    hit = has_words(" ".join(terms), PublicAnswer.question, PublicAnswer.answer)
    query = (
        sa.select(*columns_of(_Candidate, PublicAnswer, parent=Category.parent, hit=hit))
        .join(Category, Category.code == PublicAnswer.category)
        .where(_PUBLIC)
        .order_by(PublicAnswer.published_at.desc(), PublicAnswer.id.desc())
        .limit(MOST_SEARCHED)
    )
    if category:
        query = query.where(sa.or_(PublicAnswer.category == category, Category.parent == category))
    return [_Candidate(*row) for row in rows(query)]


def _whole(ids: Sequence[int]) -> list[Found]:
    """These answers with all their words, in this order."""
    query = (
        sa.select(PublicAnswer.id, *columns_of(Found, PublicAnswer, category=Category.name))
        .join(Category, Category.code == PublicAnswer.category)
        .where(PublicAnswer.id.in_(ids))
    )
    by_id = {row[0]: Found(*row[1:]) for row in rows(query)}
    return [by_id[one] for one in ids if one in by_id]


def answered_categories() -> list[tuple[str, Label, int]]:
    """The top categories about which something is answered: code, name, how many."""
    top = sa.func.coalesce(Category.parent, Category.code)
    counted = (
        sa.select(top.label("top"), sa.func.count().label("number"))
        .join(PublicAnswer, PublicAnswer.category == Category.code)
        .where(_PUBLIC)
        .group_by(top)
        .subquery()
    )
    query = sa.select(Category.code, Category.name, counted.c.number).join(
        counted, counted.c.top == Category.code
    )
    return [(code, name, number) for code, name, number in rows(query.order_by(Category.position))]


def public_answer(code: str) -> PublicAnswer:
    """An answer that everybody may read, or `NotFound`: withdrawn and never published alike."""
    return only(sa.select(PublicAnswer).where(PublicAnswer.code == code, _PUBLIC))


def state_of(answer: PublicAnswer) -> str:
    """One of `ANSWER_LISTS`."""
    if answer.withdrawn_at is not None:
        return "withdrawn"
    return "draft" if answer.published_at is None else "published"


def answers_at_work(
    which: str, *, actor: Actor, number: int = 1, size: int = 20
) -> tuple[Sequence[PublicAnswer], int]:
    """One page of a list of answers, the newest first, and how many there are in all."""
    where = [_IS[which], _open_to(actor)]
    query = _WITH_PLACE.where(*where).order_by(PublicAnswer.id.desc())
    return page_of(query, number, size)


def count_answers(actor: Actor) -> dict[str, int]:
    """How many answers each list holds."""
    columns = [sa.func.count().filter(_IS[which]) for which in ANSWER_LISTS]
    query = _WITH_PLACE.with_only_columns(*columns).where(_open_to(actor))
    return dict(zip(ANSWER_LISTS, rows(query)[0], strict=True))


def access_answer(code: str, *, actor: Actor, lock: bool = False) -> PublicAnswer:
    """An answer at work that ``actor`` may see, or `NotFound`."""
    query = _WITH_PLACE.where(PublicAnswer.code == code, _open_to(actor))
    return only(query.with_for_update(of=PublicAnswer) if lock else query)


def answer_of(demand: Demand) -> PublicAnswer | None:
    """The answer that was made of a demand."""
    return session.scalar(sa.select(PublicAnswer).where(PublicAnswer.demand_id == demand.id))


def place_of(answer: PublicAnswer) -> str | None:
    """The path of who holds the demand that an answer was made of; None without a demand."""
    query = sa.select(Unit.path).join(Demand, Demand.holder_id == Unit.id)
    return session.scalar(query.where(Demand.id == answer.demand_id))


_WITH_PLACE = (
    sa.select(PublicAnswer)
    .outerjoin(Demand, Demand.id == PublicAnswer.demand_id)
    .outerjoin(Unit, Unit.id == Demand.holder_id)
)
_IS = {
    "draft": sa.and_(PublicAnswer.published_at.is_(None), PublicAnswer.withdrawn_at.is_(None)),
    "published": _PUBLIC,
    "withdrawn": PublicAnswer.withdrawn_at.is_not(None),
}


def _open_to(actor: Actor) -> sa.ColumnElement[bool]:
    """What everybody may read, what one wrote, and what one may publish: a draft can still have a
    name in it.
    """
    if actor.may(permissions.SETTINGS):
        return sa.true()
    mine = PublicAnswer.written_by_id == actor.id
    return sa.or_(_PUBLIC, mine, within(actor.reach(permissions.SUPERVISE)))


def names_around(demand: Demand) -> list[str]:
    """The names that are known around a demand: who filed it, who called, who acted on it.

    Who asked to stay anonymous is named only where the name stands in what was written anyway:
    else a list of residents, typed as an answer, would come back with that one blotted out.
    """
    acted = sa.select(Custody.actor_id).where(Custody.demand_id == demand.id)
    who = sa.or_(Person.id == demand.filed_by_id, Person.id.in_(acted))
    people = rows(sa.select(Person.id, Person.name).where(who))
    asked = [name for key, name in people if key == demand.filed_by_id]
    asked += [demand.caller_name] if demand.caller_name else []
    if demand.anonymous:
        texts = _all_texts(demand)
        asked = [name for name in asked if name in texts]
    return asked + [name for key, name in people if key != demand.filed_by_id]


def _all_texts(demand: Demand) -> str:
    """Everything that was written about a demand."""
    query = sa.select(Custody.reason).where(
        Custody.demand_id == demand.id, Custody.reason.is_not(None)
    )
    return "\n".join([demand.words, demand.spot or "", *(reason for (reason,) in rows(query))])


def result_of(demand: Demand) -> str:
    """What the resident was told in the end: the words of the last act that finished it."""
    query = sa.select(Custody.reason).where(
        Custody.demand_id == demand.id,
        Custody.verb.in_(("resolve", "end", "reply")),
        Custody.reason.is_not(None),
    )
    last = query.order_by((Custody.verb == "reply"), Custody.number.desc()).limit(1)
    return session.scalar(last) or ""
