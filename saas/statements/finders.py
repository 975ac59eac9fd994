"""Statements by their month or a reference of the bank; never by who stands on the other side."""

from __future__ import annotations

from flask import url_for

from saas.funds.permissions import MANAGE
from saas.kernel.context import Actor
from saas.kernel.i18n import lazy_gettext as _l
from saas.search.declared import Finder, Hit
from saas.statements import lists, queries, words


def _months(typed: str, actor: Actor, limit: int) -> list[Hit]:
    found = queries.months(queries.called(typed), limit=limit) if actor.may(MANAGE) else ()
    return [Hit(row.name, url_for("statements.month", month=row.name),
                str(words.STATE[row.state][1])) for row in lists.rows_of(found)]  # fmt: skip


STATEMENTS = Finder("statements", _l("Statements of the host"), _months, 48)
