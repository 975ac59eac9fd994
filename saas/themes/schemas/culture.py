"""The content of a culture: names, festivals, activities, stories, people, routes, honours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from marshmallow import Schema, ValidationError, post_load, validate, validates_schema
from marshmallow import fields as f

from saas.kernel.i18n import lazy_gettext as _l
from saas.themes.schemas import cells
from saas.themes.schemas.cells import Row, rows
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

    kind: str
    text: Label
    source: str | None = None


@dataclass(frozen=True)
class Lunar:
    """A day of the lunar calendar, never in a leap month; day -1 is the month's last."""

    month: int
    day: int


@dataclass(frozen=True)
class Solar:
    """The same day of every year."""

    month: int
    day: int


@dataclass(frozen=True)
class Term:
    """The day on which one of the 24 solar terms begins (see `TERMS`)."""

    name: str


@dataclass(frozen=True)
class Weekday:
    """The nth weekday of a month (1 is Monday); nth -1 is the last."""

    month: int
    weekday: int
    nth: int


Rule: TypeAlias = Lunar | Solar | Term | Weekday


@dataclass(frozen=True)
class Festival:
    """A day of the year that people keep. ``days``: how long; ``local``: kept here in particular.

    ``activities`` are codes of this pack's activities.
    """

    code: str
    name: Label
    rule: Rule
    days: int = 1
    local: bool = False
    eaten: Label | None = None
    done: Label | None = None
    activities: tuple[str, ...] = ()


@dataclass(frozen=True)
class Activity:
    """Something a room can put on: ``minutes`` long, for ``places`` people.

    ``room`` is a code of the model package, ``festival`` one of this pack's calendar.
    """

    code: str
    name: Label
    purpose: Label
    minutes: int
    places: int
    room: str | None = None
    festival: str | None = None
    bring: tuple[Label, ...] = ()
    steps: tuple[Label, ...] = ()


@dataclass(frozen=True)
class Story:
    """A card to read. ``drawing`` is a slot of this pack, ``people`` are codes of its people."""

    code: str
    title: Label
    text: Label
    drawing: str | None = None
    people: tuple[str, ...] = ()


@dataclass(frozen=True)
class Person:
    """Somebody who really lived: ``years`` as in ``1920-1949``, ``known_for`` in a sentence."""

    code: str
    name: Label
    years: str
    known_for: Label


@dataclass(frozen=True)
class Stop:
    """A place on a route; ``minutes`` on foot from the stop before."""

    name: Label
    what: Label
    minutes: int


@dataclass(frozen=True)
class Route:
    """A walk. ``minutes`` in all, with looking and eating."""

    code: str
    name: Label
    summary: Label
    minutes: int
    stops: tuple[Stop, ...]

    @property
    def on_foot(self) -> int:
        """Minutes of walking between the stops."""
        return sum(stop.minutes for stop in self.stops)


@dataclass(frozen=True)
class Honour:
    """What the neighbours thank somebody with, and for what."""

    code: str
    name: Label
    reason: Label
    seal: str


@dataclass(frozen=True)
class RoomName:
    """How a room of the model package is called here, and its seal."""

    code: str
    name: Label
    seal: str


# What the files may hold ---------------------------------------------------------------------


class NoteSchema(Row):
    """A fact needs its source."""

    shape = Note
    kind = f.String(required=True, validate=validate.OneOf(["fact", "ours"]))
    text = cells.sentence()
    source = cells.text(300, required=False)

    @validates_schema
    def _sourced(self, data: Mapping[str, Any], **_: Any) -> None:
        if data.get("kind") == "fact" and not data.get("source"):
            raise ValidationError({"source": [_l("A fact needs its source.")]})


class LunarSchema(Row):
    """Month and day of the lunar calendar."""

    shape = Lunar
    month = cells.whole(1, 12)
    day = f.Integer(
        required=True, strict=True, validate=validate.OneOf([-1, *range(1, 31)])
    )  # fmt: skip


class SolarSchema(Row):
    """Month and day of the Gregorian calendar."""

    shape = Solar
    month = cells.whole(1, 12)
    day = cells.whole(1, 31)

    @validates_schema
    def _exists(self, data: Mapping[str, Any], **_: Any) -> None:
        if data["day"] > _LONGEST_MONTHS[data["month"] - 1]:
            raise ValidationError({"day": [_l("There is no such day in that month.")]})


class WeekdaySchema(Row):
    """The nth weekday of a month."""

    shape = Weekday
    month = cells.whole(1, 12)
    weekday = cells.whole(1, 7)
    nth = f.Integer(required=True, strict=True, validate=validate.OneOf([-1, 1, 2, 3, 4]))


class RuleSchema(Schema):
    """When a festival falls: exactly one of the four."""

    lunar = f.Nested(LunarSchema)
    solar = f.Nested(SolarSchema)
    term = f.String(validate=validate.OneOf(TERMS))
    weekday = f.Nested(WeekdaySchema)

    @validates_schema
    def _one(self, data: Mapping[str, Any], **_: Any) -> None:
        if len(data) != 1:
            raise ValidationError(_l("Give exactly one rule: lunar, solar, term or weekday."))

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> Rule:
        ((kind, value),) = data.items()
        return Term(value) if kind == "term" else value


class FestivalSchema(Row):
    """One line of the calendar."""

    shape = Festival
    code = cells.code()
    name = cells.name()
    rule = f.Nested(RuleSchema, required=True)
    days = cells.whole(1, 60, required=False)
    local = f.Boolean(truthy={True}, falsy={False})
    eaten = cells.sentence(required=False)
    done = cells.sentence(required=False)
    activities = rows(cells.code(), 12)


class ActivitySchema(Row):
    """A template to make an activity from."""

    shape = Activity
    code = cells.code()
    name = cells.name()
    purpose = cells.sentence()
    minutes = cells.whole(10, 24 * 60)
    places = cells.whole(2, 5000)
    room = cells.code(required=False)
    festival = cells.code(required=False)
    bring = rows(cells.name(), 12)
    steps = rows(cells.sentence(), 12)


class StorySchema(Row):
    """A story card."""

    shape = Story
    code = cells.code()
    title = cells.name()
    text = f.Nested(cells.StoryLabel, required=True)
    drawing = cells.code(required=False)
    people = rows(cells.code(), 6)


class PersonSchema(Row):
    """A person of the place."""

    shape = Person
    code = cells.code()
    name = cells.name()
    years = cells.text(40)
    known_for = cells.sentence()


class StopSchema(Row):
    """One stop."""

    shape = Stop
    name = cells.name()
    what = cells.sentence()
    minutes = cells.whole(0, 240)


class RouteSchema(Row):
    """A walk of at least two stops."""

    shape = Route
    code = cells.code()
    name = cells.name()
    summary = cells.sentence()
    minutes = cells.whole(5, 12 * 60)
    stops = f.List(f.Nested(StopSchema), required=True, validate=validate.Length(min=2, max=30))


class HonourSchema(Row):
    """An honour with its seal."""

    shape = Honour
    code = cells.code()
    name = cells.name()
    reason = cells.sentence()
    seal = cells.seal()


class RoomNameSchema(Row):
    """A room's name."""

    shape = RoomName
    code = cells.code()
    name = cells.name()
    seal = cells.seal()
