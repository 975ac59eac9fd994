"""Merchants and walks, for who searches: what everybody may see."""

from __future__ import annotations

from flask import url_for

from saas.kernel.context import Actor
from saas.kernel.folding import folded
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say
from saas.places import queries
from saas.search.declared import Finder, Hit


def _merchants(typed: str, actor: Actor, limit: int) -> list[Hit]:
    return [
        Hit(say(one.name), url_for("places.merchant", code=one.code), say(one.sells),
            folded(typed) == one.code)
        for one in queries.found(typed, limit)
    ]  # fmt: skip


def _walks(typed: str, actor: Actor, limit: int) -> list[Hit]:
    return [
        Hit(say(one.name), url_for("places.walk", code=one.code), say(one.purpose),
            folded(typed) == one.code)
        for one in queries.routes_called(typed, limit)
    ]  # fmt: skip


FINDERS = (
    Finder("walks", _l("Walks"), _walks, 33),
    Finder("merchants", _l("Merchants"), _merchants, 34, ("places.shown_merchants", None)),
)
