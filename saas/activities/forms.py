"""What is asked when an activity is planned or moved, and when somebody signs up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from marshmallow import Schema, fields, post_load, validate

from saas.activities import queries, rules, words
from saas.activities.models import Activity, Term
from saas.activities.permissions import HANDLE
from saas.catalogue.rows import Catalogue
from saas.forms.fields import CARDS, DAY, LINES, LONG, NUMBER, PICK, TEXT, TICK, Field
from saas.kernel.context import Actor
from saas.kernel.errors import Forbidden
from saas.kernel.hours import read_time
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say
from saas.organisations import queries as organisations
from saas.rooms import queries as rooms
from saas.rooms.permissions import CONFIGURE
from saas.territory.queries import Unit

_TIMES: Final = [f"{hour:02}:{minute:02}" for hour in range(6, 24) for minute in range(0, 60, 15)]
_OPTIONS: Final = [(text, text) for text in _TIMES]
_YUAN: Final = 100


def _ensure(actor: Actor) -> None:
    if actor.kind != "system" and not actor.may(CONFIGURE):
        raise Forbidden


TERMS: Final = Catalogue(
    model=Term, domain="activities", noun="term", thing="activity_term", within=("use",),
    words=_l("Word about activities"), retired="retired_at", ensure=_ensure,
)  # fmt: skip
TERM_SHAPE: Final = (
    Field(name="name", label=_l("Name"), required=True),
    Field(name="use", label=_l("For what"), kind=PICK, required=True, once=True,
          options=[*words.USE.items()]),
    Field(name="offer_hours", label=_l("An offer of places stands"), kind=NUMBER, required=True,
          least=1, most=720, default=rules.OFFER_HOURS, unit=_l("hours"),
          help=_l("At activities of this kind; never past the begin.")),
    Field(name="remind_hours", label=_l("Who comes is reminded"), kind=NUMBER, required=True,
          least=0, most=rules.MOST_REMIND, default=rules.REMIND_HOURS, unit=_l("hours before"),
          help=_l("0: nobody is reminded.")),
)  # fmt: skip


def _terms(use: str) -> list[tuple[str, str]]:
    return [(one.code, say(one.name)) for one in queries.terms(use) if one.retired_at is None]


def _price(name: str) -> Field:
    def read(activity: Activity) -> int | None:
        fen = getattr(activity, f"{name}_fen")
        return None if fen is None else fen // _YUAN

    return Field(name=f"{name}_yuan", label=words.PRICE[name], kind=NUMBER, least=0, most=100_000,
                 unit=_l("yuan"), read=read)  # fmt: skip


_PRICES: Final = tuple(map(_price, words.PRICE))
_WHEN: Final = (
    Field(name="day", label=_l("Day"), kind=DAY, required=True),
    Field(name="start", label=_l("Begins at"), kind=PICK, required=True, options=_OPTIONS),
    Field(name="end", label=_l("Ends at"), kind=PICK, required=True, options=_OPTIONS),
)
_AGAIN: Final = (
    Field(name="how", label=_l("How often?"), kind=CARDS, required=True, default="once",
          options=[*words.HOW.items()]),
    Field(name="every", label=_l("It comes again"), kind=PICK, options=[*words.EVERY.items()],
          blank=_l("not again")),
    Field(name="until", label=_l("Last time on"), kind=DAY,
          help=_l("A day on which the room cannot be had is said, with what is free near it.")),
)  # fmt: skip


_SIGN_UP: Final = (
    Field(name="opens_on", label=_l("Sign-up opens on"), kind=DAY,
          help=_l("Empty: as soon as it is published.")),
    Field(name="closes_hours", label=_l("Sign-up closes"), kind=NUMBER, least=0, most=720,
          unit=_l("hours before")),
    Field(name="leave_hours", label=_l("One can leave alone until"), kind=NUMBER, least=0,
          most=720, unit=_l("hours before"), help=_l("Afterwards at the desk.")),
)  # fmt: skip


def said_shape(actor: Actor) -> Sequence[Field]:
    """What is said of an activity, whenever it takes place; what it counts as is said at work."""
    counted = (
        Field(name="tag", label=_l("Counted as"), kind=PICK, options=lambda: _terms("tag"),
              blank=_l("an activity like any other")),
        Field(name="project", label=_l("Project that pays for it"), kind=TEXT, longest=40,
              help=_l("Its code, if it belongs to one.")),
    )  # fmt: skip
    return (
        Field(name="title", label=_l("What is it called?"), required=True, longest=40),
        Field(name="text", label=_l("What happens there?"), kind=LONG, longest=500,
              longest_en=800),
        Field(name="audience", label=_l("Who is it for?"), longest=60,
              help=_l("As you would say it: for everybody, for grandparents with children.")),
        Field(name="bring", label=_l("What to bring"), kind=LINES, rows=3,
              help=_l("A line each.")),
        Field(name="kind", label=_l("Kind"), kind=PICK, options=lambda: _terms("kind"),
              blank=_l("not said")),
        *(counted if actor.may(HANDLE) else ()),
        Field(name="max_people", label=_l("Places"), kind=NUMBER, least=1, most=rules.MOST_SEATS,
              unit=_l("people"), help=_l("Empty: everybody can just come, nobody signs up.")),
        Field(name="min_people", label=_l("At least"), kind=NUMBER, least=1,
              most=rules.MOST_SEATS, unit=_l("people")),
        *_PRICES,
        Field(name="public", label=_l("Residents find it"), kind=TICK, default=True),
    )  # fmt: skip


def place_shape(street: Unit) -> Sequence[Field]:
    """Where: a room of the street, or somewhere else."""
    found = [room for room in rooms.structure_of(street).rooms if room.status == "open"]
    return (
        Field(name="room", label=_l("Room"), kind=PICK, blank=_l("somewhere else"),
              options=[(room.code, say(room.name)) for room in found]),
        Field(name="address", label=_l("Somewhere else: where?"), longest=80, longest_en=120),
        Field(name="outside", label=_l("Outside the opening hours"), kind=TICK,
              help=_l("I see to it that somebody opens.")),
    )  # fmt: skip


def plan_shape(street: Unit, actor: Actor) -> Sequence[Field]:
    """A new activity with its dates."""
    groups = [(group.code, say(group.name)) for group in organisations.own_groups(actor)]
    who = Field(name="organisation", label=_l("Done by an organisation"), kind=TEXT, longest=26,
                help=_l("Its code, if it is one of the register; empty: the street."))  # fmt: skip
    if groups:
        who = Field(name="organisation", label=_l("Done by"), kind=PICK, options=groups,
                    blank=_l("the street"))  # fmt: skip
    title, *rest = said_shape(actor)
    return (title, *_WHEN, *place_shape(street), *_AGAIN, who, *rest, *_SIGN_UP)


def move_shape(street: Unit) -> Sequence[Field]:
    """Another time or place."""
    return (*_WHEN, *place_shape(street))


def said_of(given: dict[str, Any]) -> dict[str, Any]:
    """What a form says of an activity: prices come in yuan and are kept in fen."""
    said = given | {name: given[name] or None for name in ("tag", "project") if name in given}
    said["kind"] = given["kind"] or ""
    for name in words.PRICE:
        yuan = said.pop(f"{name}_yuan")
        said[f"{name}_fen"] = None if yuan is None else yuan * _YUAN
    return said


class TimesIn(Schema):
    """Times come as times of the day."""

    seen = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(0, 10**6))

    @post_load
    def _times(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        for name in ("start", "end"):
            data[name] = read_time(data[name])
        return data


class PlanIn(TimesIn):
    """What a form for a plan has besides."""

    submission = fields.String(load_default=None, validate=validate.Length(min=16, max=40))
    template = fields.String(load_default="", validate=validate.Length(max=40))


class ComingIn(Schema):
    """How many come, and whether pictures may show them."""

    submission = fields.String(load_default=None, validate=validate.Length(min=16, max=40))
    party = fields.Integer(required=True, validate=validate.Range(1, rules.MOST_PARTY))
    photo_consent = fields.String(required=True, validate=validate.OneOf(rules.CONSENTS))


class EnterIn(ComingIn):
    """The same for somebody without an account."""

    guest_name = fields.String(required=True, validate=validate.Length(min=1, max=60))
    guest_phone = fields.String(required=True, validate=validate.Length(min=1, max=30))
    channel = fields.String(load_default="desk", validate=validate.OneOf(("desk", "phone")))


class ActIn(Schema):
    """An act on a session, by its page."""

    verb = fields.String(required=True, validate=validate.OneOf([*words.SESSION_VERBS]))
    reason = fields.String(load_default="", validate=validate.Length(max=200))
    places = fields.Integer(load_default=None, allow_none=True,
                            validate=validate.Range(1, rules.MOST_SEATS))  # fmt: skip
    seen = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(0, 10**6))


class AnswerIn(Schema):
    """An act on a sign-up, by its page."""

    verb = fields.String(required=True, validate=validate.OneOf([*words.SIGNUP_VERBS]))
    reason = fields.String(load_default="", validate=validate.Length(max=200))
    seen = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(0, 10**6))


class CopyIn(Schema):
    """Which activities of a year are planned again, by their codes."""

    codes = fields.List(fields.String(validate=validate.Length(max=26)), load_default=list,
                        validate=validate.Length(max=500))  # fmt: skip
