"""Keeping a view of a list, and letting it go. These are a person's own notes, not deeds."""

from __future__ import annotations

from collections.abc import Mapping

from saas.kernel.context import Actor
from saas.kernel.db import session
from saas.kernel.errors import Forbidden, Invalid
from saas.kernel.i18n import lazy_gettext as _l
from saas.listing import queries
from saas.listing.models import SavedView

MOST_VIEWS = 12


def keep_view(*, code: str, name: str, asked: Mapping[str, str], actor: Actor) -> SavedView:
    """Keep what was asked of a list under a name; under the same name it takes the old one's place.

    Raises `Invalid` when there are too many.
    """
    if actor.person_id is None:
        raise Forbidden
    known = {one.name: one.id for one in queries.views_of(code, actor=actor)}
    view = queries.access_view(known[name], actor=actor) if name in known else None
    if view is None and len(known) >= MOST_VIEWS:
        raise Invalid({"name": [_l("You keep many views of this list. Forget one first.")]})
    if view is None:
        view = SavedView(person_id=actor.person_id, listing=code, name=name)
        session.add(view)
    view.asked = dict(asked)
    session.flush()
    return view


def drop_view(view: SavedView, *, actor: Actor) -> None:
    """Forget one's own view; the caller has found it through its door."""
    session.delete(view)
