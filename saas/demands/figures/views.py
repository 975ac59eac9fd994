"""Figures and reports of demands, ready for a template or a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from xlsxwriter import Workbook

from saas.demands.case import words as case_words
from saas.demands.case.views import plain_levels
from saas.demands.figures import queries, words
from saas.demands.figures.measures import BOARD
from saas.demands.figures.queries import Step
from saas.demands.figures.rules import LADDER_DIVIDED
from saas.demands.figures.words import heading_of
from saas.demands.menu.views import kind_choices
from saas.figures.board import Line
from saas.figures.cut import Cut
from saas.figures.reports import UNDIVIDED
from saas.figures.views.reports import Section, divided_section, empty_section
from saas.figures.views.tables import Cell, Records, Row, Within, cells_of
from saas.figures.views.workbook import (
    NAME_WIDTH,
    Sheet,
    add_definitions,
    add_tables,
    csv_of,
    written,
)
from saas.kernel.context import current_tenant
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import say, short_datetime
from saas.web import charts
from saas.web.charts import (
    Bars,
    Funnel,
    FunnelLevel,
    FunnelWords,
    Point,
    Rate,
    RatePair,
    Stars,
    Tile,
)

_TILES = ("received", "resolved", "open", "merged")
_OUTCOMES = ("resolved", "open", "declined", "ended", "withdrawn")
#: The measures that a share on both of its denominators is of.
_PAIRS = {"resolved": ("resolved", "resolved"), "in_time": ("in_time", "in_time_reasonable")}


@dataclass(frozen=True, slots=True)
class FiguresPage:
    """Everything above the table, from the loudest to the last."""

    tiles: list[Tile]
    resolved: RatePair
    in_time: RatePair
    months: Bars
    ladder: Funnel
    outcomes: Bars
    stars: Stars


def figures_page(line: Line, steps: Sequence[Step], cut: Cut, records: Records) -> FiguresPage:
    """The page of the whole: ``line`` are its figures, ``steps`` its ladder."""
    outcomes = [_point(name, line[name], cut, records) for name in _OUTCOMES]
    return FiguresPage(
        tiles=_tiles(line, cut, records),
        resolved=rates_of(line, "resolved", cut, records),
        in_time=rates_of(line, "in_time", cut, records),
        months=_months(cut, records),
        ladder=ladder_of(steps, cut, records),
        outcomes=charts.bars(outcomes, _("What became of them"), _("demands")),
        stars=charts.stars(
            [line[name] for name in words.STARS],
            _("How residents rated"),
            [records(name, cut) for name in words.STARS],
        ),
    )


def _point(name: str, number: int, cut: Cut, records: Records) -> Point:
    return Point(str(words.COUNTED[name].name), (number,), (records(name, cut),))


def _tiles(line: Line, cut: Cut, records: Records) -> list[Tile]:
    counted = [
        charts.tile(
            str(words.COUNTED[name].name),
            line[name],
            url=records(name, cut),
            definition=str(words.COUNTED[name].text),
        )
        for name in _TILES
    ]
    took = [
        charts.tile(
            cell.name,
            cell.value,
            _("working hours"),
            url=cell.url,
            definition=str(words.DERIVED[cell.key].text),
        )
        for cell in cells_of(BOARD, line, cut, records)
        if cell.key in {"median", "ninth"}
    ]
    return [*counted, *took]


def rates_of(line: Line, part: str, cut: Cut, records: Records) -> RatePair:
    """A share on both of its denominators: ``part`` is resolved or in_time."""
    name = str(words.COUNTED[part].name)

    def rate(label: str, numerator: str, whole: str) -> Rate:
        of = str(words.COUNTED[whole].name)
        urls = records(numerator, cut), records(whole, cut)
        return Rate(label, line[numerator], line[whole], name, of, *urls)

    of_all, of_reasonable = _PAIRS[part]
    return charts.rate_pair(
        rate(_("Of all received"), of_all, "received"),
        rate(_("Of the reasonable"), of_reasonable, "reasonable"),
        name,
    )


def _months(cut: Cut, records: Records) -> Bars:
    shown = ("received", "resolved")
    points = []
    for first, numbers in BOARD.months(cut, *shown):
        own = cut.during(first, first)
        points.append(Point.month(first, tuple(numbers), tuple(records(one, own) for one in shown)))
    names = [str(words.COUNTED[name].name) for name in shown]
    return charts.columns(points, _("Month by month"), _("demands"), names)


def ladder_of(steps: Sequence[Step], cut: Cut, records: Records) -> Funnel:
    """How far demands climbed, as it is drawn."""
    levels = [
        FunnelLevel(
            say(step.level.name),
            step.reached,
            step.stopped,
            step.went_on,
            *(
                records(name, cut.by(peak=step.level.code))
                for name in ("reached", "stopped", "went_on", "waits")
            ),
        )
        for step in steps
    ]
    named = FunnelWords(
        *(str(words.CLIMBED[name].name) for name in ("reached", "stopped", "waits", "went_on"))
    )
    return charts.funnel(levels, _("How far they climbed"), _("demands"), named)


def workbook_of(cut: Cut, steps: Sequence[Step], now: datetime) -> bytes:
    """Every table of the figures, what they are narrowed down to, and what each number means."""

    def fill(book: Workbook) -> None:
        add_tables(book, BOARD, cut, now)
        sheet = Sheet(book, _("How far they climbed"), *[NAME_WIDTH] * 5)
        sheet.line(_("Level"), *(str(one.name) for one in words.CLIMBED.values()), bold=True)
        for step in steps:
            sheet.line(say(step.level.name), step.reached, step.stopped, step.waits, step.went_on)
        add_definitions(book, BOARD)

    return written(fill)


def record_csv(rows: Iterable[Sequence[Any]]) -> bytes:
    """Rows of `queries.figures.COLUMNS` for a spreadsheet: no words of residents, no names."""
    heads = [
        _("Code"), _("Kind"), _("Category"), _("Place"), _("Level"), _("Channel"), _("State"),
        _("Filed on"), _("Accepted on"), _("Finished on"), _("Working minutes"), _("Passed up"),
        _("Passed up by deadline"), _("Returned"), _("Reopened"), _("Stars"),
    ]  # fmt: skip
    kinds = dict(kind_choices())
    levels = dict(plain_levels())
    zone = current_tenant().time_zone
    return csv_of(
        heads,
        (
            (
                code, kinds.get(kind, kind), say(category), say(place), levels.get(level, level),
                str(case_words.CHANNEL[channel]), str(case_words.STATE[state]),
                *(short_datetime(moment, zone) for moment in more[:3]), *more[3:],
            )
            for code, kind, category, place, level, channel, state, *more in rows
        ),
    )  # fmt: skip


def climbed_cell(key: str, step: Step, cut: Cut, records: Records) -> Cell:
    """A number of the ladder at one level."""
    number, at = getattr(step, key), cut.by(peak=step.level.code)
    url = records(key, at) if number else ""
    return Cell(key, str(words.CLIMBED[key].name), number, charts.number(number), url)


#: Measures that are shares; they come in pairs, on both denominators.
_SHARES = {
    "resolved": {"resolved_all", "resolved_reasonable"},
    "in_time": {"in_time_all", "in_time_of_reasonable"},
}


def section_of(section: Mapping[str, Any], cut: Cut, records: Records, within: Within) -> Section:
    """A section of a report as it is now; ``within`` is the page of figures of a cut."""
    own = cut.by(**{name: section.get(name) or "" for name in ("level", "kind", "category")})
    title = heading_of(section)
    if section["by"] == LADDER_DIVIDED:
        return _climbing(section, title, own, records)
    found = divided_section(BOARD, section, title, own, records, within)
    if section["by"] != UNDIVIDED:
        return found
    total = BOARD.table(own, "month")[0]
    shown = [part for part, pair in _SHARES.items() if pair & {*section["measures"]}]
    return replace(found, rates=[rates_of(total, part, own, records) for part in shown])


def _climbing(section: Mapping[str, Any], title: str, cut: Cut, records: Records) -> Section:
    """How far demands climbed: the ladder as it is drawn, and its numbers as a table."""
    steps = queries.ladder(cut)
    rows = [
        Row(
            say(step.level.name),
            "",
            [climbed_cell(key, step, cut, records) for key in section["measures"]],
        )
        for step in steps
    ]
    empty = empty_section(BOARD, section, title, cut)
    return replace(empty, rows=rows, funnel=ladder_of(steps, cut, records))
