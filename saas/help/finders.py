"""Help texts, for who searches."""

from __future__ import annotations

from flask import url_for

from saas.help import queries
from saas.kernel.context import Actor
from saas.kernel.i18n import lazy_gettext as _l
from saas.search.declared import Finder, Hit


def _find_texts(typed: str, actor: Actor, limit: int) -> list[Hit]:
    return [
        Hit(text.title, url_for("help.show", code=text.code), text.summary)
        for text in queries.search(typed, actor)[:limit]
    ]


TEXTS = Finder("help", _l("Help"), _find_texts, 70, ("help.listing", None))
