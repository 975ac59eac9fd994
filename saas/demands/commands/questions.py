"""What a category asks: settings of it, and taking the answers in with a demand."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from saas.demands import queries, rules
from saas.demands.commands.knowledge import reorder
from saas.demands.commands.terms import ensure_settings
from saas.demands.models import Category, Demand, Detail, Question
from saas.demands.words.questions import REFUSED
from saas.kernel import audit
from saas.kernel.context import Actor, Label
from saas.kernel.db import session
from saas.kernel.errors import Conflict, Invalid
from saas.kernel.i18n import lazy_gettext as _l

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


def add_question(
    category: Category,
    *,
    label: Label,
    hint: Label,
    kind: str,
    choices: Sequence[Label],
    required: bool,
    personal: bool,
    actor: Actor,
) -> Question:
    """A new question, the last one that the category asks."""
    ensure_settings(actor)
    if queries.open_leaf(category.code) is None:
        raise Conflict(_l("Nothing can be filed here, so nothing can be asked."))
    _ensure_room(category.code)
    known = queries.every_question()
    row = Question(
        code=rules.free_code(label, "question", {each.code for each in known}),
        category=category.code,
        label=label,
        hint=hint,
        kind=kind,
        choices=_choices(kind, choices, ()),
        required=required,
        personal=personal,
        position=max((each.position for each in known), default=-1) + 1,
        retired=False,
    )
    session.add(row)
    _note("add_question", row, actor, category=category.code, label=label)
    return row


def change_question(
    row: Question,
    *,
    label: Label,
    hint: Label,
    choices: Sequence[Label],
    required: bool,
    personal: bool,
    actor: Actor,
) -> None:
    """Other words and choices; the kind of answer stays. What was answered stays as it was."""
    ensure_settings(actor)
    before = dict(row.label)
    row.label, row.hint, row.required, row.personal = label, hint, required, personal
    row.choices = _choices(row.kind, choices, row.choices)
    _note("change_question", row, actor, before=before, after=label)


def shift_question(row: Question, *, way: str, actor: Actor) -> None:
    """Asked one place earlier or later."""
    ensure_settings(actor)
    reorder(queries.questions_of(row.category), row.code, way)
    _note("order_questions", row, actor, way=way)


def retire_question(row: Question, *, actor: Actor) -> None:
    """Ask it no more; what was answered stays with its demands."""
    ensure_settings(actor)
    row.retired = True
    _note("retire_question", row, actor)


def restore_question(row: Question, *, actor: Actor) -> None:
    """Ask it again."""
    ensure_settings(actor)
    if row.retired:
        _ensure_room(row.category)
    row.retired = False
    _note("restore_question", row, actor)


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
            code = rules.free_code(label, "answer", taken)
        taken.add(code)
        found.append({"code": code, "name": dict(label)})
    return found


def _note(deed: str, row: Question, actor: Actor, **facts: Any) -> None:
    session.flush()
    audit.record(f"demands.{deed}", "demand_question", row.id, actor=actor, code=row.code, **facts)
