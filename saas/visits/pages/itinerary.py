"""The itinerary: stops with room, time and guide."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas.catalogue.pages import do
from saas.forms.fields import labels_of, schema_of, stored
from saas.kernel.context import Actor
from saas.kernel.i18n import gettext as _
from saas.visits import commands, forms, queries, views
from saas.visits.commands import StopWish
from saas.visits.models import Stop, Visit
from saas.visits.pages.blueprint import pages
from saas.visits.permissions import HANDLE
from saas.web.forms import Form
from saas.web.pages import render


@pages.page("/visits/<code>/stops/new", needs=HANDLE, methods=("GET", "POST"))
def add_stop(actor: Actor, code: str) -> ResponseReturnValue:
    """One more; it begins where the last one ends."""
    visit = queries.access_visit(code, actor=actor, lock=request.method == "POST", office=True)
    return _form(visit, None, actor)


@pages.page("/visits/<code>/stops/<int:no>", needs=HANDLE, methods=("GET", "POST"))
def edit_stop(actor: Actor, code: str, no: int) -> ResponseReturnValue:
    """Another room, time or guide."""
    visit = queries.access_visit(code, actor=actor, lock=request.method == "POST", office=True)
    return _form(visit, queries.stop_of(visit, no), actor)


def _form(visit: Visit, stop: Stop | None, actor: Actor) -> ResponseReturnValue:
    shape = forms.stop_shape(visit, stop)
    about = ("visit", visit.id, ("visits.change_stop",))
    form = (
        Form(schema_of(shape, extra=forms.StopIn), stored(shape, stop), thing=about)
        if stop
        else Form(schema_of(shape, extra=forms.StopIn), suggested=_begin(visit, shape))
    )

    def lay(**given: Any) -> Stop:
        return commands.lay_stop(visit, StopWish(**given), stop, actor=actor)

    home = f"{url_for('visits.show', code=visit.code)}#stops"
    if form.accepts(lay):
        flash(_("The stop is saved."), "done")
        return redirect(home)
    url = url_for("visits.add_stop", code=visit.code)
    url = url_for("visits.edit_stop", code=visit.code, no=stop.no) if stop else url
    return render(
        "visits/stop.html", form.status, form=form, shape=shape, labels=labels_of(shape),
        visit=visit, stop=stop, url=url, home=home, stops=views.stops_of(visit),
        when=views.when(visit),
    )  # fmt: skip


def _begin(visit: Visit, shape: Any) -> dict[str, Any]:
    """A new stop: half an hour after the last one; the first one at the beginning."""
    stops = queries.stops_of(visit)
    times = [value for value, _word in next(one for one in shape if one.name == "start").options]
    last = views.times(stops[-1].end, stops[-1].end)[:5] if stops else times[0]
    at = times.index(last) if last in times else 0
    return {**stored(shape, None), "start": times[at], "end": times[min(at + 2, len(times) - 1)]}


@pages.page("/visits/<code>/stops/<int:no>/remove", needs=HANDLE, methods=("POST",))
def remove_stop(actor: Actor, code: str, no: int) -> ResponseReturnValue:
    """Leave it out."""
    visit = queries.access_visit(code, actor=actor, lock=True, office=True)
    stop = queries.stop_of(visit, no)
    home = f"{url_for('visits.show', code=code)}#stops"
    told = _("The stop is left out; its room is free again.")
    return do(lambda: commands.remove_stop(visit, stop, actor=actor), told, home)
