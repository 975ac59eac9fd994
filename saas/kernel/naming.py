"""Things by their ids: what each is called, and what the address of its page is made of."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

import sqlalchemy as sa

from saas.kernel.context import Label
from saas.kernel.db import session

Named = tuple[str | Label, Mapping[str, Any]]


def by_id(query: sa.Select[Any]) -> Callable[[Collection[int]], Mapping[int, Named]]:
    """A reading of many things at once. The columns of ``query`` are the id, the name, and the
    parts of the address by their labels; what is no more is left out.
    """
    key, _, *parts = query.selected_columns

    def find(ids: Collection[int]) -> Mapping[int, Named]:
        rows = session.execute(query.where(key.in_(ids)))
        return {
            one: (name, {str(part.key): value for part, value in zip(parts, rest, strict=True)})
            for one, name, *rest in rows
        }

    return find
