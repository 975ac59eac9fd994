"""Counted beside stated, ready for a template."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for

from saas.figures import counting, queries, words
from saas.figures.counting import Counted
from saas.figures.cut import MOST_MONTHS, Cut, Place, month_after
from saas.figures.facts import Measure
from saas.figures.models import Claim
from saas.kernel.context import Actor
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import say
from saas.web.charts import Bars, Point, columns
from saas.web.charts.bars import length_of

#: The first days of a first and a last month.
Months = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number for programs (``plain``) and for people (``text``), and the page of its records,
    empty for who may not see them. Where there is none, ``text`` says why and ``plain`` is empty.
    """

    plain: str
    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Stated:
    """What a source said."""

    figure: Figure
    source: str
    on: str


@dataclass(frozen=True, slots=True)
class Row:
    """A measure: ``counted`` over what its claim is about (``about``), what the claim says, and the
    whole district, of which ``ever`` says the time: all of it, or as it stands now. ``no_target``:
    why nobody may set an aim for it.
    """

    code: str
    name: str
    definition: str
    unit: str
    about: str
    counted: Figure
    stated: Stated | None
    present: Figure
    ever: str
    no_target: str = ""

    @property
    def lengths(self) -> tuple[int | None, int | None] | None:
        """Counted and stated as bars beside each other; nothing where one of them is missing."""
        if not self.stated or not self.counted.plain:
            return None
        both = [float(one.plain) for one in (self.counted, self.stated.figure)]
        return length_of(both[0], max(both)), length_of(both[1], max(both))


@dataclass(frozen=True, slots=True)
class Group:
    """Figures under one heading; ``picture``: the first that has a time, month by month."""

    title: str
    rows: list[Row]
    picture: Bars | None


def public_rows(
    top: Place, units: Mapping[int, Place], actor: Actor, months: Months | None = None
) -> list[Row]:
    """A row for each public measure. ``units`` are those that claims are about, by id. Without
    ``months`` each is counted over what its own claim is about, with them over the district then.
    """
    measures = queries.public_measures()
    claims = {} if months else queries.claims_in_use()
    possible = [one for one in measures if one.possible()]
    district = Cut((top.path,))
    present = counting.count_measures(possible, district)
    then = district.during(*months) if months else district
    cuts = {
        one.code: _about(claims[one.code], units) if one.code in claims else then
        for one in measures
        if one.facts.time is not None or one.code in claims
    }
    cuts = {one.code: cuts.get(one.code, district) for one in measures}
    counted = dict(_counted(possible, cuts, district, present))
    return [
        Row(
            code=one.code,
            name=str(one.words.name),
            definition=str(one.words.text),
            unit=str(one.unit),
            about=_told(cuts[one.code], top, one),
            counted=_figure(one, counted.get(one.code), cuts[one.code], top, actor),
            stated=_stated(one, claims.get(one.code)),
            present=_figure(one, present.get(one.code), district, top, actor),
            ever=_ever(one),
            no_target=str(one.no_target or ""),
        )
        for one in measures
    ]


def grouped(
    shown: Sequence[Row], headings: Mapping[str, str], top: Place, months: Months | None = None
) -> list[Group]:
    """Rows under what stands over them; ``headings``: owner of measures to heading."""
    alike: dict[str, list[Row]] = {}
    for row in shown:
        alike.setdefault(headings[queries.measures()[row.code].owner], []).append(row)
    return [Group(title, some, _picture(some, top, months)) for title, some in alike.items()]


def _picture(shown: Sequence[Row], top: Place, months: Months | None) -> Bars | None:
    """Over the asked months, those that a total is about, or the year that has most."""
    claims = {} if months else queries.claims_in_use()
    for row in shown:
        measure = queries.measures()[row.code]
        if measure.facts.time is None or measure.per or not measure.possible():
            continue
        span = months or _months_about(measure, claims.get(row.code), top)
        if span is None:
            continue
        first, last = span
        cut = Cut((top.path,)).during(max(first, month_after(last, 1 - MOST_MONTHS)), last)
        counted = counting.by_months(measure, cut)
        if any(counted.values()):
            points = [Point.month(month, (number,)) for month, number in counted.items()]
            return columns(points, _("%(what)s by month", what=row.name), row.unit)
    return None


