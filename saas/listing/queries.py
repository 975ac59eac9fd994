"""Reading the views that somebody keeps."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from saas.kernel.context import Actor
from saas.kernel.db import session
from saas.kernel.errors import NotFound
from saas.listing.models import SavedView


def views_of(code: str, *, actor: Actor) -> Sequence[SavedView]:
    """The actor's own views of a list, oldest first; programs and visitors keep none."""
    if actor.person_id is None:
        return ()
    query = sa.select(SavedView).where(
        SavedView.person_id == actor.person_id, SavedView.listing == code
    )
    return session.scalars(query.order_by(SavedView.id)).all()


def access_view(view_id: int, *, actor: Actor) -> SavedView:
    """One of the actor's own views, else `NotFound`."""
    view = session.get(SavedView, view_id)
    if view is None or view.person_id != actor.person_id:
        raise NotFound
    return view
