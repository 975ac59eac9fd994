"""Last year's plan once more: the same weekday, or the same festival where it hangs on one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from saas.activities import queries, rules
from saas.activities.commands.planning import SAID, Plan, add_date, plan
from saas.activities.models import Activity, Session
from saas.bookings import queries as bookings
from saas.bookings.queries import Place
from saas.kernel import clock
from saas.kernel.context import Actor, Label
from saas.kernel.db import session
from saas.kernel.errors import Conflict, Invalid, NotFound
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.rooms.queries import Room
from saas.territory.queries import Unit
from saas.themes import queries as themes
from saas.themes import views as theme_views


@dataclass(frozen=True, slots=True)
class Copy:
    """An activity of a year with its days in the next one; ``faults`` say what stands in the way of
    a day, empty where nothing does.
    """

    activity: Activity
    spans: Sequence[tuple[datetime, datetime]]
    faults: Sequence[str]
    room: Room | None
    address: Label | None


@dataclass(frozen=True, slots=True)
class Copied:
    """How many dates of an activity are planned."""

    activity: Activity
    made: int


def copyable(street: Unit, year: int) -> list[Copy]:
    """What a street did in a year, moved to the year after; nothing is stored. Days that are over
    already are left out.
    """
    start, end = (clock.begin_of(date(each, 1, 1)) for each in (year, year + 1))
    found = queries.between(start, end) & queries.in_street(street) & queries.took_place()
    by_activity: dict[int, list[Session]] = {}
    for one in queries.rows_of(found, 1000):
        by_activity.setdefault(one.activity_id, []).append(one)
    known = queries.activities_by_id(by_activity)
    days = _festivals(year + 1)
    copies = [
        _copy(street, known[key], dates, days.get(known[key].template or ""), year + 1)
        for key, dates in by_activity.items()
    ]
    return [one for one in copies if one.spans]


def _copy(
    street: Unit, activity: Activity, dates: Sequence[Session], day: date | None, year: int
) -> Copy:  # fmt: skip
    scene = queries.scene_of(dates[-1])
    room = scene.room if scene.room and scene.room.status == "open" else None
    day = day if len(dates) == 1 else None
    spans = [span for one in dates if (span := _moved(one, day, year))[0] > clock.now()]
    return Copy(activity, spans, [_fault(street, room, span) for span in spans], room,
                None if room else scene.where)  # fmt: skip


def _moved(one: Session, day: date | None, year: int) -> tuple[datetime, datetime]:
    """On the festival of the other year where it was planned for one, else on the same weekday."""
    zone = clock.zone()
    start = one.start.astimezone(zone)
    day = day or rules.same_weekday(start.date(), year)
    begin = datetime.combine(day, start.time(), zone)
    return begin, begin + timedelta(minutes=one.minutes)


def _festivals(year: int) -> dict[str, date]:
    """Activities of the culture, by the day of their festival in a year."""
    pack = themes.current_pack()
    gone, coming = theme_views.months(pack, year, clock.today())
    return {
        code: row.first
        for part in (*gone, *coming) for row in part.rows for code in row.festival.activities
    }  # fmt: skip


def _fault(street: Unit, room: Room | None, span: tuple[datetime, datetime]) -> str:
    """Why the room cannot be had then, with what is free near it; nothing where it can."""
    if room is None:
        return ""
    place = Place(room, street)
    terms = bookings.terms_of([room])[room.id]
    day = bookings.days_of(place, span[0].astimezone(clock.zone()).date(), terms=terms)[0]
    if any(start <= span[0] and span[1] <= end for start, end in day.free):
        return ""
    free = bookings.nearest_free(place, span, terms)
    if not free:
        return _("The room cannot be had then.")
    zone = clock.zone()
    times = _(", ").join(f"{a.astimezone(zone):%m-%d %H:%M}" for a, _end in free)
    return _("The room cannot be had then. Free are: %(times)s.", times=times)


def copy(street: Unit, year: int, codes: Sequence[str], *, actor: Actor) -> list[Copied]:
    """Plan the chosen activities for the year after ``year``; days without a room are left out.

    Raises `Invalid` where nothing is chosen, `NotFound` for what is not in that year.
    """
    known = {one.activity.code: one for one in copyable(street, year)}
    if not codes:
        raise Invalid({"codes": [_l("Choose at least one.")]})
    if set(codes) - set(known):
        raise NotFound
    return [_plan_again(street, known[code], actor) for code in codes]


def _plan_again(street: Unit, wanted: Copy, actor: Actor) -> Copied:
    said = {name: getattr(wanted.activity, name) for name in SAID}
    made: Activity | None = None
    dates = 0
    for (start, end), fault in zip(wanted.spans, wanted.faults, strict=True):
        where: dict[str, Any] = {"room": wanted.room, "address": wanted.address}
        if fault:
            continue
        try:
            with session.begin_nested():
                if made is None:
                    again = Plan(start=start, end=end, said=said, course=wanted.activity.course,
                                 template=wanted.activity.template, **where)  # fmt: skip
                    made = plan(street, again, actor=actor).activity
                else:
                    add_date(made, start, end, actor=actor, **where)
            dates += 1
        except Conflict:  # somebody was quicker since it was looked at
            continue
    return Copied(wanted.activity, dates)
