"""What accounts put on the start page: posts that nobody holds, a second step to set up."""

from __future__ import annotations

from flask import url_for

from saas.accounts import queries
from saas.accounts.permissions import AUDIT, VIEW
from saas.kernel.context import Actor, current_tenant
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say, short_date
from saas.seals import queries as seals
from saas.territory.permissions import VIEW as SEE_UNITS
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


def _second_step(actor: Actor) -> Found | None:
    """Until when a second step is to be set up, for whom one is asked for."""
    until = actor.proof.ends_at if actor.proof else None
    if until is None:
        return None
    day = short_date(until, current_tenant().time_zone)
    return Found(lines=[Line(_("Set it up by %(day)s", day=day), url_for("signin.ways"))])


def _seals(actor: Actor) -> Found | None:
    """Seals that the last check found broken: only then anything stands there."""
    check = seals.last_check(done=True)
    if check is None or not check.faults:
        return None
    page = url_for("accounts.seals")
    return Found([Count(len(check.faults), _l("seals that are broken"), page, "late")])


CARDS = (
    Card("seals", _l("Audit list was changed"), AUDIT, 4, _seals),
    Card("second", _l("Second step when signing in"), SEE_UNITS, 5, _second_step),
    Card("vacant", _l("Vacant posts"), VIEW, 40, _vacant),
)
