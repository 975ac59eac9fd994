"""Reading the views that somebody keeps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from saas.kernel.context import Actor
from saas.kernel.db import Prepared, columns_of, session
from saas.kernel.errors import NotFound
from saas.listing.models import SavedView


@dataclass(frozen=True, slots=True)
class View:
    """A view that somebody keeps, for every page of its list."""

    id: int
    name: str
    asked: Mapping[str, str]


#: Prepared, because every page of a list asks it.
_VIEWS = Prepared(
    sa.select(*columns_of(View, SavedView))
    .where(SavedView.person_id == sa.bindparam("person"), SavedView.listing == sa.bindparam("list"))
    .order_by(SavedView.id)
)


def views_of(code: str, *, actor: Actor) -> Sequence[View]:
    """The actor's own views of a list, oldest first; programs and visitors keep none."""
    if actor.person_id is None:
        return ()
    return [View(*row) for row in _VIEWS.rows({"person": actor.person_id, "list": code})]


def access_view(view_id: int, *, actor: Actor) -> SavedView:
    """One of the actor's own views, else `NotFound`."""
    view = session.get(SavedView, view_id)
    if view is None or view.person_id != actor.person_id:
        raise NotFound
    return view
