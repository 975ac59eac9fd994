"""What a category asked and what was answered, for pages, for the slip and for other systems."""

from __future__ import annotations

from typing import Any

from saas.demands import queries, words
from saas.demands.models import Demand
from saas.demands.queries import Answer, Standing
from saas.kernel.context import Actor
from saas.kernel.i18n import say

#: The question, and the answer in words.
Fact = tuple[str, str]


def answers_in_words(demand: Demand, actor: Actor, holder_path: str) -> list[Fact]:
    """Every answer for a reader who may see the demand; personal ones masked where needed."""
    sees = queries.sees_personal(actor, demand, holder_path)
    return [(say(one.label), in_words(one)) for one in queries.details_of(demand, personal=sees)]


def open_facts(demand: Demand) -> list[Fact]:
    """What is not personal, for a slip that can lie about."""
    found = queries.details_of(demand, personal=False)
    return [(say(one.label), in_words(one)) for one in found if not one.personal]


def in_words(answer: Answer) -> str:
    """An answer in the reader's language."""
    if answer.value is None:
        return words.MASKED
    if answer.kind == "choice":
        return say(answer.name)
    if answer.kind == "yes_no":
        return str(words.YES_NO[answer.value])
    return answer.value


def answers_outside(standing: Standing, actor: Actor) -> list[dict[str, Any]]:
    """The answers of a demand as other systems are given them: of who filed unnamed none that is
    personal.
    """
    demand = standing.demand
    sees = not demand.anonymous and queries.sees_personal(actor, demand, standing.holder.path)
    names = Answer.__slots__
    found = queries.details_of(demand, personal=sees)
    return [{name: getattr(one, name) for name in names} for one in found]


def questions_outside() -> dict[str, list[dict[str, Any]]]:
    """What is asked now, by category."""
    names = ("code", "label", "hint", "kind", "choices", "required", "personal")
    asked: dict[str, list[dict[str, Any]]] = {}
    for row in queries.every_question():
        if not row.retired:
            asked.setdefault(row.category, []).append({name: getattr(row, name) for name in names})
    return asked
