"""Figures as the page shows them: every number said, every number with the way to its records."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from saas.demands import words
from saas.demands.queries.figures import STARS, Cut, Figures, Group, Line, Overview
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import say
from saas.web import charts
from saas.web.charts import (
    Bar,
    Bars,
    Funnel,
    FunnelLevel,
    FunnelWords,
    Plot,
    Point,
    Rate,
    RatePair,
    Stars,
    Tile,
)

#: The address of the records of a measure within a cut.
Records = Callable[[str, Cut], str]
_HOUR = 60
_OUTCOMES = ("resolved", "open", "declined", "ended", "withdrawn")
#: The columns of the table in their order.
COLUMNS = (
    "received", "in_time_all", "in_time_of_reasonable", "resolved", "resolved_all",
    "resolved_reasonable", "declined", "passed_up", "climbed", "returned", "reopened", "median",
    "ninth", "satisfaction", "rated",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure as a value (a share where ``rate``), in words, and the page of its records."""

    key: str
    value: float | int | None
    text: str
    url: str
    rate: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A group with its figures; ``url`` looks at it alone."""

    name: str
    url: str
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class FiguresPage:
    """Everything on the page, from the loudest to the last."""

    tiles: list[Tile]
    resolved: RatePair
    in_time: RatePair
    months: Plot
    ladder: Funnel
    outcomes: Bars
    stars: Stars
    rows: list[Row]
    total: Row


def figures_page(
    found: Figures, cut: Cut, records: Records, within: Callable[[Cut], str]
) -> FiguresPage:
    """The page of ``found``; ``within`` is the address of the figures of another cut."""
    total = found.total
    return FiguresPage(
        tiles=_tiles(total, cut, records),
        resolved=_rates(total, "resolved", "resolved", cut, records),
        in_time=_rates(total, "in_time", "in_time_reasonable", cut, records),
        months=_months(found.overview, cut, records),
        ladder=ladder_of(found.overview, cut, records),
        outcomes=_outcomes(total, cut, records),
        stars=charts.stars(
            [total[name] for name in STARS],
            _("How residents rated"),
            [records(name, cut) for name in STARS],
        ),
        rows=[row_of(group, records, within) for group in found.groups],
        total=Row(_("All"), "", cells_of(total, cut, records)),
    )


def row_of(group: Group, records: Records, within: Callable[[Cut], str]) -> Row:
    """A group as a line of the table."""
    return Row(name_of(group), within(group.cut), cells_of(group.line, group.cut, records))


def name_of(group: Group) -> str:
    """What a group is called in the reader's language."""
    if isinstance(group.name, date):
        return Point.month(group.name, ()).label
    if isinstance(group.name, str):
        return str(words.CHANNEL[group.name])
    name = say(group.name)
    return _("%(unit)s itself", unit=name) if group.cut.own else name


def cells_of(line: Line, cut: Cut, records: Records) -> list[Cell]:
    """The figures of a line in the order of `COLUMNS`."""
    return [_cell(key, line, cut, records) for key in COLUMNS]


def _cell(key: str, line: Line, cut: Cut, records: Records) -> Cell:
    shares = {
        "in_time_all": ("in_time", "received"),
        "in_time_of_reasonable": ("in_time_reasonable", "reasonable"),
        "resolved_all": ("resolved", "received"),
        "resolved_reasonable": ("resolved", "reasonable"),
    }
    if key in shares:
        part, whole = shares[key]
        share = charts.share(line[part], line[whole])
        return Cell(key, share, _said(share, charts.percent), records(part, cut), rate=True)
    if key in {"median", "ninth"}:
        hours = hours_of(line.median if key == "median" else line.ninth)
        return Cell(key, hours, _said(hours, charts.number), records("resolved", cut))
    if key == "satisfaction":
        mean = None if line.satisfaction is None else round(line.satisfaction, 2)
        return Cell(key, mean, _said(mean, charts.number), records("rated", cut))
    return Cell(key, line[key], charts.number(line[key]), records(key, cut))


def _said(value: float | None, say_it: Callable[[float], str]) -> str:
    return "—" if value is None else say_it(value)


def hours_of(minutes: float | None) -> float | None:
    """Working hours to a tenth."""
    return None if minutes is None else round(minutes / _HOUR, 1)


def _tiles(line: Line, cut: Cut, records: Records) -> list[Tile]:
    counted = [
        charts.tile(
            str(words.MEASURE[name].name),
            line[name],
            url=records(name, cut),
            definition=str(words.MEASURE[name].text),
        )
        for name in ("received", "resolved", "open", "merged")
    ]
    took = [
        charts.tile(
            str(words.DERIVED[name].name),
            hours_of(value),
            _("working hours"),
            url=records("resolved", cut),
            definition=str(words.DERIVED[name].text),
        )
        for name, value in (("median", line.median), ("ninth", line.ninth))
    ]
    return [*counted, *took]


def _rates(line: Line, part: str, of_reasonable: str, cut: Cut, records: Records) -> RatePair:
    def rate(label: str, numerator: str, whole: str) -> Rate:
        return Rate(
            label,
            line[numerator],
            line[whole],
            str(words.MEASURE[part].name),
            str(words.MEASURE[whole].name),
            records(numerator, cut),
            records(whole, cut),
        )

    return charts.rate_pair(
        rate(_("Of all received"), part, "received"),
        rate(_("Of the reasonable"), of_reasonable, "reasonable"),
        str(words.MEASURE[part].name),
    )


def rates_of(line: Line, part: str, cut: Cut, records: Records) -> RatePair:
    """A share on both of its denominators: ``part`` is resolved or in_time."""
    reasonable = {"resolved": "resolved", "in_time": "in_time_reasonable"}[part]
    return _rates(line, part, reasonable, cut, records)


def _months(overview: Overview, cut: Cut, records: Records) -> Plot:
    points = []
    for month in overview.months:
        own = cut.during(month.first, month.first)
        urls = (records("received", own), records("resolved", own))
        points.append(Point.month(month.first, (month.received, month.resolved), urls))
    names = [str(words.MEASURE[name].name) for name in ("received", "resolved")]
    return charts.columns(points, _("Month by month"), _("demands"), names)


def ladder_of(overview: Overview, cut: Cut, records: Records) -> Funnel:
    """How far demands climbed, as it is drawn."""
    levels = []
    for step in overview.ladder:
        at = cut.at_peak(step.level.code)
        levels.append(
            FunnelLevel(
                say(step.level.name),
                step.reached,
                step.stopped,
                step.went_on,
                records("reached", at),
                records("stopped", at),
                records("went_on", at),
                records("waits", at),
            )
        )
    said = {key: str(one.name) for key, one in words.CLIMBED.items()}
    named = FunnelWords(said["reached"], said["stopped"], said["waits"], said["went_on"])
    return charts.funnel(levels, _("How far they climbed"), _("demands"), named)


def _outcomes(line: Line, cut: Cut, records: Records) -> Bars:
    rows = [
        Bar(str(words.MEASURE[name].name), line[name], records(name, cut)) for name in _OUTCOMES
    ]
    return charts.bars(rows, _("What became of them"), _("demands"))
