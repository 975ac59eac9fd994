"""Pages of the calendar: a year at a glance, one day, the hours of the week."""

from __future__ import annotations

from datetime import date

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.errors import Conflict
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.written import day_written
from saas.web.forms import Form
from saas.web.pages import Pages, render
from saas.workdays import commands, permissions, queries, rules, views, words
from saas.workdays.permissions import EDIT, VIEW
from saas.workdays.schemas import ClearIn, DayIn, WeekIn

pages = Pages("workdays", __name__, plane="tenant")


@pages.page("/workdays", needs=VIEW)
def calendar(actor: Actor) -> ResponseReturnValue:
    """This year at a glance."""
    return _year_page(clock.today().year, actor)


@pages.page("/workdays/<int:year>", needs=VIEW)
def year(actor: Actor, year: int) -> ResponseReturnValue:
    """Another year at a glance."""
    return _year_page(queries.access_year(year), actor)


def _year_page(year: int, actor: Actor) -> ResponseReturnValue:
    state, week, today = queries.state_of(year), queries.week(), clock.today()
    noted = {one.year for one in queries.years()}
    near = {year - 1, year, year + 1, today.year, today.year + 1}
    return render(
        "workdays/year.html",
        year=year,
        state=state,
        page=views.year_page(state, week, queries.exceptions_of(year), today),
        week=views.week_lines(week),
        heads=views.heads(),
        words=words,
        years=[(y, y in noted) for y in sorted(noted | near) if rules.usable_year(y, today.year)],
        may_edit=permissions.can_edit(actor),
    )


@pages.page("/workdays/days", needs=EDIT)
def pick(actor: Actor) -> ResponseReturnValue:
    """The day that was typed, for whoever does not look for it in the calendar."""
    day = day_written(request.args.get("day", ""))
    if day is not None and queries.is_kept(day):
        return redirect(url_for("workdays.day", day=day))
    said = (
        _l("Write the day like 2026-12-01.")
        if day is None
        else _l("Choose a day in a year that is kept here.")
    )
    flash(said, "warn")
    return redirect(url_for("workdays.calendar"))


@pages.page("/workdays/days/<day>", needs=EDIT, methods=("GET", "POST"))
def day(actor: Actor, day: str) -> ResponseReturnValue:
    """Say what a day is, or a run of days that begins with it."""
    chosen, week = queries.access_day(day), queries.week()
    said = queries.words_on(chosen)
    own, published = said.get(rules.OWN), said.get(rules.PUBLISHED)
    counts = own or published
    works = bool(rules.spans_of(counts, week) if counts else week[chosen.weekday()])
    form = Form(DayIn, views.day_typed(own, works=not works, until=_until(chosen)))
    if form.accepts(lambda **typed: commands.set_day(chosen, actor=actor, **typed)):
        flash(_l("Saved. You can take it back on the same page."), "done")
        return redirect(url_for("workdays.year", year=chosen.year))
    return render(
        "workdays/day.html",
        form.status,
        form=form,
        day=chosen,
        title=views.day_words(chosen),
        now=views.what_counts(chosen, week, counts),
        before=views.what_counts(chosen, week, published),
        own=own,
        until=_until(chosen),
        ordinary=views.spans_words(rules.ordinary_spans(week)),
        words=words,
    )


def _until(day: date) -> date | None:
    """The last day of the run that the list of the year pointed at, if it did."""
    until = day_written(request.args.get("until", ""))
    return until if until and until > day and queries.is_kept(until) else None


@pages.page("/workdays/days/<day>/clear", needs=EDIT, methods=("POST",))
def clear(actor: Actor, day: str) -> ResponseReturnValue:
    """Take the district's own word back."""
    chosen = queries.access_day(day)
    form = Form(ClearIn)
    if form.accepts(lambda until: commands.clear_day(chosen, until=until, actor=actor)):
        flash(_l("Taken back: the published list counts again, or the week."), "done")
        return redirect(url_for("workdays.year", year=chosen.year))
    raise Conflict(next((texts[0] for texts in form.errors.values()), None))


@pages.page("/workdays/week", needs=EDIT, methods=("GET", "POST"))
def week(actor: Actor) -> ResponseReturnValue:
    """The hours of the seven days of the week."""
    now = queries.week()
    form = Form(WeekIn, views.week_typed(now), thing=("calendar", None, "workdays.week"))
    if form.accepts(lambda week: commands.set_week(week, actor=actor)):
        flash(_l("Saved. What is counted from now on is counted in these hours."), "done")
        return redirect(url_for("workdays.calendar"))
    days = [(f"day-{n}", views.day_name(n, "wide")) for n in range(1, 8)]
    return render("workdays/week.html", form.status, form=form, days=days, slots=views.slots(now))


@pages.page("/workdays/<int:year>/publish", needs=EDIT, methods=("POST",))
def publish(actor: Actor, year: int) -> ResponseReturnValue:
    """Take over the published holidays and make-up days."""
    commands.publish_year(queries.access_year(year), actor=actor)
    flash(_l("The published days are in. Your own changes have stayed."), "done")
    return redirect(url_for("workdays.year", year=year))


@pages.page("/workdays/<int:year>/complete", needs=EDIT, methods=("POST",))
def complete(actor: Actor, year: int) -> ResponseReturnValue:
    """All holidays of the year have been entered by hand."""
    commands.complete_year(queries.access_year(year), actor=actor)
    flash(_l("Noted: the year is complete."), "done")
    return redirect(url_for("workdays.year", year=year))


@pages.page("/workdays/<int:year>/reopen", needs=EDIT, methods=("POST",))
def reopen(actor: Actor, year: int) -> ResponseReturnValue:
    """It was not complete after all."""
    commands.reopen_year(queries.access_year(year), actor=actor)
    flash(_l("Noted: the year is not complete yet."), "done")
    return redirect(url_for("workdays.year", year=year))
