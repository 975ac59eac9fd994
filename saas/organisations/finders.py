"""Organisations, for who searches: staff find their page of work, everybody what can be joined."""

from __future__ import annotations

from flask import url_for

from saas.kernel.context import Actor
from saas.kernel.folding import folded
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say
from saas.organisations import queries
from saas.organisations.permissions import VIEW
from saas.search.declared import Finder, Hit


def _find(typed: str, actor: Actor, limit: int) -> list[Hit]:
    staff = actor.may(VIEW)
    rows = queries.called(typed, actor, limit) if staff else queries.found_near(
        None, words=typed, size=limit)[0]  # fmt: skip
    page = "organisations.record" if staff else "organisations.group"
    kinds = {row.code: row.name for row in queries.every_type()}
    return [
        Hit(say(row.name), url_for(page, code=row.code), say(kinds[row.type]),
            folded(typed) == folded(row.code))
        for row in rows
    ]  # fmt: skip


ORGANISATIONS = Finder(
    "organisations", _l("Organisations"), _find, 35, ("organisations.register", VIEW)
)
