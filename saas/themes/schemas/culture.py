"""The content of a culture: names, festivals, activities, stories, people, routes, honours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, TypeAlias

from marshmallow import Schema, ValidationError, post_load, validate, validates_schema
from marshmallow import fields as f

from saas.kernel.i18n import lazy_gettext as _l
from saas.packages.schemas.derive import derived
from saas.themes.schemas.cells import (
    Code,
    LongLabel,
    Name,
    Row,
    Seal,
    Sentence,
    ShortLabel,
    StoryLabel,
    code,
    rows,
    text,
    whole,
)
from saas.themes.schemas.look import Label

#: The 24 solar terms in the order of the Gregorian year, from 小寒 in January to 冬至 in December.
TERMS = (
    "xiaohan", "dahan", "lichun", "yushui", "jingzhe", "chunfen", "qingming", "guyu",
    "lixia", "xiaoman", "mangzhong", "xiazhi", "xiaoshu", "dashu", "liqiu", "chushu",
    "bailu", "qiufen", "hanlu", "shuangjiang", "lidong", "xiaoxue", "daxue", "dongzhi",
)  # fmt: skip
_LONGEST_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


# Shapes ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Note:
    """Where something comes from: a ``fact`` with its source, or a text of ``ours``."""

    kind: Annotated[str, f.String(validate=validate.OneOf(["fact", "ours"]))]
    text: Sentence
    source: Annotated[str, text(300)] | None = None


@dataclass(frozen=True)
class Lunar:
    """A day of the lunar calendar, never in a leap month; day -1 is the month's last."""

    month: Annotated[int, whole(1, 12)]
    day: Annotated[int, f.Integer(strict=True, validate=validate.OneOf([-1, *range(1, 31)]))]


@dataclass(frozen=True)
class Solar:
    """The same day of every year."""

    month: Annotated[int, whole(1, 12)]
    day: Annotated[int, whole(1, 31)]


@dataclass(frozen=True)
class Term:
    """The day on which one of the 24 solar terms begins (see `TERMS`)."""

    name: str


@dataclass(frozen=True)
class Weekday:
    """The nth weekday of a month (1 is Monday); nth -1 is the last."""

    month: Annotated[int, whole(1, 12)]
    weekday: Annotated[int, whole(1, 7)]
    nth: Annotated[int, f.Integer(strict=True, validate=validate.OneOf([-1, 1, 2, 3, 4]))]


Rule: TypeAlias = Lunar | Solar | Term | Weekday


@dataclass(frozen=True)
class Festival:
    """A day of the year that people keep. ``days``: how long; ``local``: kept here in particular.

    ``activities`` are codes of this pack's activities.
    """

    code: Code
    name: Name
    rule: Annotated[Rule, f.Nested(RuleSchema)]
    days: Annotated[int, whole(1, 60)] = 1
    local: Annotated[bool, f.Boolean(truthy={True}, falsy={False})] = False
    eaten: Sentence | None = None
    done: Sentence | None = None
    activities: Annotated[tuple[str, ...], rows(code(), 12)] = ()


@dataclass(frozen=True)
class Activity:
    """Something a room can put on: ``minutes`` long, for ``places`` people.

    ``room`` is a code of the model package, ``festival`` one of this pack's calendar.
    """

    code: Code
    name: Name
    purpose: Sentence
    minutes: Annotated[int, whole(10, 24 * 60)]
    places: Annotated[int, whole(2, 5000)]
    room: Code | None = None
    festival: Code | None = None
    bring: Annotated[tuple[Label, ...], rows(ShortLabel, 12)] = ()
    steps: Annotated[tuple[Label, ...], rows(LongLabel, 12)] = ()


@dataclass(frozen=True)
class Story:
    """A card to read. ``drawing`` is a slot of this pack, ``people`` are codes of its people."""

    code: Code
    title: Name
    text: Annotated[Label, f.Nested(StoryLabel)]
    drawing: Code | None = None
    people: Annotated[tuple[str, ...], rows(code(), 6)] = ()


@dataclass(frozen=True)
class Person:
    """Somebody who really lived: ``years`` as in ``1920-1949``, ``known_for`` in a sentence."""

    code: Code
    name: Name
    years: Annotated[str, text(40)]
    known_for: Sentence


@dataclass(frozen=True)
class Stop:
    """A place on a route; ``minutes`` on foot from the stop before."""

    name: Name
    what: Sentence
    minutes: Annotated[int, whole(0, 240)]


@dataclass(frozen=True)
class Route:
    """A walk. ``minutes`` in all, with looking and eating."""

    code: Code
    name: Name
    summary: Sentence
    minutes: Annotated[int, whole(5, 12 * 60)]
    stops: Annotated[tuple[Stop, ...], f.List(f.Nested(StopSchema), validate=_STOPS)]

    @property
    def on_foot(self) -> int:
        """Minutes of walking between the stops."""
        return sum(stop.minutes for stop in self.stops)


@dataclass(frozen=True)
class Honour:
    """What the neighbours thank somebody with, and for what."""

    code: Code
    name: Name
    reason: Sentence
    seal: Seal


@dataclass(frozen=True)
class RoomName:
    """How a room of the model package is called here, and its seal."""

    code: Code
    name: Name
    seal: Seal


# What the files may hold: made of the shapes ---------------------------------------------------


class _Sourced(Row):
    """A fact needs its source."""

    @validates_schema
    def _sourced(self, data: Mapping[str, Any], **_: Any) -> None:
        if data.get("kind") == "fact" and not data.get("source"):
            raise ValidationError({"source": [_l("A fact needs its source.")]})


class _InCalendar(Row):
    """Not every month has 31 days."""

    @validates_schema
    def _exists(self, data: Mapping[str, Any], **_: Any) -> None:
        if data["day"] > _LONGEST_MONTHS[data["month"] - 1]:
            raise ValidationError({"day": [_l("There is no such day in that month.")]})


class RuleSchema(Schema):
    """When a festival falls: exactly one of the four."""

    lunar = f.Nested(derived(Lunar, Row))
    solar = f.Nested(derived(Solar, _InCalendar))
    term = f.String(validate=validate.OneOf(TERMS))
    weekday = f.Nested(derived(Weekday, Row))

    @validates_schema
    def _one(self, data: Mapping[str, Any], **_: Any) -> None:
        if len(data) != 1:
            raise ValidationError(_l("Give exactly one rule: lunar, solar, term or weekday."))

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> Rule:
        ((kind, value),) = data.items()
        return Term(value) if kind == "term" else value


_STOPS = validate.Length(min=2, max=30)
StopSchema = derived(Stop, Row)
NoteSchema = derived(Note, _Sourced)
FestivalSchema = derived(Festival, Row)
ActivitySchema = derived(Activity, Row)
StorySchema = derived(Story, Row)
PersonSchema = derived(Person, Row)
RouteSchema = derived(Route, Row)
HonourSchema = derived(Honour, Row)
RoomNameSchema = derived(RoomName, Row)
