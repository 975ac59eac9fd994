"""Walks and merchants as pages show them: every stop with its words, the line as a picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from saas.kernel import clock
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import ngettext, say
from saas.places import queries, rules, words
from saas.places.models import Merchant, Route, Stop
from saas.rooms import views as rooms
from saas.rooms.views import Light
from saas.web.pictures import LineMap, LineStop, line_map


@dataclass(frozen=True, slots=True)
class StopView:
    """A stop, every word ready. ``kind``: room, venue, merchant, story, or gone where a merchant
    stands who is not shown. ``reached``: minutes since the start.
    """

    stop: Stop
    kind: str
    name: str
    note: str = ""
    url: str | None = None
    light: Light | None = None
    step_free: str = "unknown"
    reached: int = 0

    @property
    def no(self) -> int:
        """Its number."""
        return self.stop.no

    @property
    def what(self) -> str:
        """What is to be seen there; nothing of one who is not shown."""
        return "" if self.kind == "gone" else say(self.stop.what)

    @property
    def access(self) -> str:
        """Whether one gets there without steps, in words."""
        return str(words.STEP_FREE[self.step_free])


@dataclass(frozen=True, slots=True)
class Walk:
    """A walk with its stops; the picture and the list are made of the same ones."""

    route: Route
    stops: Sequence[StopView]
    picture: LineMap

    @property
    def minutes(self) -> int:
        """How long it takes, counted."""
        return self.stops[-1].reached if self.stops else 0

    @property
    def start(self) -> str:
        """Where it begins: in its own words, or at its first stop."""
        return say(self.route.start) or (self.stops[0].name if self.stops else "")


#: So many stops → so many in a row, that the line fills a sheet of paper well.
_ON_PAPER = ((12, 3), (25, 5), (rules.MOST, 8))


def walk_of(route: Route, *, paper: bool = False) -> Walk:
    """A walk for everybody, in as many questions whatever its length."""
    stops = queries.stops_of(route)
    things = queries.things_of(queries.unit_of(route), stops)
    shown, reached = [], 0
    for stop in stops:
        reached += stop.minutes
        shown.append(_shown(stop, things, reached))
    return Walk(route, shown, _drawn(route, shown, paper))


def _shown(stop: Stop, things: queries.Things, reached: int) -> StopView:
    own: dict[str, Any] = {"step_free": stop.step_free, "reached": reached}
    if stop.room_id:
        room = things.rooms[stop.room_id]
        url = url_for("rooms.show", street=_street(room), code=room.code)
        light = rooms.light_of(room, clock.local())
        own |= _steps(stop, things.venues.get(room.venue_id or 0))
        return StopView(stop, "room", say(room.name), say(room.place), url, light, **own)
    if stop.venue_id:
        venue = things.venues[stop.venue_id]
        own |= _steps(stop, venue)
        closed = Light("ended", _("closed")) if venue.closed_at else None
        url = url_for("rooms.venue", venue=venue.code)
        return StopView(stop, "venue", say(venue.name), url=url, light=closed, **own)
    if stop.merchant_id:
        return _merchant(stop, things.merchants[stop.merchant_id], own)
    return StopView(stop, "story", say(stop.name), **own)


def _steps(stop: Stop, venue: Any) -> dict[str, str]:
    """Whether one gets there without steps: as the stop says, else as the building is known."""
    known = None if venue is None else venue.step_free
    said = "unknown" if known is None else "yes" if known else "no"
    return {"step_free": said if stop.step_free == "unknown" else stop.step_free}


def _street(room: Any) -> str:
    return queries.code_of(room.unit_id)


def _merchant(stop: Stop, merchant: Merchant, own: dict[str, Any]) -> StopView:
    if merchant.retired_at:
        gone = Light("ended", _("is no longer here"))
        return StopView(stop, "gone", _("A shop that has gone"), light=gone, **own)
    if not queries.is_walkable(merchant, clock.today()):
        hidden = Light("paused", _("not shown at present"))
        return StopView(stop, "gone", _("A shop on the street"), light=hidden, **own)
    if own["step_free"] == "unknown":
        own["step_free"] = merchant.step_free
    url = url_for("places.merchant", code=merchant.code)
    return StopView(stop, "merchant", say(merchant.name), say(merchant.sells), url,
                    light_of(merchant), **own)  # fmt: skip


def light_of(merchant: Merchant) -> Light | None:
    """Whether it is open now, where hours are known."""
    return rooms.light_of_hours(merchant.hours, clock.local()) if merchant.hours else None


def minutes_in_words(minutes: int) -> str:
    """A span as people say it."""
    return ngettext("%(num)s minute", "%(num)s minutes", minutes)


def _drawn(route: Route, stops: Sequence[StopView], paper: bool) -> LineMap:
    drawn = [
        LineStop(one.name, one.kind, _("%(minutes)s min", minutes=one.stop.minutes))
        for one in stops
    ]
    told = _(", ").join(f"{one.no} {one.name}" for one in stops)
    title = _("The line of %(walk)s", walk=say(route.name))
    fits = next(row for most, row in _ON_PAPER if len(stops) <= most)
    return line_map(drawn, title, told, fits if paper else 5)


def thing_of(stop: Stop) -> str:
    """What stands at a stop, as its form has it."""
    for kind in ("room", "venue", "merchant"):
        if found := getattr(stop, f"{kind}_id"):
            return f"{kind}-{found}"
    return ""


def reasons(merchant: Merchant) -> list[str]:
    """What the office has to do about a merchant."""
    found = []
    if queries.standing_of(merchant) in {"soon", "over"}:
        found.append(_("Ask whether it still agrees to be shown, and set the day."))
    if merchant.retired_at is None and rules.check_due(merchant.checked_on, clock.today()):
        found.append(_("Look whether everything is still so: the last time was a year ago."))
    return found
