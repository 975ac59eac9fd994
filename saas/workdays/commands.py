"""Changing the calendar: the week, single days, whole years."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from importlib.metadata import version
from uuid import uuid4

import sqlalchemy as sa

from saas.kernel import audit, clock
from saas.kernel.context import Actor, Label, current_tenant
from saas.kernel.db import session
from saas.kernel.errors import Conflict, Invalid
from saas.kernel.hours import fault_of_spans
from saas.kernel.i18n import lazy_gettext as _l
from saas.workdays import queries, rules
from saas.workdays.events import workdays_changed
from saas.workdays.models import WorkCalendar, WorkdayException, WorkWeek, WorkYear
from saas.workdays.rules import Exceptional, Spans, Week

_FAULTS = {
    "order": _l("It must close after it opens."),
    "overlap": _l("These hours overlap."),
}
_NO_WORK = _l("At least one day of the week must be worked: no deadline would ever come.")
_LIBRARY = "chinesecalendar"


def begin(week: Week, *, actor: Actor) -> None:
    """Give a new district its week, and every year from the last one on that is published."""
    session.add(WorkCalendar(version=uuid4(), changed_at=clock.now()))
    session.add_all(
        WorkWeek(weekday=weekday, spans=rules.written_spans(spans))
        for weekday, spans in enumerate(week, start=1)
    )
    session.flush()
    this_year = clock.today().year
    for year in range(this_year - 1, this_year + rules.YEARS_AHEAD + 1):
        if rules.published_days(year) is not None:
            publish_year(year, actor=actor)


def set_week(week: Week, *, actor: Actor) -> None:
    """Work at these hours from now on, Monday first. Raises `Invalid` at ``week`` or ``day-<n>``.

    There is no older week beside it: what was due before keeps its time, what is counted anew is
    counted in this one.
    """
    _ensure_week(week)
    _hold()
    before = queries.week()
    if week == before:
        return
    for weekday, spans in enumerate(week, start=1):
        row = sa.update(WorkWeek).where(WorkWeek.weekday == weekday)
        session.execute(row.values(spans=rules.written_spans(spans)))
    audit.record(
        "workdays.week", "calendar", None, actor=actor, before=_told(before), after=_told(week)
    )
    _announce(clock.today())


def _ensure_week(week: Week) -> None:
    faults = {f"day-{n}": fault_of_spans(spans) for n, spans in enumerate(week, start=1)}
    found: dict[str, list[object]] = {at: [_FAULTS[key]] for at, key in faults.items() if key}
    if not found and not rules.has_work(week):
        found = {"week": [_NO_WORK]}
    if found:
        raise Invalid(found)


def _told(week: Week) -> list[list[dict[str, str]]]:
    return [rules.written_spans(spans) for spans in week]


def set_day(
    day: date,
    *,
    works: bool,
    name: Label,
    spans: Spans | None = None,
    until: date | None = None,
    actor: Actor,
) -> None:
    """Say what a day is, whatever its weekday or the published list says; ``until``: a run of days.

    ``spans`` None: the hours of an ordinary working day. Raises `Invalid` for hours that cannot
    be and for a run that is none.
    """
    days = _run(day, until or day)
    if spans is not None and (fault := fault_of_spans(spans)):
        raise Invalid({"hours": [_FAULTS[fault]]})
    _hold()
    _drop(days, rules.OWN)
    hours = spans if works and spans else None
    _keep(Exceptional(one, works, name, rules.OWN, hours) for one in days)
    audit.record(
        "workdays.day",
        "calendar",
        None,
        actor=actor,
        day=day.isoformat(),
        until=days[-1].isoformat(),
        works=works,
        name=name,
        spans=rules.written_spans(hours) if hours else None,
    )
    _announce(day)


def _run(day: date, until: date) -> list[date]:
    length = (until - day).days + 1
    if length < 1:
        raise Invalid({"until": [_l("The last day lies before the first.")]})
    if length > rules.MOST_DAYS:
        raise Invalid({"until": [_l("No more than a month at once, please.")]})
    return [day + timedelta(days=n) for n in range(length)]


def clear_day(day: date, *, until: date | None = None, actor: Actor) -> None:
    """Take the district's own word about a day back: the published one counts, or the week.

    ``until``: that of a run of days. Raises `Conflict` where there is none.
    """
    days = _run(day, until or day)
    _hold()
    if not _drop(days, rules.OWN):
        raise Conflict(_l("There is no change of your own on this day."))
    last = days[-1].isoformat()
    audit.record("workdays.clear", "calendar", None, actor=actor, day=day.isoformat(), until=last)
    _announce(day)


def publish_year(year: int, *, actor: Actor) -> None:
    """Read the published holidays and make-up days of a year (again); own changes stay.

    Raises `Conflict` while the product does not know the year.
    """
    listed = rules.published_days(year)
    if listed is None:
        raise Conflict(_l("The holidays of this year are not published yet."))
    _hold()
    _drop(rules.days_of(year), rules.PUBLISHED)
    _keep(listed)
    origin = f"{_LIBRARY} {version(_LIBRARY)}"
    _note(year, rules.PUBLISHED, origin)
    audit.record(
        "workdays.publish", "calendar", None, actor=actor, year=year, origin=origin, of=len(listed)
    )
    _announce(date(year, 1, 1))


def complete_year(year: int, *, actor: Actor) -> None:
    """Say that all holidays of a year are entered here, before the product knows them."""
    _hold()
    if queries.covers(year):
        raise Conflict(_l("The holidays of this year are known already."))
    _note(year, rules.OWN, None)
    audit.record("workdays.complete", "calendar", None, actor=actor, year=year)


def reopen_year(year: int, *, actor: Actor) -> None:
    """Undo `complete_year`; the days that were entered stay."""
    _hold()
    noted = queries.find_year(year)
    if noted is None or noted.state != rules.OWN:
        raise Conflict(_l("This year was not completed by hand."))
    session.delete(noted)
    session.flush()
    audit.record("workdays.reopen", "calendar", None, actor=actor, year=year)


def _hold() -> None:
    """Change the calendar alone, and let every process know that it has changed."""
    session.execute(sa.update(WorkCalendar).values(version=uuid4(), changed_at=clock.now()))
    queries.forget_working_time()


def _drop(days: list[date], source: str) -> int:
    """Take the words of one source about these days away; how many there were."""
    gone = sa.delete(WorkdayException).where(
        WorkdayException.day.between(days[0], days[-1]), WorkdayException.source == source
    )
    return len(session.scalars(gone.returning(WorkdayException.id)).all())


def _keep(days: Iterable[Exceptional]) -> None:
    session.add_all(
        WorkdayException(
            day=one.day,
            works=one.works,
            name=dict(one.name),
            source=one.source,
            spans=None if one.spans is None else rules.written_spans(one.spans),
        )
        for one in days
    )
    session.flush()


def _note(year: int, state: str, origin: str | None) -> None:
    noted = queries.find_year(year) or WorkYear(year=year)
    noted.state, noted.origin, noted.since = state, origin, clock.now()
    session.add(noted)
    session.flush()


def _announce(first_day: date) -> None:
    workdays_changed.send(current_tenant().code, first_day=first_day)