def _months_about(measure: Measure, claim: Claim | None, top: Place) -> Months | None:
    if claim and claim.first_month and claim.last_month:
        return claim.first_month, claim.last_month
    year = counting.fullest_year(measure, Cut((top.path,)))
    return (date(year, 1, 1), date(year, 12, 1)) if year else None


def _about(claim: Claim, units: Mapping[int, Place]) -> Cut:
    unit = units[claim.unit_id]
    return Cut((unit.path,), claim.first_month, claim.last_month, unit)


def _counted(
    possible: Sequence[Measure],
    cuts: Mapping[str, Cut],
    district: Cut,
    present: Mapping[str, Counted],
) -> Iterator[tuple[str, Counted]]:
    """Each measure over its own cut; those that are about the same are counted in one go. Nothing
    for a time of which there are no records: that was not counted to be 0.
    """
    alike: dict[tuple[object, ...], list[Measure]] = {}
    for one in possible:
        cut = cuts[one.code]
        if cut is district:
            if one.code in present:
                yield one.code, present[one.code]
        else:
            alike.setdefault((cut.paths, cut.start, cut.end), []).append(one)
    for measures in alike.values():
        cut = cuts[measures[0].code]
        for code, number in counting.count_measures(measures, cut).items():
            facts = queries.measures()[code].facts
            if number or not cut.start or counting.is_recorded(facts, cut):
                yield code, number


def _figure(measure: Measure, number: Counted | None, cut: Cut, top: Place, actor: Actor) -> Figure:
    if number is None:
        return Figure("", _why_not(measure, cut))
    plain, text = words.plain(measure, number), words.shown(measure, number)
    return Figure(plain, text, _records(measure, cut, top, actor) if number else "")


def _why_not(measure: Measure, cut: Cut) -> str:
    if measure.unknown:
        return str(measure.unknown)
    if measure.possible():
        return _("There are no records of these months here.")
    return _("The model of this district has none of these.")


def _records(measure: Measure, cut: Cut, top: Place, actor: Actor) -> str:
    records = measure.records
    if records is None or (records.needs and not actor.may(records.needs, (cut.unit or top).path)):
        return ""
    asked = records.asked(cut)
    return "" if asked is None else url_for(records.endpoint, **asked)


def _told(cut: Cut, top: Place, measure: Measure) -> str:
    """What a number is about: place and months, or that it is about all time or about now."""
    return _(", ").join((say((cut.unit or top).name), words.months_of(cut) or _ever(measure)))


def _ever(measure: Measure) -> str:
    return _("as it stands now") if measure.facts.time is None else _("all time until today")


def years_of_public(top: Place) -> list[int]:
    """Each year of which there is anything that a public measure counts, the latest first."""
    over = {id(one.facts): one.facts for one in queries.public_measures()}
    timed = [facts for facts in over.values() if facts.time is not None]
    return sorted(
        {year for facts in timed for year in counting.years_of(facts, (top.path,))}, reverse=True
    )


def _stated(measure: Measure, claim: Claim | None) -> Stated | None:
    if claim is None:
        return None
    figure = Figure(words.plain(measure, claim.stated), words.shown(measure, claim.stated))
    return Stated(figure, say(claim.source), f"{claim.stated_on:%Y-%m-%d}")


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """A claim in the list of those who keep them."""

    id: int
    name: str
    figure: Figure
    about: str
    source: str
    on: str
    retired: bool


def claim_lines(units: Mapping[int, Place]) -> list[ClaimLine]:
    """Every claim about a measure that there is, those in use first."""
    known = queries.measures()
    return [
        ClaimLine(
            id=claim.id,
            name=str(known[claim.measure].words.name),
            figure=stated.figure,
            about=_told(_about(claim, units), units[claim.unit_id], known[claim.measure]),
            source=stated.source,
            on=stated.on,
            retired=claim.retired_at is not None,
        )
        for claim in queries.claims()
        if claim.measure in known and (stated := _stated(known[claim.measure], claim))
    ]
