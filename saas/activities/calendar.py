"""A session as a file for calendars (iCalendar): stable, numbered, with its time zone."""

from __future__ import annotations

from datetime import timedelta

from icalendar import Calendar, Event

from saas.activities import views
from saas.activities.queries import Scene
from saas.kernel import clock
from saas.kernel.context import current_tenant
from saas.kernel.i18n import say


def file_of(scene: Scene, url: str) -> bytes:
    """One session. Whoever opens it again after a change has the same entry, moved or cancelled."""
    one, zone = scene.session, clock.zone()
    event = Event()
    event.add("uid", f"{one.code}@{current_tenant().code}.activities")
    event.add("sequence", one.sequence)
    event.add("dtstamp", clock.now())
    event.add("dtstart", one.start.astimezone(zone))
    event.add("dtend", one.end.astimezone(zone))
    event.add("summary", say(scene.activity.title))
    event.add("location", views.where(scene))
    event.add("url", url)
    event.add("status", "CANCELLED" if one.state == "cancelled" else "CONFIRMED")
    calendar = Calendar()
    calendar.add("prodid", "-//1519//activities//ZH")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    calendar.add_missing_timezones(
        first_date=(one.start - timedelta(days=366)).date(),
        last_date=(one.end + timedelta(days=366)).date(),
    )
    return bytes(calendar.to_ical())
