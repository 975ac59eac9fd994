"""What activities put on the start page: what happens today, drafts, offers that wait."""

from __future__ import annotations

from datetime import timedelta

from flask import url_for

from saas.activities import queries, views, words
from saas.activities.permissions import SEE
from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say
from saas.workbench.declared import MAIN, Card, Count, Found, Line

_SHOWN = 6


def _today(actor: Actor) -> Found | None:
    start = clock.begin_of(clock.today())
    here = queries.reached(actor) & queries.between(start, start + timedelta(days=1))
    scenes = queries.scenes(queries.rows_of(here & queries.took_place(), _SHOWN))
    day = f"{clock.today():%Y-%m-%d}"
    url = url_for("activities.sessions", **{"from": day, "to": day})  # type: ignore[arg-type]
    lines = [
        Line(f"{views.times((one.session.start, one.session.end))} {say(one.activity.title)}",
             url_for("activities.work", code=one.session.code), say(one.where),
             (words.STATE[one.session.state][0], str(words.STATE[one.session.state][1])))
        for one in scenes
    ]  # fmt: skip
    number = queries.count(here & queries.took_place()) if len(lines) == _SHOWN else len(lines)
    acts = [(_("Plan an activity"), "add", url_for("activities.add"))]
    return Found([Count(number, _l("sessions today"), url)], lines, more=(_("All sessions"), url),
                 acts=acts)  # fmt: skip


def _waiting(actor: Actor) -> Found | None:
    drafts = queries.count(queries.reached(actor) & queries.drafts())
    url = url_for("activities.sessions", state="draft")
    counts = [Count(drafts, _l("drafts, not published yet"), url, "warn" if drafts else "")]
    lines = [
        Line(say(scene.activity.title), url_for("activities.ticket", code=one.code),
             views.when(scene.session), ("warn", _("places are offered to you")))
        for one, scene in queries.offers_for(actor)
    ]  # fmt: skip
    return Found(counts, lines)


CARDS = (
    Card("activities_waiting", _l("Activities that wait"), SEE, 26, _waiting, MAIN),
    Card("activities_today", _l("Activities of today"), SEE, 90, _today),
)
