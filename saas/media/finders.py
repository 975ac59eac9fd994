"""Items of the media, for who keeps the ledger."""

from __future__ import annotations

from flask import url_for

from saas.kernel.context import Actor
from saas.kernel.db import session
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say
from saas.media import queries, views
from saas.search.declared import Finder, Hit


def _find(typed: str, actor: Actor, limit: int) -> list[Hit]:
    found = session.scalars(queries.within(actor).where(queries.called(typed)).limit(limit)).all()
    return [
        Hit(row.item.title, url_for("media.edit", number=row.item.id),
            f"{say(row.outlet.name)} {row.item.published_on:%Y-%m-%d}")
        for row in views.rows_of(found)
    ]  # fmt: skip


COVERAGES = Finder("media", _l("Media ledger"), _find, 37)
