"""Categories and kinds to choose from; what is said of questions and answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from saas.demands.menu import queries
from saas.demands.menu.models import Category
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say

#: What an answer is, as the district chooses it, with an example beside it.
ANSWER_KIND: Final = {
    "text": (_l("A few words"), _l("up to 300 characters")),
    "number": (_l("A number"), _l("how many, how big, how old")),
    "choice": (_l("One of several answers"), _l("you write the answers below")),
    "yes_no": (_l("Yes or no"), _l("two buttons")),
    "date": (_l("A day"), _l("since when, until when")),
}
YES_NO: Final = {"yes": _l("Yes"), "no": _l("No")}
#: What stands where an answer is there but not for the reader.
MASKED: Final = "****"


Choices = list[tuple[str, str]]


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
