"""What is asked of a delegation, of a stop, of the guests on the day, field by field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from marshmallow import Schema, ValidationError, fields, post_load, validate

from saas.forms.fields import DAY, NUMBER, PICK, TEXT, TICK, WORDS, Field
from saas.kernel import clock
from saas.kernel.hours import read_time
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say
from saas.kernel.schemas import Day, Uploads, filled
from saas.rooms import queries as rooms
from saas.visits import queries, rules, words
from saas.visits.models import Stop, Visit

_TIMES: Final = [f"{hour:02}:{minute}" for hour in range(8, 20) for minute in ("00", "30")]
_OPTIONS: Final = [(text, text) for text in _TIMES]
_QUARTER: Final = timedelta(minutes=15)


def _of(table: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return [*table.items()]


def _local(name: str, pattern: str) -> Any:
    return lambda row: f"{getattr(row, name).astimezone(clock.zone()):{pattern}}"


_ASK: Final = (
    Field(name="from_org", label=_l("Which unit do you come from?"), kind=TEXT, required=True,
          longest=100),
    Field(name="level", label=_l("Kind of visit"), kind=PICK, required=True, default="peers",
          options=_of(words.LEVEL)),
    Field(name="guests_n", label=_l("How many people?"), kind=NUMBER, required=True, least=1,
          most=500, unit=_l("people")),
    Field(name="purpose", label=_l("What would you like to see or talk about?"), kind=WORDS,
          required=True, longest=300, rows=3),
    Field(name="day", label=_l("Day"), kind=DAY, required=True,
          read=_local("starts_at", "%Y-%m-%d")),
    Field(name="start", label=_l("You come at"), kind=PICK, required=True, options=_OPTIONS,
          default="09:00", read=_local("starts_at", "%H:%M")),
    Field(name="end", label=_l("You leave at"), kind=PICK, required=True, options=_OPTIONS,
          default="11:30", read=_local("ends_at", "%H:%M")),
    Field(name="contact_name", label=_l("Whom do we call?"), kind=TEXT, required=True, longest=60,
          help=_l("Kept sealed, and erased 90 days after the visit.")),
    Field(name="contact_phone", label=_l("Telephone"), kind=TEXT, required=True, longest=30,
          help=_l("You are told by SMS, or called.")),
    Field(name="contact_mail", label=_l("Mail"), kind=TEXT, longest=100),
    Field(name="letter_no", label=_l("Number of the official letter"), kind=TEXT, longest=60,
          help=_l("Without a letter nobody is received. It can come later, before the day.")),
)  # fmt: skip


def ask_shape() -> Sequence[Field]:
    """What is asked of who wants to come; the street too, where there are several."""
    streets = [(one.code, say(one.name)) for one in rooms.streets()]
    street = Field(name="street", label=_l("Which street?"), kind=PICK, required=True, once=True,
                   options=streets, default=streets[0][0] if streets else "")  # fmt: skip
    return (*((street,) if len(streets) > 1 else ()), *_ASK)


class _Times(Schema):
    """Times come as times of the day."""

    @post_load
    def _times(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return data | {name: read_time(data[name]) for name in ("start", "end")}


class AskIn(_Times):
    """What every form for a visit has besides."""

    submission = fields.String(load_default=None, validate=validate.Length(min=16, max=40))
    letter = Uploads(load_default=list)


def stop_shape(visit: Visit, stop: Stop | None = None) -> Sequence[Field]:
    """A stop: what can be chosen lies in the street, within the time of the visit; of guides those
    who are with another group at the time that stands there are marked.
    """
    street = queries.unit_of(visit)
    found, venues = queries.things_of(street)
    things = [
        (_("Function rooms"), [(f"room-{key}", say(one.name)) for key, one in found.items()]),
        (_("Premises"), [(f"venue-{key}", say(one.name)) for key, one in venues.items()]),
    ]
    things = [group for group in things if group[1]]
    busy = queries.busy_guides((stop.start, stop.end), but=stop.id) if stop else set()
    guides = [
        (str(key), _("%(who)s (with another group)", who=name) if key in busy else name)
        for key, name in queries.guides_for(street)
    ]
    times = [(text, text) for text in _quarters(visit.starts_at, visit.ends_at)]
    return (
        Field(name="start", label=_l("Begins at"), kind=PICK, required=True, options=times,
              read=_local("start", "%H:%M")),
        Field(name="end", label=_l("Ends at"), kind=PICK, required=True, options=times,
              read=_local("end", "%H:%M")),
        Field(name="thing", label=_l("Where?"), kind=PICK, options=things,
              among=[value for _group, rows in things for value, _name in rows],
              blank=_l("Another place"), read=thing_of),
        Field(name="place", label=_l("Another place"), kind=TEXT, longest=60,
              help=_l("A courtyard, a workshop, a square: in words.")),
        Field(name="guide", label=_l("Who guides?"), kind=PICK, options=guides,
              blank=_l("nobody yet"), read=lambda row: str(row.guide_id or "")),
        Field(name="chosen", label=_l("The guests choose this stop on the day"), kind=TICK,
              read=lambda row: row.kind == "chosen",
              help=_l("One stop of every visit is theirs; its place may stay open.")),
    )  # fmt: skip


def thing_of(stop: Stop) -> str:
    """What stands at a stop, as a form has it."""
    return (
        f"room-{stop.room_id}" if stop.room_id else f"venue-{stop.venue_id}" * bool(stop.venue_id)
    )


def _quarters(start: datetime, end: datetime) -> list[str]:
    count = int((end - start) / _QUARTER)
    zone = clock.zone()
    return [f"{(start + _QUARTER * n).astimezone(zone):%H:%M}" for n in range(count + 1)]


class StopIn(_Times):
    """A stop."""

    @post_load
    def _blank(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return data | {name: data[name] or "" for name in ("thing", "guide")}


class ActIn(Schema):
    """An act on a visit, by its page."""

    verb = fields.String(required=True, validate=validate.OneOf([*words.VERBS]))
    reason = fields.String(load_default="", validate=validate.Length(max=1000))
    letter_no = fields.String(load_default="", validate=validate.Length(max=60))
    letter = Uploads(load_default=list)
    secretary = fields.String(load_default="", validate=validate.Length(max=500))
    pledge = fields.String(load_default="", validate=validate.OneOf(("", *rules.PLEDGES)))
    by = Day(load_default=None, allow_none=True)
    seen = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(0, 10**6))


class Guests(fields.Field[list[tuple[str, str]]]):
    """One guest a line: name, a comma, post."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> list[tuple[str, str]]:
        lines = [line.strip() for line in str(value).splitlines() if line.strip()]
        found = [tuple(map(str.strip, _parted(line))) for line in lines]
        if len(found) > 200 or any(len(n) > 60 or len(p) > 60 or not p for n, p in found):
            raise ValidationError([_l("One guest a line: name, comma, post. At most 200 lines.")])
        return [(name, post) for name, post in found]


