"""For who works there: the list of sessions, one session with who comes, planning, moving."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas.activities import commands, forms, permissions, queries, views, words
from saas.activities.commands import Deed, Plan, Planned
from saas.activities.lists import SESSIONS
from saas.activities.pages.blueprint import pages
from saas.activities.permissions import SEE
from saas.bookings import commands as bookings
from saas.bookings.pages.work import street_at_work
from saas.forms.fields import labels_of, schema_of, stored
from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.crypto import new_token
from saas.kernel.errors import Forbidden, Invalid
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import ngettext, say
from saas.listing.pages import answer
from saas.organisations import queries as organisations
from saas.rooms import queries as rooms
from saas.territory.queries import Unit
from saas.web.forms import Form
from saas.web.pages import SIGNED_IN, render
from saas.web.shell import layout_of


@pages.page("/console/activities", needs=SEE, methods=("GET", "POST"))
def sessions(actor: Actor) -> ResponseReturnValue:
    """Sessions within reach: to come, and those that were."""
    return answer(SESSIONS, actor, "activities/sessions.html")


@pages.page("/console/activities/s/<code>", needs=SIGNED_IN, methods=("GET", "POST"))
def work(actor: Actor, code: str) -> ResponseReturnValue:
    """A session for those who make it: what can be done, who comes, who waits."""
    scene = queries.access_session(code, actor=actor, lock=request.method == "POST")
    form = Form(forms.ActIn)

    def do(seen: int | None, **given: Any) -> None:
        commands.act(scene, Deed(**given), seen=seen, actor=actor)

    if form.accepts(do):
        flash(_("%(did)s.", did=words.SESSION_VERBS[form.values["verb"]].done), "done")
        ring = form.values["verb"] == "cancel"
        return redirect(url_for("activities.ring" if ring else "activities.work", code=code))
    one = scene.session
    return render(
        "activities/work.html", form.status, form=form, record=views.record_of(scene, actor),
        acts=views.acts_of(scene, actor), rows=views.rows_of(queries.signups_of(one.pool_id)),
        consents=queries.consents(one.pool_id), handles=permissions.handles(actor, scene),
        story=views.story_of(one), words=words, views=views, layout=layout_of(actor),
    )  # fmt: skip


@pages.page("/console/activities/new", needs=SIGNED_IN, methods=("GET", "POST"))
def add(actor: Actor) -> ResponseReturnValue:
    """Plan an activity: once, as a series, as a course; for who works there, and for a group."""
    streets, street = street_at_work(actor)
    if street is None and organisations.own_groups(actor):
        streets = list(rooms.streets())
        street = rooms.public_street(request.args.get("street", ""))
    elif not actor.reach(SEE):
        raise Forbidden
    if street is None:
        return render("activities/plan_form.html", street=None, layout=layout_of(actor),
                      home=_home(actor))  # fmt: skip
    shape = forms.plan_shape(street, actor)
    form = Form(schema_of(shape, extra=forms.PlanIn), suggested=_suggested(shape))

    def do(submission: str | None, **given: Any) -> Planned:
        wanted = _plan_of(street, **given)
        return commands.plan(street, wanted, submission=submission, actor=actor)

    if form.accepts(do):
        _say(form.result)
        return redirect(url_for("activities.work", code=form.result.dates[0].code))
    return render(
        "activities/plan_form.html", form.status, form=form, shape=shape, labels=labels_of(shape),
        street=street, streets=streets, layout=layout_of(actor), home=_home(actor),
    )  # fmt: skip


def _home(actor: Actor) -> tuple[str, str]:
    """Where who plans comes from: the list at work, one's own page for the people of a group."""
    if actor.reach(SEE):
        return _("Sessions"), url_for("activities.sessions")
    return _("My sign-ups"), url_for("activities.own")


def _suggested(shape: Any) -> dict[str, Any]:
    day = clock.today() + timedelta(days=7)
    begin = {"day": f"{day:%Y-%m-%d}", "start": "14:30", "end": "16:30"}
    culture = views.begin_with(request.args.get("template", "")[:40])
    return {**stored(shape, None), "submission": new_token(), **begin, **culture}


def _plan_of(
    street: Unit, *, day: Any, start: time, end: time, how: str, room: str | None,
    address: dict[str, str], outside: bool, every: str | None, until: Any,
    organisation: str | None, template: str, seen: int | None, opens_on: Any,
    closes_hours: int | None, leave_hours: int | None, **said: Any,
) -> Plan:  # fmt: skip
    if how != "once" and not every:
        raise Invalid({"every": [_l("How often does it come again?")]})
    again = {} if how == "once" else {"every": every or "", "until": until}
    return Plan(
        **spans_of(street, day, start, end, room, address), said=forms.said_of(said),
        course=how == "course", outside=outside, organisation=organisation or "",
        template=template or None, opens_on=opens_on, closes_hours=closes_hours or 0,
        leave_hours=leave_hours or 0, **again,
    )  # fmt: skip


def spans_of(
    street: Unit, day: Any, start: time, end: time, room: str | None, address: dict[str, str]
) -> dict[str, Any]:
    """Begin, end and place out of what a form says."""
    wish = bookings.wish_of(day=day, start=start, end=end, purpose="")
    found = rooms.public_room(street, room) if room else None
    place = address if any(address.values()) else None
    return {"start": wish.start, "end": wish.end, "room": found, "address": place}


