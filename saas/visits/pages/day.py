"""The guests' page on the day, by the code that every one of them may have: where next, ask,
choose, say how useful it was.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import url_for
from flask.typing import ResponseReturnValue

from saas.catalogue.pages import do
from saas.kernel import clock, throttle
from saas.kernel.context import Actor
from saas.kernel.errors import NotFound
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import say
from saas.visits import commands, forms, queries, rules, views, words
from saas.visits.models import Visit
from saas.visits.pages.asking import NO_SUCH, count_wrong
from saas.visits.pages.blueprint import pages
from saas.web.address import caller_address
from saas.web.forms import Form
from saas.web.pages import PUBLIC, render

_DOOR, _LIMIT = "visits.day", 120


def _found(code: str) -> Visit:
    try:
        return queries.by_day_code(code)
    except NotFound:
        count_wrong()
        raise NotFound(NO_SUCH) from None


@pages.page("/visits/v/<code>", needs=PUBLIC)
def day(actor: Actor, code: str) -> ResponseReturnValue:
    """The line of the day with the same stops as a list; names of guests stand nowhere here."""
    visit = _found(code)
    stops = views.stops_of(visit)
    here = visit.starts_at.astimezone(clock.zone()).date()
    chooses = visit.state == "confirmed" and here == clock.today()
    chooses = chooses and any(one.stop.is_open for one in stops)
    return render(
        "visits/day.html", visit=visit, stops=stops, line=views.line_of(visit, stops), words=words,
        when=views.when(visit), street=queries.unit_of(visit), form=Form(forms.QuestionIn),
        now=next((one for one in stops if one.now), None), next=_next(stops),
        chooses=chooses, things=_things(visit) if chooses else [],
        begun=visit.starts_at <= clock.now(), questions=queries.questions_of(visit),
        url=partial(url_for, code=code),
    )  # fmt: skip


def _next(stops: list[views.StopView]) -> views.StopView | None:
    now = clock.now()
    return next((one for one in stops if one.stop.start > now), None)


def _things(visit: Visit) -> list[tuple[str, str]]:
    found, venues = queries.things_of(queries.unit_of(visit))
    return [
        *((f"room-{key}", say(one.name)) for key, one in found.items()),
        *((f"venue-{key}", say(one.name)) for key, one in venues.items()),
    ]


def _do(code: str, command: Callable[..., Any], told: str, schema: Any) -> ResponseReturnValue:
    throttle.use(_DOOR, caller_address(), limit=_LIMIT, window=rules.DAY_WINDOW)
    return do(command, told, url_for("visits.day", code=code), schema)


@pages.page("/visits/v/<code>/ask", needs=PUBLIC, methods=("POST",))
def ask_guide(actor: Actor, code: str) -> ResponseReturnValue:
    """Ask a question."""
    command = partial(commands.ask_question, _found(code), actor=actor)
    return _do(code, command, _("Asked. The answer stands here soon."), forms.QuestionIn)


@pages.page("/visits/v/<code>/rate", needs=PUBLIC, methods=("POST",))
def rate(actor: Actor, code: str) -> ResponseReturnValue:
    """Say how useful it was."""
    command = partial(commands.rate, _found(code), actor=actor)
    return _do(code, command, _("Thank you. It is read."), forms.RatingIn)


@pages.page("/visits/v/<code>/choose", needs=PUBLIC, methods=("POST",))
def choose(actor: Actor, code: str) -> ResponseReturnValue:
    """Choose the stop that is left open."""
    command = partial(commands.choose, _found(code), actor=actor)
    return _do(code, command, _("Chosen. Your guide is told."), forms.ChoiceIn)
