"""Choices, typed values and marks of the pages of knowledge and settings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from saas.demands import queries, rules, words
from saas.demands.models import Category, Demand, PublicAnswer
from saas.demands.package.shapes import TEMPLATE_VERBS
from saas.demands.queries.settings import Times
from saas.kernel.i18n import say

Choices = list[tuple[str, str]]
#: What a question is cut down to when it is taken from a resident's words.
_LONGEST_QUESTION = 200


def leaf_choices() -> list[tuple[str, Choices]]:
    """What can be filed in, under the names of the groups."""
    return [
        (say(group.top.name), [(leaf.code, say(leaf.name)) for leaf in group.leaves])
        for group in queries.category_groups()
    ]


def category_choices() -> Choices:
    """Every category in use, those beneath a group with its name before them."""
    found: Choices = []
    for group in queries.category_groups():
        top = say(group.top.name)
        found.append((group.top.code, top))
        found += [
            (leaf.code, f"{top} · {say(leaf.name)}")
            for leaf in group.leaves
            if leaf.code != group.top.code
        ]
    return found


def verb_choices() -> Choices:
    """The acts for which there can be templates."""
    return [(verb, str(words.DO[verb])) for verb in TEMPLATE_VERBS]


def proposed(demand: Demand) -> dict[str, str]:
    """Question and answer as a demand gives them, with what could be blotted blotted out."""
    names = queries.names_around(demand)
    question = demand.words[:_LONGEST_QUESTION]
    return {
        "question": rules.without_personal_data(question, names)[:_LONGEST_QUESTION],
        "answer": rules.without_personal_data(queries.result_of(demand), names),
        "category": demand.category,
    }


def blotted(demand: Demand) -> list[str]:
    """What `proposed` blots out, as it stands in the demand."""
    text = f"{demand.words}\n{queries.result_of(demand)}"
    return rules.personal_data(text, queries.names_around(demand))


def answer_typed(row: PublicAnswer) -> dict[str, str]:
    """A stored answer as its form shows it."""
    return {"question": row.question, "answer": row.answer, "category": row.category}


def has_blots(row: PublicAnswer) -> bool:
    """Whether something was blotted out, so that a sentence may need mending."""
    return rules.BLOT in row.question + row.answer


def times_typed(times: Times) -> dict[str, int]:
    """Stored working hours as the fields of the grid."""
    accept = {f"accept-{level}": row.accept_hours for level, row in times.items()}
    return accept | {f"resolve-{level}": row.resolve_hours for level, row in times.items()}


def group_choices() -> Choices:
    """Under what a new category can stand."""
    tops = [c for c in queries.categories() if c.parent is None and not c.retired]
    return [(top.code, say(top.name)) for top in tops]


def kind_choices() -> Choices:
    """The kinds of asking."""
    return [(kind.code, say(kind.name)) for kind in queries.kinds()]


def names_of(categories: Sequence[Category]) -> Mapping[str, str]:
    """Code → name in the reader's language."""
    return {each.code: say(each.name) for each in categories}
