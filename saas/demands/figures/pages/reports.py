"""Defined reports: the list, one issue of each, and keeping a view of the figures as one."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas.catalogue.pages import CataloguePages, serve
from saas.demands.blueprint import pages
from saas.demands.case import permissions
from saas.demands.case.permissions import SETTINGS
from saas.demands.figures import commands, forms, views
from saas.demands.figures.commands import View
from saas.demands.figures.forms import KeptIn
from saas.demands.figures.measures import BOARD
from saas.demands.figures.models import Report
from saas.demands.figures.pages.figures import RECORDS, WITHIN, cut_asked
from saas.demands.figures.words import DIVIDED, PERIOD
from saas.figures.cut import Cut, this_month
from saas.figures.pages import grouping_asked
from saas.figures.reports import Period, period_of, period_written
from saas.figures.views.reports import Section, period_name
from saas.figures.views.tables import facts_of
from saas.figures.views.workbook import report_book
from saas.forms.fields import schema_of
from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.errors import NotFound
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import say
from saas.territory import queries as territory
from saas.web.files import XLSX, download
from saas.web.forms import Form
from saas.web.pages import render

_SHOWN_PERIODS = 8
_FILTERS = ("level", "kind", "category")


@pages.page("/reports", needs=permissions.VIEW)
def reports(actor: Actor) -> ResponseReturnValue:
    """Every report; those out of use for who can bring them back."""
    settings = actor.may(SETTINGS)
    every = commands.REPORTS.every()
    shown = [*(r for r in every if not r.retired), *(r for r in every if r.retired and settings)]
    return render("demands/reports.html", reports=shown, settings=settings, period=PERIOD)


@pages.page("/reports/<report>", needs=permissions.VIEW)
def show_report(actor: Actor, report: str) -> ResponseReturnValue:
    """One issue: the last period that is over, unless another one is asked for."""
    row, period = _issue(report, actor)
    return render(
        "demands/report.html",
        report=row,
        period=period,
        named=period_name(period),
        sections=_sections(row, actor, period),
        source=BOARD.source,
        periods=_periods(row, period),
        settings=actor.may(SETTINGS),
        workbook=url_for("demands.report_workbook", report=row.code, period=period.key),
        now=clock.now(),
    )


@pages.page("/reports/<report>/workbook", needs=permissions.VIEW)
def report_workbook(actor: Actor, report: str) -> ResponseReturnValue:
    """The same issue as a workbook: a sheet for each section, and what each number means."""
    row, period = _issue(report, actor)
    sections = _sections(row, actor, period)
    content = report_book(BOARD, say(row.title), period_name(period), sections, clock.now())
    return download(content, f"{row.code}-{period.key}.xlsx", XLSX)


def _issue(code: str, actor: Actor) -> tuple[Report, Period]:
    """The report and the period that is asked for, the one before the present where that cannot be
    read; `NotFound` for a report that there is not.
    """
    row = commands.REPORTS.row(code)
    if row.retired and not actor.may(SETTINGS):
        raise NotFound
    asked = period_written(row.period, request.args.get("period", ""))
    return row, asked or period_of(row.period, this_month()).shifted(-1)


def _sections(row: Report, actor: Actor, period: Period) -> list[Section]:
    """What a report shows of a period within the reader's reach."""
    paths = territory.outermost(actor.reach(permissions.VIEW))
    cut = Cut(paths, period.start, period.end)
    return [views.section_of(one, cut, RECORDS, WITHIN) for one in row.sections]


def _periods(row: Report, chosen: Period) -> list[tuple[str, str, bool]]:
    """The present period and those before it, the newest first; the chosen one among them."""
    now = period_of(row.period, this_month())
    found = [now.shifted(-step) for step in range(_SHOWN_PERIODS)]
    if chosen not in found:
        found.append(chosen)
    return [
        (
            period_name(one),
            url_for("demands.show_report", report=row.code, period=one.key),
            one == chosen,
        )
        for one in found
    ]


# Keeping a view as a report


@pages.page("/reports/new", needs=SETTINGS, methods=("GET", "POST"))
def add_report(actor: Actor) -> ResponseReturnValue:
    """Keep what the page of figures shows: as a report of its own, or as a section of one."""
    cut, by = cut_asked(actor), grouping_asked(BOARD)
    into = request.form.get("into", "")
    schema = KeptIn if into else schema_of(forms.REPORT, extra=KeptIn)
    start = {"period": "month", "into": "", "measures": ["received", "resolved"]}
    form = Form(schema, suggested=start)
    if form.accepts(lambda **given: _keep(given, cut, by, actor)):
        flash(_("%(name)s is saved.", name=say(form.result.title)), "done")
        return redirect(url_for("demands.show_report", report=form.result.code))
    return render(
        "demands/report_form.html",
        form.status,
        form=form,
        back=WITHIN(cut, by),
        divided=DIVIDED[by],
        facts=facts_of(BOARD, cut)[1:],
        dropped=bool(cut.unit or cut["channel"]),
        measures=[(key, BOARD.definition(key).name) for key in BOARD.columns],
        periods=list(PERIOD.items()),
        known=[(row.code, say(row.title)) for row in commands.REPORTS.in_use()],
    )


def _keep(given: dict[str, Any], cut: Cut, by: str, actor: Actor) -> Report:
    filters = {name: cut[name] for name in _FILTERS}
    view = View(by, given.pop("measures"), filters)
    into = given.pop("into")
    if not into:
        return commands.REPORTS.add(**given, sections=[view.section()], actor=actor)
    row = commands.REPORTS.row(into)
    commands.add_section(row, view=view, actor=actor)
    return row


REPORT_PAGES = CataloguePages(
    rows=commands.REPORTS,
    needs=SETTINGS,
    address="/reports",
    form_at="/edit",
    home=lambda row: url_for("demands.reports"),
    shape=forms.REPORT,
    trail=lambda row: [(_("Reports"), url_for("demands.reports"))],
)
serve(pages, REPORT_PAGES)
