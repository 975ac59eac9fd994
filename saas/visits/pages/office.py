"""For the office: visits by week and as a list; for a guide: where to be today."""

from __future__ import annotations

from datetime import date, timedelta

from babel.dates import format_skeleton
from flask import request
from flask.typing import ResponseReturnValue

from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.i18n import locale_code
from saas.kernel.written import day_written
from saas.listing.pages import answer
from saas.rooms.permissions import VIEW
from saas.visits import queries, rules, views, words
from saas.visits.lists import VISITS
from saas.visits.models import Visit
from saas.visits.pages.blueprint import pages
from saas.visits.permissions import HANDLE
from saas.web.pages import render


@pages.page("/console/visits", needs=HANDLE, methods=("GET", "POST"))
def listing(actor: Actor) -> ResponseReturnValue:
    """Everything in reach."""
    return answer(VISITS, actor, "visits/listing.html")


@pages.page("/console/visits/week", needs=HANDLE)
def week(actor: Actor) -> ResponseReturnValue:
    """Who comes in a week, day by day; what waits for the office stands above."""
    asked = day_written(request.args.get("week", "")) or clock.today()
    first = asked - timedelta(days=asked.weekday())
    here = queries.reached(actor)
    found = queries.rows_of(here, queries.in_week(first), Visit.state != "declined")
    days = [first + timedelta(days=n) for n in range(7)]
    return render(
        "visits/week.html", words=words, views=views, first=first, today=clock.today(), days=days,
        on={day: [one for one in found if _day(one) == day] for day in days},
        named={day: str(format_skeleton("MMMEd", day, locale=locale_code())) for day in days},
        before=first - timedelta(days=7), after=first + timedelta(days=7),
        taken=sum(one.state in rules.TAKEN for one in found), limit=queries.terms().get("weekly"),
        asked=queries.rows_of(here, Visit.state == "asked", limit=20),
    )  # fmt: skip


def _day(visit: Visit) -> date:
    return visit.starts_at.astimezone(clock.zone()).date()


@pages.page("/visits/today", needs=VIEW)
def today(actor: Actor) -> ResponseReturnValue:
    """The groups that the reader guides today, and where to be when: on a telephone."""
    found = queries.with_guide(actor.person_id or 0, clock.today())
    return render(
        "visits/today.html", words=words, me_id=actor.person_id,
        groups=[views.record_of(one, actor) for one in found],
    )  # fmt: skip
