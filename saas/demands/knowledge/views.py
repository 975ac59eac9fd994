"""Public answers in words, and as their forms show them."""

from __future__ import annotations

from typing import Final

from saas.demands.case.models import Demand
from saas.demands.knowledge import queries
from saas.demands.knowledge.models import PublicAnswer
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.personal import BLOT, personal_data, without_personal_data

ANSWER_LIST: Final = {
    "draft": _l("To publish"),
    "published": _l("Public"),
    "withdrawn": _l("Withdrawn"),
}
#: The mark and the word of an answer's state.
ANSWER_STATE: Final = {
    "draft": ("planned", _l("draft")),
    "published": ("good", _l("public")),
    "withdrawn": ("ended", _l("withdrawn")),
}


#: What a question is cut down to when it is taken from a resident's words.
_LONGEST_QUESTION = 200


def proposed(demand: Demand) -> dict[str, str]:
    """Question and answer as a demand gives them, with what could be blotted blotted out."""
    names = queries.names_around(demand)
    question = demand.words[:_LONGEST_QUESTION]
    return {
        "question": without_personal_data(question, names)[:_LONGEST_QUESTION],
        "answer": without_personal_data(queries.result_of(demand), names),
        "category": demand.category,
    }


def blotted(demand: Demand) -> list[str]:
    """What `proposed` blots out, as it stands in the demand."""
    text = f"{demand.words}\n{queries.result_of(demand)}"
    return personal_data(text, queries.names_around(demand))


def answer_typed(row: PublicAnswer) -> dict[str, str]:
    """A stored answer as its form shows it."""
    return {"question": row.question, "answer": row.answer, "category": row.category}


def has_blots(row: PublicAnswer) -> bool:
    """Whether something was blotted out, so that a sentence may need mending."""
    return BLOT in row.question + row.answer