def _parted(line: str) -> tuple[str, str]:
    for sign in ("\uff0c", ",", "\t", "\u3001"):
        if sign in line:
            name, _sign, post = line.partition(sign)
            return name, post
    return line, ""


class GuestsIn(Schema):
    """Who comes, and how many of the house sit with them."""

    guests = Guests(required=True)
    escorts_n = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(0, 99))


class CostIn(Schema):
    """What something cost."""

    what = fields.String(required=True, validate=filled(60))
    yuan = fields.Decimal(
        required=True, places=2, allow_nan=False,
        validate=validate.Range(min=0.01, max=999_999, error=_l("Write an amount in yuan.")),
        error_messages={"invalid": _l("Write an amount in yuan.")},
    )  # fmt: skip


class AnswerIn(Schema):
    """An answer, and whether everybody may read it."""

    answer = fields.String(required=True, validate=filled(1000))
    publish = fields.Boolean(load_default=False)


class QuestionIn(Schema):
    """What a guest asks."""

    words_ = fields.String(required=True, data_key="words", validate=filled(300))


class RatingIn(Schema):
    """Two questions at the end."""

    useful = fields.Integer(required=True, validate=validate.Range(1, 5))
    missing = fields.String(load_default="", validate=validate.Length(max=300))


class ChoiceIn(Schema):
    """Where the guests want to go."""

    thing = fields.String(load_default="", validate=validate.Length(max=30))
    place = fields.String(load_default="", validate=validate.Length(max=60))


class CodeIn(Schema):
    """A code."""

    code = fields.String(required=True, validate=validate.Length(min=1, max=60))
