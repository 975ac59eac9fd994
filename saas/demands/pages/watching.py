"""Watching over the queues: gaps through which demands could fall, and what others follow."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas.demands import commands, permissions, queries, views, words
from saas.demands.pages.blueprint import pages
from saas.kernel.context import Actor
from saas.kernel.i18n import gettext as _
from saas.web.pages import SIGNED_IN, render


@pages.page("/demands/gaps", needs=permissions.VIEW)
def gaps(actor: Actor) -> ResponseReturnValue:
    """Queues in which demands wait though nobody fills a post there."""
    reach = actor.reach(permissions.VIEW)
    return render("demands/gaps.html", gaps=queries.gaps(reach), repairs=queries.repairs(reach))


@pages.page("/demands/open/<code>", needs=SIGNED_IN, methods=("GET", "POST"))
def followed(actor: Actor, code: str) -> ResponseReturnValue:
    """A neighbour's demand without the neighbour: where it stands, and to follow it."""
    demand = queries.access_followed(code, actor=actor)
    if request.method == "POST":
        follows = request.form.get("follow") == "yes"
        (commands.follow if follows else commands.unfollow)(demand, actor=actor)
        flash(_("You will be told.") if follows else _("You will not be told any more."), "done")
        return redirect(url_for("demands.followed", code=demand.code))
    follows = actor.person_id in queries.follower_ids(demand)
    view = views.public_record_of(demand)
    return render("demands/followed.html", record=view, follows=follows, words=words)
