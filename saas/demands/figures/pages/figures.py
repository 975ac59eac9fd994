"""Figures of demands, and the records behind every number."""

from __future__ import annotations

from functools import partial

from flask import request, url_for
from flask.typing import ResponseReturnValue

from saas.demands.blueprint import PAGE_SIZE, pages
from saas.demands.case import permissions
from saas.demands.case import views as case_views
from saas.demands.figures import queries, views, words
from saas.demands.figures.measures import BOARD
from saas.demands.figures.rules import CLIMBING_MEASURES
from saas.figures import pages as board
from saas.figures.cut import Cut
from saas.figures.views import tables
from saas.figures.words import months_of
from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.i18n import say
from saas.territory import queries as territory
from saas.web.files import XLSX, download
from saas.web.pages import render
from saas.web.shell import PageOf, page_number

#: A file of records has no more lines than this.
_MOST_RECORDS = 100_000
WITHIN, RECORDS = board.within(BOARD), board.records_of(BOARD)


@pages.page("/demands/figures", needs=permissions.VIEW)
def figures_(actor: Actor) -> ResponseReturnValue:
    """How demands fare within the reader's reach, narrowed down by what is in the address."""
    cut, by = cut_asked(actor), board.grouping_asked(BOARD)
    total, groups = BOARD.table(cut, by)
    given = board.params(cut)
    return render(
        "demands/figures.html",
        board=BOARD,
        page=views.figures_page(total, queries.ladder(cut), cut, RECORDS),
        rows=[tables.row_of(BOARD, group, by, RECORDS, WITHIN) for group in groups],
        total=tables.total_of(BOARD, total, cut, RECORDS),
        by=by,
        cut=cut,
        given=given,
        span=months_of(cut),
        wrong=board.passed_over(BOARD),
        facts=tables.facts_of(BOARD, cut),
        trail=_trail(cut, by),
        tabs=board.tabs(BOARD, cut, by),
        spans=board.spans(BOARD, cut, by),
        words=words,
        now=clock.now(),
        keep=url_for("demands.add_report", by=by, **given)
        if actor.may(permissions.SETTINGS)
        else None,
        workbook=url_for("demands.workbook", by=by, **given),
    )


@pages.page("/demands/figures/workbook", needs=permissions.VIEW)
def workbook(actor: Actor) -> ResponseReturnValue:
    """The same figures, by everything that they can be divided by, as a workbook."""
    cut = cut_asked(actor)
    content = views.workbook_of(cut, queries.ladder(cut), clock.now())
    return download(content, "figures.xlsx", XLSX)


@pages.page("/demands/records", needs=permissions.VIEW)
def records(actor: Actor) -> ResponseReturnValue:
    """The demands that a number counts."""
    cut = cut_asked(actor, whole=True)
    measure = _measure_asked(cut)
    number = page_number()
    rows, total = queries.list_records(measure, cut, number=number, size=PAGE_SIZE)
    return render(
        "demands/records.html",
        rows=case_views.lines_of(rows, url_for("demands.listing") + "/"),
        page=PageOf(number, total, PAGE_SIZE),
        definition=BOARD.definition(measure),
        facts=tables.facts_of(BOARD, cut),
        back=WITHIN(cut.by(peak=""), "unit"),
        table=url_for("demands.record_table", measure=measure, **board.params(cut)),
    )


@pages.page("/demands/records/table", needs=permissions.VIEW)
def record_table(actor: Actor) -> ResponseReturnValue:
    """The same demands as a table without anything personal."""
    cut = cut_asked(actor, whole=True)
    measure = _measure_asked(cut)
    rows = queries.record_table(measure, cut, limit=_MOST_RECORDS)
    return download(views.record_csv(rows), "demands.csv", "text/csv; charset=utf-8")


def _measure_asked(cut: Cut) -> str:
    """Whose records are asked for; all that was received where it is none that there is."""
    asked = request.args.get("measure", "")
    known = {*BOARD.measures, *(CLIMBING_MEASURES if cut["peak"] else ())}
    return asked if asked in known else "received"


def cut_asked(actor: Actor, *, whole: bool = False) -> Cut:
    """What the address asks for within the reach of ``actor``."""
    paths = territory.outermost(actor.reach(permissions.VIEW))
    unit = partial(territory.access_unit, permission=permissions.VIEW, actor=actor)
    return board.cut_asked(BOARD, paths, unit, whole=whole)


def _trail(cut: Cut, by: str) -> list[tuple[object, str]]:
    """From the widest place that the reader may look at down to the one above the chosen."""
    unit = territory.find_unit(cut.unit.id) if cut.unit else None
    above = territory.ancestors(unit) if unit else ()
    return [
        (say(each.name), WITHIN(cut.of(each), by))
        for each in above
        if each.path.startswith(tuple(cut.paths))
    ]
