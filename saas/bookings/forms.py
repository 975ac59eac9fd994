"""What is asked when a room is booked, closed, or its terms are set, field by field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, Final

from marshmallow import Schema, fields, post_load, validate

from saas.bookings import rules, words
from saas.bookings.rules import Terms
from saas.forms.fields import DAY, NUMBER, PICK, TEXT, TICK, Field
from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.hours import read_time
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say
from saas.kernel.schemas import Day, filled
from saas.organisations import queries as organisations

_TIMES: Final = [f"{hour:02}:{minute}" for hour in range(6, 24) for minute in ("00", "30")]
_OPTIONS: Final = [(text, text) for text in _TIMES]
#: Beyond these no days can be counted on and back.
KEPT_DAYS: Final = validate.Range(
    date(1900, 1, 1), date(2199, 12, 31), error=_l("Choose a day in a year that is kept here.")
)


def _of(table: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return [*table.items()]


_WHEN: Final = (
    Field(name="day", label=_l("Day"), kind=DAY, required=True),
    Field(name="start", label=_l("Begins at"), kind=PICK, required=True, options=_OPTIONS),
    Field(name="end", label=_l("Ends at"), kind=PICK, required=True, options=_OPTIONS),
)
_WHAT: Final = (
    Field(name="purpose", label=_l("What for?"), kind=TEXT, required=True, longest=100,
          help=_l("The house reads it, nobody else.")),
    Field(name="kind", label=_l("Kind"), kind=PICK, required=True, default="meeting",
          options=_of(words.KIND)),
    Field(name="people", label=_l("How many people?"), kind=NUMBER, least=1, most=1000,
          unit=_l("people")),
)  # fmt: skip
_AGAIN: Final = (
    Field(name="every", label=_l("How often?"), kind=PICK, options=_of(words.EVERY)[1:],
          blank=words.EVERY[""]),
    Field(name="until", label=_l("Last time on"), kind=DAY,
          help=_l("The last day, where it comes again. A day that cannot be had is said.")),
)  # fmt: skip
_DESK: Final = (
    Field(name="channel", label=_l("For whom?"), kind=PICK, required=True, default="online",
          options=[("online", _l("for myself")), ("desk", _l("for somebody at the desk")),
                   ("phone", _l("for somebody on the telephone"))]),
    Field(name="guest_name", label=_l("Who comes?"), kind=TEXT, longest=60,
          help=_l("A name; it is kept sealed.")),
    Field(name="guest_phone", label=_l("Telephone"), kind=TEXT, longest=30,
          help=_l("They are told when something changes.")),
    Field(name="organisation", label=_l("In the name of an organisation"), kind=TEXT, longest=26,
          help=_l("Its code, if it is one of the register.")),
)  # fmt: skip
_OUTSIDE: Final = Field(
    name="outside", label=_l("Outside the opening hours"), kind=TICK,
    help=_l("I see to it that somebody opens."),
)  # fmt: skip


def booking_shape(actor: Actor, *, staff: bool) -> Sequence[Field]:
    """What is asked of this reader."""
    if staff:
        return (*_WHEN, *_DESK, *_WHAT, *_AGAIN, _OUTSIDE)
    groups = [(group.code, say(group.name)) for group in organisations.own_groups(actor)]
    own = Field(name="organisation", label=_l("In the name of"), kind=PICK, options=groups,
                blank=_l("myself"))  # fmt: skip
    return (*_WHEN, *((own,) if groups else ()), *_WHAT, *_AGAIN)


class BookingIn(Schema):
    """What every form for a booking has besides; times come as times of the day."""

    submission = fields.String(load_default=None, validate=validate.Length(min=16, max=40))

    @post_load
    def _times(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        for name in ("start", "end"):
            data[name] = read_time(data[name])
        return {k: v for k, v in data.items() if v is not None}


class BookIn(Schema):
    """The same as a program sends it: moments with their zone."""

    start = fields.AwareDateTime(required=True)
    end = fields.AwareDateTime(required=True)
    purpose = fields.String(required=True, validate=filled(100))
    kind = fields.String(load_default="meeting", validate=validate.OneOf(rules.KINDS))
    people = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(1, 1000))
    organisation = fields.String(load_default="", validate=validate.Length(max=26))
    guest_name = fields.String(load_default="", validate=validate.Length(max=60))
    guest_phone = fields.String(load_default="", validate=validate.Length(max=30))
    channel = fields.String(load_default="desk", validate=validate.OneOf(rules.CHANNELS))
    every = fields.String(load_default="", validate=validate.OneOf(("", *rules.EVERY)))
    until = fields.Date(load_default=None, allow_none=True)


class ActIn(Schema):
    """An act on a booking, by its page."""

    verb = fields.String(required=True, validate=validate.OneOf([*words.VERBS]))
    reason = fields.String(load_default="", validate=validate.Length(max=500))
    seen = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(0, 10**6))


class CodeIn(Schema):
    """The code of a slip."""

    code = fields.String(required=True, validate=validate.Length(min=1, max=60))


class CloseIn(Schema):
    """From when until when, and why; ``cancels`` is how many bookings the list has named."""

    first = Day(required=True, validate=KEPT_DAYS)
    start = fields.String(load_default="00:00", validate=validate.Length(max=5))
    last = Day(required=True, validate=KEPT_DAYS)
    end = fields.String(load_default="", validate=validate.Length(max=5))
    reason = fields.String(required=True, validate=validate.Length(min=1, max=200))
    cancels = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(0, 10**6))

    @post_load
    def _moments(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Whole days where no time is given."""
        start, end = read_time(data.pop("start") or "00:00"), read_time(data.pop("end"))
        data["start"] = _at(data.pop("first"), start or time())
        data["end"] = _until(data.pop("last"), end)
        return data


def _at(day: date, at: time) -> datetime:
    return datetime.combine(day, at, clock.zone())


def _until(day: date, at: time | None) -> datetime:
    return _at(day, at) if at else clock.begin_of(date.fromordinal(day.toordinal() + 1))


TERMS: Final = (
    Field(name="who", label=words.TERMS["who"], kind=PICK, required=True, options=_of(words.WHO)),
    Field(name="approval", label=words.TERMS["approval"], kind=TICK,
          help=_l("The keeper or the street; never who asks.")),
    Field(name="notice_hours", label=words.TERMS["notice_hours"], kind=NUMBER, required=True,
          least=0, most=720, unit=_l("hours before")),
    Field(name="ahead_days", label=words.TERMS["ahead_days"], kind=NUMBER, required=True, least=1,
          most=366, unit=_l("days before")),
    Field(name="longest_minutes", label=words.TERMS["longest_minutes"], kind=NUMBER, required=True,
          least=30, most=2880, unit=_l("minutes at one time")),
    Field(name="buffer_minutes", label=words.TERMS["buffer_minutes"], kind=NUMBER, required=True,
          least=0, most=240, unit=_l("minutes to clean up")),
    Field(name="grace_minutes", label=words.TERMS["grace_minutes"], kind=NUMBER, required=True,
          least=5, most=240, unit=_l("minutes after the begin")),
    Field(name="holidays", label=words.TERMS["holidays"], kind=TICK),
)  # fmt: skip
DEFAULTS: Final = Terms()
