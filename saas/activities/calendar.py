"""Sessions as a calendar (iCalendar): stable, numbered, with their time zone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from icalendar import Calendar, Event

from saas.activities import queries, views
from saas.activities.queries import Scene
from saas.kernel import clock
from saas.kernel.context import current_tenant
from saas.kernel.i18n import say


@dataclass(frozen=True, slots=True)
class Entry:
    """A session with the address of its page; ``status`` is CONFIRMED, TENTATIVE or CANCELLED."""

    scene: Scene
    url: str
    status: str = "CONFIRMED"


def file_of(scene: Scene, url: str) -> bytes:
    """One session. Whoever opens it again after a change has the same entry, moved or cancelled."""
    status = "CANCELLED" if scene.session.state == "cancelled" else "CONFIRMED"
    return calendar_of(say(scene.activity.title), [Entry(scene, url, status)])


def calendar_of(name: str, entries: Sequence[Entry]) -> bytes:
    """Many sessions; the same bytes as long as nothing has changed."""
    calendar = Calendar()
    calendar.add("prodid", "-//1519//activities//ZH")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    calendar.add("x-published-ttl", "PT1H")
    stamps = queries.last_acts([one.scene.session.id for one in entries])
    for one in entries:
        calendar.add_component(_event(one, stamps))
    if entries:
        times = [one.scene.session.start for one in entries]
        calendar.add_missing_timezones(
            first_date=(min(times) - timedelta(days=366)).date(),
            last_date=(max(times) + timedelta(days=366)).date(),
        )
    return bytes(calendar.to_ical())


def _event(entry: Entry, stamps: dict[int, datetime]) -> Event:
    one, zone = entry.scene.session, clock.zone()
    event = Event()
    event.add("uid", f"{one.code}@{current_tenant().code}.activities")
    event.add("sequence", one.sequence)
    event.add("dtstamp", stamps.get(one.id, one.start))
    event.add("dtstart", one.start.astimezone(zone))
    event.add("dtend", one.end.astimezone(zone))
    event.add("summary", say(entry.scene.activity.title))
    event.add("location", views.where(entry.scene))
    event.add("url", entry.url)
    event.add("status", entry.status)
    return event