def _say(made: Planned) -> None:
    flash(ngettext("%(num)s date is planned. Look at it, then publish it.",
                   "%(num)s dates are planned. Look at them, then publish them.",
                   len(made.dates)), "done")  # fmt: skip
    if made.skipped:
        flash(ngettext("%(num)s date had no room: it stands at the booking.",
                       "%(num)s dates had no room: they stand at the booking.",
                       len(made.skipped)), "warn")  # fmt: skip


@pages.page("/console/activities/s/<code>/move", needs=SIGNED_IN, methods=("GET", "POST"))
def move(actor: Actor, code: str) -> ResponseReturnValue:
    """Another time or place; everybody who signed up hears of it."""
    scene = queries.access_session(code, actor=actor, lock=request.method == "POST")
    shape = forms.move_shape(scene.street)
    form = Form(schema_of(shape, extra=forms.TimesIn), suggested=_as_it_is(scene))

    def do(seen: int | None, outside: bool, **given: Any) -> None:
        found = spans_of(scene.street, **given)
        commands.move(scene, seen=seen, outside=outside, **found, actor=actor)

    if form.accepts(do):
        flash(_("Changed. Everybody who signed up is told."), "done")
        return redirect(url_for("activities.ring", code=code))
    return render(
        "activities/move.html", form.status, form=form, shape=shape, labels=labels_of(shape),
        record=views.record_of(scene, actor), layout=layout_of(actor),
    )  # fmt: skip


def _as_it_is(scene: queries.Scene) -> dict[str, Any]:
    zone = clock.zone()
    start, end = (moment.astimezone(zone) for moment in (scene.session.start, scene.session.end))
    address = scene.session.address or {}
    return {
        "day": f"{start:%Y-%m-%d}", "start": f"{start:%H:%M}", "end": f"{end:%H:%M}",
        "room": scene.room.code if scene.room and scene.session.booking_id else "",
        "address_zh": address.get("zh", ""), "address_en": address.get("en", ""),
        "seen": scene.session.acts,
    }  # fmt: skip


@pages.page("/console/activities/edit/<code>/date", needs=SIGNED_IN, methods=("GET", "POST"))
def add_date(actor: Actor, code: str) -> ResponseReturnValue:
    """One more date of an activity: a week after its last one, unless it is said otherwise."""
    activity = queries.access_activity(code, actor=actor)
    last = queries.scene_of(queries.dates_of_activity(activity)[-1])
    shape = forms.move_shape(last.street)
    after = max(last.session.start + timedelta(days=7), clock.now()).astimezone(clock.zone())
    form = Form(schema_of(shape, extra=forms.TimesIn),
                suggested=_as_it_is(last) | {"day": f"{after:%Y-%m-%d}"})  # fmt: skip

    def do(seen: int | None, outside: bool, **given: Any) -> queries.Session:
        found = spans_of(last.street, **given)
        return commands.add_date(activity, outside=outside, **found, actor=actor)

    if form.accepts(do):
        flash(_("The date is planned. Look at it, then publish it."), "done")
        return redirect(url_for("activities.work", code=form.result.code))
    return render(
        "activities/date.html", form.status, form=form, shape=shape, labels=labels_of(shape),
        activity=activity, last=last, views=views, layout=layout_of(actor),
    )  # fmt: skip


@pages.page("/console/activities/s/<code>/ring", needs=SIGNED_IN, methods=("GET", "POST"))
def ring(actor: Actor, code: str) -> ResponseReturnValue:
    """Those who signed up, to be rung and to be printed: who has an account was told. Numbers stand
    there in full when they are asked for; that somebody looked is written down.
    """
    scene = queries.access_session(code, actor=actor)
    if not permissions.handles(actor, scene):
        return redirect(url_for("activities.work", code=code))
    whole = request.method == "POST"
    if whole:
        commands.show_numbers(scene, actor=actor)
    return render(
        "activities/ring.html", record=views.record_of(scene, actor), words=words, whole=whole,
        rows=views.rows_of(queries.to_ring(scene.session), whole=whole), layout=layout_of(actor),
    )  # fmt: skip


@pages.page("/console/activities/edit/<code>/publish", needs=SIGNED_IN, methods=("POST",))
def publish(actor: Actor, code: str) -> ResponseReturnValue:
    """Publish all dates of an activity that are drafts."""
    dates = queries.dates_of_activity(queries.access_activity(code, actor=actor))
    done = commands.publish_all(dates, actor=actor)
    flash(ngettext("%(num)s date is published.", "%(num)s dates are published.", done),
          "done" if done else "warn")  # fmt: skip
    return redirect(url_for("activities.work", code=dates[0].code))


@pages.page("/console/activities/edit/<code>", needs=SIGNED_IN, methods=("GET", "POST"))
def edit(actor: Actor, code: str) -> ResponseReturnValue:
    """Other words, people, prices of an activity, on all its dates."""
    activity = queries.access_activity(code, actor=actor)
    shape = forms.said_shape(actor)
    form = Form(schema_of(shape, new=False), stored(shape, activity),
                thing=("activity", activity.id))  # fmt: skip
    back = url_for("activities.work", code=queries.dates_of_activity(activity)[0].code)

    def do(**given: Any) -> None:
        commands.change(activity, actor=actor, **forms.said_of(given))

    if form.accepts(do):
        flash(_("%(name)s is saved.", name=say(activity.title)), "done")
        return redirect(back)
    return render(
        "activities/edit.html", form.status, form=form, shape=shape, labels=labels_of(shape),
        activity=activity, back=back, layout=layout_of(actor), home=_home(actor),
    )  # fmt: skip
