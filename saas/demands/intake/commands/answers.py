"""Taking in, with a demand, the answers to what its category asks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from saas.demands.case.models import Demand, Detail
from saas.demands.intake.words import REFUSED
from saas.demands.menu import queries as menu
from saas.demands.menu import rules
from saas.demands.menu.models import Category, Question
from saas.kernel.db import session
from saas.kernel.errors import Invalid
from saas.kernel.i18n import lazy_gettext as _l

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
