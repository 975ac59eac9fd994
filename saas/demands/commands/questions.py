"""What a category asks: settings of it, and taking the answers in with a demand."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from saas.catalogue.rows import Catalogue
from saas.demands import queries, rules
from saas.demands.commands.terms import ensure_settings
from saas.demands.models import Category, Demand, Detail, Question
from saas.demands.words.questions import REFUSED
from saas.kernel.context import Actor, Label
from saas.kernel.db import session
from saas.kernel.errors import Conflict, Invalid
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.ordering import free_code

#: Question → what was typed.
Answers = Mapping[str, str]
#: A question with the answer to it as it is stored.
Taken = list[tuple[Question, dict[str, Any]]]


def take_answers(category: Category, answers: Answers) -> Taken:
    """The checked answers to what a category asks. What it does not ask is refused, too.

    Raises `Invalid` by ``q-<code>`` of the question.
    """
    asked = queries.questions_of(category.code)
    errors: dict[str, list[Any]] = {}
    taken: Taken = []
    for row in asked:
        typed = answers.get(row.code, "")
        content = rules.answered(row.kind, typed, row.choices)
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


# Settings


def _settle(values: Mapping[str, Any], row: Question | None) -> Mapping[str, Any]:
    """Choices get their codes; the kind of answer stays. What was answered stays as it was."""
    if row is None:
        if queries.open_leaf(values["category"]) is None:
            raise Conflict(_l("Nothing can be filed here, so nothing can be asked."))
        _ensure_room(values["category"])
    kind, known = (row.kind, row.choices) if row else (values["kind"], ())
    return {**values, "choices": _choices(kind, values["choices"], known)}


def _may_restore(row: Question) -> None:
    if row.retired:
        _ensure_room(row.category)


def _ensure_room(category: str) -> None:
    if len(queries.questions_of(category)) >= rules.MOST_QUESTIONS:
        raise Conflict(_l("A category asks at most six questions. Retire one first."))


def _choices(
    kind: str, labels: Sequence[Label], known: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Choices with their codes: one whose Chinese name stays keeps its code, and one that stands
    alone in the place of another is that one under a new name.
    """
    if kind != "choice":
        return []
    if not rules.LEAST_CHOICES <= len(labels) <= rules.MOST_CHOICES:
        raise Invalid({"choices": [_l("Give from 2 to 20 answers, one a line.")]})
    if len({label["zh"] for label in labels}) < len(labels):
        raise Invalid({"choices": [_l("An answer stands here twice.")]})
    codes = {each["name"]["zh"]: each["code"] for each in known}
    kept = {codes[label["zh"]] for label in labels if label["zh"] in codes}
    renamed = len(labels) == len(known)
    taken, found = {each["code"] for each in known}, list[dict[str, Any]]()
    for place, label in enumerate(labels):
        code = codes.get(label["zh"])
        if code is None and renamed and known[place]["code"] not in kept:
            code = known[place]["code"]
        if code is None:
            code = free_code(label, "answer", taken)
        taken.add(code)
        found.append({"code": code, "name": dict(label)})
    return found


#: What each category asks; what was answered stays with its demands.
QUESTIONS = Catalogue(
    model=Question,
    domain="demands",
    noun="question",
    plural="questions",
    thing="demand_question",
    ensure=ensure_settings,
    label="label",
    within=("category",),
    settle=_settle,
    may_restore=_may_restore,
)
change_question, shift_question = QUESTIONS.change, QUESTIONS.shift
retire_question, restore_question = QUESTIONS.retire, QUESTIONS.restore


def add_question(category: Category, *, actor: Actor, **values: Any) -> Question:
    """A new question, the last one that the category asks."""
    return QUESTIONS.add(category=category.code, actor=actor, **values)
