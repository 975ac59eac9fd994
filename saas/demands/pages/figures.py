"""Figures of demands, and the records behind every number."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue

from saas.demands import permissions, queries, rules, views, words
from saas.demands.pages.blueprint import PAGE_SIZE, pages
from saas.demands.queries import figures
from saas.demands.queries.figures import Cut
from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.errors import NotFound
from saas.territory import queries as territory
from saas.web.pages import render
from saas.web.shell import PageOf, page_number

_MONTH = re.compile(r"20\d\d-(?:0[1-9]|1[0-2])")
_YEAR = 12
#: A file of records has no more lines than this.
_MOST_RECORDS = 100_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pages.page("/demands/figures", needs=permissions.VIEW)
def figures_(actor: Actor) -> ResponseReturnValue:
    """How demands fare within the reader's reach, narrowed down by what is in the address."""
    cut, by = cut_asked(actor), _by()
    found = figures.figures(cut, by)
    return render(
        "demands/figures.html",
        page=views.figures_page(found, cut, records_of, lambda own: within(own, by)),
        by=by,
        cut=cut,
        given=_params(cut),
        choices=views.choices_of(cut),
        facts=views.facts_of(cut),
        columns=views.COLUMNS,
        trail=_trail(cut, by),
        tabs=[(words.GROUPED[one], within(cut, one), one == by) for one in figures.GROUPINGS],
        spans=_spans(cut, by),
        words=words,
        now=clock.now(),
        keep=url_for("demands.add_report", by=by, **_params(cut))
        if actor.may(permissions.SETTINGS)
        else None,
        workbook=url_for("demands.workbook", by=by, **_params(cut)),
    )


@pages.page("/demands/figures/workbook", needs=permissions.VIEW)
def workbook(actor: Actor) -> ResponseReturnValue:
    """The same figures, by everything that they can be divided by, as a workbook."""
    cut = cut_asked(actor)
    found = {by: figures.table(cut, by) for by in figures.GROUPINGS}
    overview = figures.overview(cut)
    return send_file(views.workbook_of(cut, found, overview, clock.now()), "figures.xlsx", XLSX)


@pages.page("/demands/records", needs=permissions.VIEW)
def records(actor: Actor) -> ResponseReturnValue:
    """The demands that a number counts."""
    cut, measure, number = cut_asked(actor), request.args.get("measure", "received"), page_number()
    rows, total = figures.list_records(measure, cut, number=number, size=PAGE_SIZE)
    return render(
        "demands/records.html",
        rows=views.lines_of(rows, url_for("demands.listing") + "/"),
        page=PageOf(number, total, PAGE_SIZE),
        definition=words.definition_of(measure),
        facts=views.facts_of(cut),
        back=within(cut.at_peak(""), "unit"),
        table=url_for("demands.record_table", measure=measure, **_params(cut)),
    )


@pages.page("/demands/records/table", needs=permissions.VIEW)
def record_table(actor: Actor) -> ResponseReturnValue:
    """The same demands as a table without anything personal."""
    cut, measure = cut_asked(actor), request.args.get("measure", "received")
    rows = figures.record_table(measure, cut, limit=_MOST_RECORDS)
    return send_file(views.record_csv(rows), "demands.csv", "text/csv; charset=utf-8")


def send_file(content: bytes, name: str, kind: str) -> Response:
    """A file to download that nobody in between keeps."""
    response = Response(content, mimetype=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _by() -> str:
    by = request.args.get("by", "unit")
    if by not in figures.GROUPINGS:
        raise NotFound
    return by


def cut_asked(actor: Actor) -> Cut:
    """What the address asks for; what it names and is not there raises `NotFound`."""
    last = _month("to") or figures.this_month()
    first = _month("from") or figures.month_after(last, 1 - _YEAR)
    first, last = min(first, last), max(first, last)
    unit = request.args.get("unit", "")
    return Cut(
        start=max(first, figures.month_after(last, 1 - figures.MOST_MONTHS)),
        end=last,
        paths=territory.outermost(actor.reach(permissions.VIEW)),
        unit=figures.unit_in_reach(unit, actor=actor) if unit else None,
        own=bool(request.args.get("own")),
        level=_known("level", _levels()),
        kind=_known("kind", (kind.code for kind in queries.kinds())),
        category=_known("category", (category.code for category in queries.categories())),
        channel=_known("channel", rules.CHANNELS),
        peak=_known("peak", _levels()),
    )


def _levels() -> Iterable[str]:
    return (level.code for level in territory.ladder(queries.LADDER))


def _known(name: str, known: Iterable[str]) -> str:
    value = request.args.get(name, "")
    if value and value not in known:
        raise NotFound
    return value


def _month(name: str) -> date | None:
    """A month written 2026-11; an empty one is none."""
    text = request.args.get(name, "")
    if not text:
        return None
    if not _MONTH.fullmatch(text):
        raise NotFound
    return date.fromisoformat(f"{text}-01")


def _params(cut: Cut) -> dict[str, Any]:
    """A cut as it stands in an address."""
    given = {
        "from": f"{cut.start:%Y-%m}",
        "to": f"{cut.end:%Y-%m}",
        "unit": cut.unit.code if cut.unit else "",
        "own": "1" if cut.own else "",
        "level": cut.level,
        "kind": cut.kind,
        "category": cut.category,
        "channel": cut.channel,
        "peak": cut.peak,
    }
    return {key: value for key, value in given.items() if value}


def within(cut: Cut, by: str) -> str:
    """The address of the figures of a cut."""
    return url_for("demands.figures_", by=by, **_params(cut))


def records_of(measure: str, cut: Cut) -> str:
    """The address of the demands that a number counts."""
    return url_for("demands.records", measure=measure, **_params(cut))


def _spans(cut: Cut, by: str) -> list[tuple[object, str, bool]]:
    """The last twelve months, and each year in which something was filed."""
    now = figures.this_month()
    spans: list[tuple[object, date, date]] = [
        (words.LAST_MONTHS, figures.month_after(now, 1 - _YEAR), now)
    ]
    for year in figures.years_with_demands(cut.paths):
        spans.append((views.year_name(year), date(year, 1, 1), date(year, _YEAR, 1)))
    return [
        (name, within(cut.during(first, last), by), (first, last) == (cut.start, cut.end))
        for name, first, last in spans
    ]


def _trail(cut: Cut, by: str) -> list[tuple[object, str]]:
    """From the widest place that the reader may look at down to the one above the chosen."""
    if cut.unit is None:
        return []
    above = [u for u in territory.ancestors(cut.unit) if u.path.startswith(tuple(cut.paths))]
    return [(views.name_of_unit(unit), within(cut.of(unit), by)) for unit in above]
