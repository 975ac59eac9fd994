"""What pages on which something is filed share: the questions of the category, and the answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from saas.demands.intake import commands, queries
from saas.kernel.errors import Invalid
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say

#: How the field of a question begins; its code follows.
FIELD = "q-"


def typed_answers(questions: Sequence[Any], values: Mapping[str, Any]) -> dict[str, str]:
    """What was typed for each of the questions that a category asks now."""
    typed = {row.code: values.get(FIELD + row.code, "") for row in questions}
    return {code: text for code, text in typed.items() if isinstance(text, str)}


def question_names(questions: Sequence[Any]) -> dict[str, str]:
    """The questions by their field, for the summary of faults."""
    return {FIELD + row.code: say(row.label) for row in questions}


def ensure_asked(asked: str, given: Mapping[str, Any], answers: commands.Answers) -> None:
    """Nobody enters a demand without having seen what its category asks: without a script the
    questions come with the next page.
    """
    if answers and asked != given["category"] and not queries.is_filed(given["submission"]):
        raise Invalid({"questions": [_l("This category asks a little more. Please answer it.")]})
