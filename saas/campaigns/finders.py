"""Campaigns by their names or codes."""

from __future__ import annotations

from flask import url_for

from saas.campaigns import queries, words
from saas.funds.permissions import MANAGE
from saas.kernel.context import Actor
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say
from saas.search.declared import Finder, Hit


def _campaigns(typed: str, actor: Actor, limit: int) -> list[Hit]:
    office = actor.may(MANAGE)
    where = (queries.called(typed), *(() if office else (queries.is_shown(),)))
    page = "campaigns.record" if office else "campaigns.show"
    return [Hit(say(one.name), url_for(page, code=one.code), str(words.STATE[one.state][1]))
            for one in queries.campaigns(*where)[:limit]]  # fmt: skip


CAMPAIGNS = Finder("campaigns", _l("Campaigns"), _campaigns, 46)
