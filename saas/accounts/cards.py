"""What accounts put on the start page: posts that nobody holds."""

from __future__ import annotations

from flask import url_for

from saas.accounts import queries
from saas.accounts.permissions import VIEW
from saas.kernel.context import Actor
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say
from saas.workbench.declared import Card, Count, Found, Line

_SHOWN = 3


def _vacant(actor: Actor) -> Found:
    reach, page = actor.reach(VIEW), url_for("accounts.vacant")
    rows, posts = queries.vacant_posts(reach, size=_SHOWN)
    bare = queries.bare_units(reach, size=0)[1]
    return Found(
        [
            Count(posts, _l("posts that nobody holds"), f"{page}#posts", "warn"),
            Count(bare, _l("units without any post"), f"{page}#bare", "warn"),
        ],
        [
            Line(
                f"{say(post.unit_name)} · {say(post.name)}",
                url_for("territory.show", code=post.unit_code),
            )
            for post in rows
        ],
    )


CARDS = (Card("vacant", _l("Vacant posts"), VIEW, 40, _vacant),)
