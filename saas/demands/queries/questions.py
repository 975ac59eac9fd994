"""What a category asks, and what was answered with a demand."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from saas.demands import permissions
from saas.demands.models import Demand, Detail, Question
from saas.kernel.context import Actor, Label
from saas.kernel.db import rows, session
from saas.kernel.errors import NotFound


def questions_of(category: str) -> Sequence[Question]:
    """What a category asks now, in order."""
    return [row for row in every_question(category) if not row.retired]


def every_question(category: str | None = None) -> Sequence[Question]:
    """What a category (or any) asks or ever asked, in order."""
    query = sa.select(Question).order_by(Question.position, Question.id)
    return session.scalars(query.where(Question.category == category) if category else query).all()


def question(code: str) -> Question:
    """A question by code, or `NotFound`."""
    found = session.scalar(sa.select(Question).where(Question.code == code))
    if found is None:
        raise NotFound
    return found


def asking() -> dict[str, int]:
    """How many questions each category asks; those that ask none are left out."""
    query = sa.select(Question.category, sa.func.count()).where(~Question.retired)
    return dict((code, number) for code, number in rows(query.group_by(Question.category)))


def questions_answered() -> set[str]:
    """The codes of the questions that were ever answered."""
    return set(session.scalars(sa.select(Detail.question).distinct()))


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it was given. ``value`` is None where the reader may not know it; a choice has
    the ``name`` that it had then.
    """

    question: str
    kind: str
    label: Label
    personal: bool
    value: str | None
    name: Label | None = None


def details_of(demand: Demand, *, personal: bool) -> list[Answer]:
    """What was answered with a demand, in the order in which it was asked.

    Without ``personal`` personal answers stay sealed: they are there, but without their value.
    """
    columns = [
        Detail.question, Detail.kind, Detail.label, Detail.said, Detail.sealed.is_not(None),
    ]  # fmt: skip
    query = sa.select(*columns, *([Detail.sealed] if personal else []))
    found = rows(query.where(Detail.demand_id == demand.id).order_by(Detail.position))
    return [_answer(*row) for row in found]


def _answer(
    code: str,
    kind: str,
    label: Label,
    said: dict[str, Any] | None,
    is_personal: bool,
    opened: str | None = None,
) -> Answer:
    content = said if said is not None else json.loads(opened) if opened else {}
    return Answer(code, kind, label, is_personal, content.get("value"), content.get("name"))


def sees_personal(actor: Actor, demand: Demand, holder_path: str) -> bool:
    """Who may read personal answers: who gave them, and who may know who that is."""
    return permissions.is_filer(actor, demand) or permissions.can_see_filer(
        actor, demand, holder_path
    )
