"""Planning a year: from the culture, from last year, month by month; the district's own words."""

from __future__ import annotations

from datetime import date, timedelta

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas.activities import commands, forms, queries, views, words
from saas.activities.commands import Copied
from saas.activities.pages.blueprint import pages
from saas.activities.permissions import SEE, SET_UP
from saas.bookings.pages.work import street_at_work
from saas.catalogue.pages import CataloguePages, serve
from saas.catalogue.pages import listing as catalogue
from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import ngettext
from saas.listing.declared import day_in
from saas.themes import queries as themes
from saas.themes import views as theme_views
from saas.web.forms import Form
from saas.web.pages import render

_TERMS = CataloguePages(
    rows=forms.TERMS,
    needs=SET_UP,
    address="/settings/activities",
    home=lambda row: url_for("activities.terms"),
    shape=forms.TERM_SHAPE,
    new=_l("New word"),
    trail=lambda row: [(_("Kinds of activities"), url_for("activities.terms"))],
)
serve(pages, _TERMS)


@pages.page("/settings/activities", needs=SET_UP)
def terms(actor: Actor) -> ResponseReturnValue:
    """Kinds of activities and how long an offer stands at each, and tags that are counted."""
    return catalogue(
        pages, _TERMS, head=_("Name"), title=_("Kinds of activities"), add_word=_("Add a word"),
        groups=[(word, forms.TERMS.every(use=use)) for use, word in words.USE.items()],
        columns={_("An offer stands, hours"): lambda row: row.offer_hours},
        under=_("What residents choose by, and what is counted apart."),
    )  # fmt: skip


def _asked_year() -> int:
    """The year in the address, near this one; else this one."""
    text, now = request.args.get("year", ""), clock.today().year
    year = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else now
    return year if abs(year - now) <= 10 else now


@pages.page("/console/activities/month", needs=SEE)
def month(actor: Actor) -> ResponseReturnValue:
    """A street's sessions by the days of a month."""
    streets, street = street_at_work(actor)
    first = (day_in(request.args.get("month", "")) or clock.today()).replace(day=1)
    if abs(first.year - clock.today().year) > 10:
        first = clock.today().replace(day=1)
    after = (first + timedelta(days=32)).replace(day=1)
    found = queries.between(clock.begin_of(first), clock.begin_of(after))
    here = [one for one in queries.rows_of(found & queries.reached(actor), 600)
            if street is None or one.unit_id == street.id]  # fmt: skip
    return render(
        "activities/month.html", street=street, streets=streets, first=first, after=after,
        before=(first - timedelta(days=1)).replace(day=1), views=views, words=words,
        weeks=views.weeks_of(first, queries.scenes(here)), today=clock.today(),
    )  # fmt: skip


@pages.page("/console/activities/year", needs=SEE)
def year(actor: Actor) -> ResponseReturnValue:
    """Twelve months: the festivals of the culture with what it does then, and the sessions."""
    streets, street = street_at_work(actor)
    asked, pack = _asked_year(), themes.current_pack()
    gone, coming = theme_views.months(pack, asked, clock.today())
    festivals = [row for part in (*gone, *coming) for row in part.rows]
    found = queries.between(
        clock.begin_of(date(asked, 1, 1)), clock.begin_of(date(asked + 1, 1, 1))
    )
    here = found & queries.reached(actor) & queries.in_street(street)
    return render(
        "activities/year.html", street=street, streets=streets, year=asked,
        months=views.months_of(asked, queries.scenes(queries.rows_of(here, 2000)), festivals),
        views=views, words=words, today=clock.today(),
    )  # fmt: skip


@pages.page("/console/activities/culture", needs=SEE)
def culture(actor: Actor) -> ResponseReturnValue:
    """What the culture of the place does in a year: one press, and a plan is half written."""
    streets, street = street_at_work(actor)
    return render("activities/culture.html", street=street, streets=streets,
                  rows=views.templates_of(themes.current_pack()))  # fmt: skip


@pages.page("/console/activities/copy", needs=SEE, methods=("GET", "POST"))
def copy(actor: Actor) -> ResponseReturnValue:
    """Last year's plan once more: pick, see the days and what stands in the way, then plan."""
    streets, street = street_at_work(actor)
    asked = _asked_year() if "year" in request.args else clock.today().year - 1
    rows = commands.copyable(street, asked) if street else []
    form = Form(forms.CopyIn, suggested={"codes": []})

    def do(codes: list[str]) -> list[Copied]:
        return commands.copy(street, asked, codes, actor=actor)  # type: ignore[arg-type]

    if street is not None and form.accepts(do):
        made: list[Copied] = form.result
        flash(ngettext("%(num)s date is planned.", "%(num)s dates are planned.",
                       sum(one.made for one in made)), "done")  # fmt: skip
        return redirect(url_for("activities.sessions", state="draft"))
    return render("activities/copy.html", form.status, form=form, street=street, streets=streets,
                  rows=rows, year=asked, views=views)  # fmt: skip
