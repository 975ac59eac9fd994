"""What the audit says of lists: their actions in words, their rows by name."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from saas.catalogue.rows import Catalogue
from saas.kernel.domain import Thing, Words, linked
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.naming import by_id


def actions_of(*lists: Catalogue[Any]) -> dict[str, Words]:
    """Every action on the rows of these lists, in words: what was done with such a row."""
    return {rows.action(verb): _done(rows.words)[verb] for rows in lists for verb in rows.verbs}


def _done(thing: Words) -> dict[str, Words]:
    return {
        "add": _l("%(thing)s added", thing=thing),
        "change": _l("%(thing)s changed", thing=thing),
        "retire": _l("%(thing)s taken out of use", thing=thing),
        "restore": _l("%(thing)s brought back", thing=thing),
        "order": _l("%(thing)s put in another order", thing=thing),
    }


def thing_of(rows: Catalogue[Any], needs: str, page: str, *, opens: str = "") -> Thing:
    """The rows of a list by name, each with a link to its form (or to ``opens``) for who holds
    ``needs``; ``page`` is the list.
    """
    columns = rows.model.id, getattr(rows.model, rows.label), rows.model.code.label(rows.noun)
    endpoint = opens or f"{rows.domain}.edit_{rows.noun}"
    return Thing(rows.words, linked(by_id(sa.select(*columns)), endpoint, needs), (page, needs))
