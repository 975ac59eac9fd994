"""What is asked when something is added to an organisation, field by field."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from marshmallow import Schema, fields, pre_load, validate

from saas.forms.fields import CARDS, DAY, FILES, LABEL, NUMBER, PICK, TEXT, TICK, WORDS, Field
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say
from saas.kernel.schemas import Day, Uploads
from saas.organisations import commands, queries, rules, words
from saas.organisations.models import Organisation
from saas.territory import queries as territory
from saas.territory.queries import Unit

Choices = list[tuple[Any, ...]]


def _of(table: Mapping[str, Any], *codes: str) -> Choices:
    return [(code, table[code]) for code in codes or table]


def classes() -> Choices:
    """Classes of service."""
    return [(row.code, say(row.name)) for row in queries.terms("class")]


def branches() -> Choices:
    """Party branches."""
    return [(row.code, say(row.name)) for row, _, _ in queries.branches()]


def types() -> Choices:
    """Types with how they come in."""
    return [(row.code, say(row.name), words.NEEDS[row.needs]) for row in queries.types()]


NAME = Field(name="name", label=_l("Name"), required=True)
PURPOSE = Field(name="purpose", label=_l("What do you do?"), kind=WORDS, required=True, longest=500,
                rows=3, help=_l("Two sentences. Residents read them."))  # fmt: skip
CLASS = Field(name="service_class", label=_l("Class of service"), kind=PICK, options=classes,
              blank=_l("not said"))  # fmt: skip
START: Final = (
    NAME,
    PURPOSE,
    Field(name="type", label=_l("What is it?"), kind=CARDS, required=True, options=types),
    CLASS,
    Field(name="members", label=_l("How many are you?"), kind=NUMBER, least=0, most=100_000,
          default=0, unit=_l("people")),
    Field(name="leader_name", label=_l("Who leads it?"), kind=TEXT,
          help=_l("Leave it empty if you lead it yourself.")),
    Field(name="leader_phone", label=_l("Telephone of the leader"), kind=TEXT, longest=30),
)  # fmt: skip
CHANGE: Final = (
    NAME,
    PURPOSE,
    CLASS,
    Field(name="carrier", label=_l("Carrier"), kind=TEXT, longest=26,
          help=_l("Code of the registered organisation that signs for a group.")),
    Field(name="branch", label=_l("Party branch"), kind=PICK, options=branches, blank=_l("none")),
)  # fmt: skip
_PHOTO = Field(name="photo", label=_l("Pictures"), kind=FILES)


@dataclass(frozen=True, slots=True)
class Adding:
    """Something that is added: its words, fields, command; ``also`` gives fields that depend on
    the organisation. ``parts`` are those who may (see `permissions.parts_of`).
    """

    title: object
    shape: Sequence[Field]
    command: Callable[..., Any]
    parts: frozenset[str] = frozenset({"own", "decider"})
    also: Callable[[Organisation], Sequence[Field]] = lambda group: ()

    def fields_for(self, group: Organisation) -> Sequence[Field]:
        """All fields of the form."""
        return (*self.also(group), *self.shape)


def _number(name: str, label: object, most: int = 100_000, **more: Any) -> Field:
    return Field(name=name, label=label, kind=NUMBER, least=0, most=most, default=0, **more)


def _mentors(group: Organisation) -> Sequence[Field]:
    found = [(m.row.id, f"{say(m.name) if isinstance(m.name, dict) else m.name} · "
              f"{words.MENTOR[m.row.kind]}") for m in queries.mentors_of(group)]  # fmt: skip
    return (Field(name="mentor", label=_l("With whom"), kind=PICK, required=True, options=found),)


_STAFF: Final = frozenset({"handler", "decider"})
_LOGIN = Field(name="login", label=_l("Login of somebody with an account"), kind=TEXT)
ADDINGS: Final[Mapping[str, Adding]] = {
    "sign": Adding(_l("Write down what you did"), (
        Field(name="words", label=_l("What was it?"), kind=TEXT, required=True, longest=300),
        Field(name="kind", label=_l("Kind"), kind=PICK, required=True, default="activity",
              options=_of(words.SIGN, *rules.SIGNS)),
        _number("people", _l("How many took part"), 10_000),
        Field(name="on", label=_l("On which day"), kind=DAY),
        _PHOTO,
    ), commands.add_sign),
    "roll": Adding(_l("Count the members"), (
        _number("party", _l("Party members")),
        _number("league", _l("League members")),
        _number("pioneers", _l("Pioneers")),
        _number("others", _l("Others")),
        Field(name="as_of", label=_l("On which day"), kind=DAY),
        Field(name="source", label=_l("Who counted"), kind=TEXT, longest=100),
    ), commands.add_roll),
    "member": Adding(_l("Add a member by name"), (
        Field(name="name", label=_l("Name"), kind=TEXT, required=True),
        Field(name="consent", label=_l("Agrees to be on the list by name"), kind=TICK),
        Field(name="child", label=_l("Is under fourteen"), kind=TICK),
        Field(name="guardian", label=_l("A guardian agrees"), kind=TICK),
    ), commands.add_member),
    "post": Adding(_l("Set who holds a post"), (
        Field(name="role", label=_l("Post"), kind=PICK, required=True, default="leader",
              options=_of(words.POST)),
        _LOGIN,
        Field(name="name", label=_l("Or a name"), kind=TEXT),
        Field(name="phone", label=_l("Telephone"), kind=TEXT, longest=30),
        Field(name="since", label=_l("Since"), kind=DAY),
    ), commands.set_post),
    "credential": Adding(_l("Add a paper"), (
        Field(name="kind", label=_l("Kind"), kind=PICK, required=True,
              options=_of(words.CREDENTIAL, *rules.PAPERS)),
        Field(name="number", label=_l("Number"), kind=TEXT, required=True),
        Field(name="issuer", label=_l("Given by"), kind=TEXT, required=True, longest=100),
        Field(name="valid_from", label=_l("Valid from"), kind=DAY, required=True),
        Field(name="valid_until", label=_l("Valid until"), kind=DAY),
        Field(name="photo", label=_l("Copy of the paper"), kind=FILES),
    ), commands.add_credential, _STAFF),
    "area": Adding(_l("Add a place that it serves"), (
        Field(name="unit", label=_l("Code of a unit"), kind=TEXT, longest=40),
        Field(name="name", label=_l("Or a place outside"), kind=LABEL),
        _number("people", _l("About how many people"), 10_000_000),
    ), commands.add_area, _STAFF),
    "picture": Adding(_l("Add pictures"), (_PHOTO,), commands.add_picture),
    "mentor": Adding(_l("Add a mentor"), (
        Field(name="kind", label=_l("For what"), kind=PICK, required=True, default="business",
              options=_of(words.MENTOR)),
        _LOGIN,
        Field(name="organisation", label=_l("Or the code of an organisation"), kind=TEXT,
              longest=26),
        Field(name="hours", label=_l("Hours agreed"), kind=NUMBER, required=True, least=1,
              most=1000),
    ), commands.add_mentor, _STAFF),
    "session": Adding(_l("Write down a session"), (
        Field(name="minutes", label=_l("How long"), kind=NUMBER, required=True, least=5, most=720,
              unit=_l("minutes")),
        Field(name="topic", label=_l("What about"), kind=TEXT, required=True, longest=300),
        Field(name="on", label=_l("On which day"), kind=DAY),
    ), commands.add_session, also=_mentors),
    "link": Adding(_l("Link it to another"), (
        Field(name="other", label=_l("Code of the other"), kind=TEXT, required=True, longest=26),
        Field(name="kind", label=_l("How"), kind=PICK, required=True, options=_of(words.LEAD)),
    ), commands.add_link, _STAFF),
}  # fmt: skip


def _stations() -> Choices:
    return [(row.code, say(row.name)) for row, _, _, _ in queries.stations()]


PLAN: Final = (
    Field(name="title", label=_l("Title"), kind=TEXT, required=True, longest=100),
    Field(name="words", label=_l("Plan"), kind=WORDS, required=True, longest=5000, rows=10,
          help=_l("For whom, what, when, what it costs, how one sees that it worked.")),
    Field(name="station", label=_l("Checked by"), kind=PICK, required=True, options=_stations),
)  # fmt: skip


class ActIn(Schema):
    """An act; ``seen`` is the number of the last act that was on the screen."""

    verb = fields.String(required=True, validate=validate.Length(max=20))
    seen = fields.Integer(required=True)
    reason = fields.String(load_default="", validate=validate.Length(max=1000))
    number = fields.String(load_default="", validate=validate.Length(max=60))
    issuer = fields.String(load_default="", validate=validate.Length(max=100))
    until = Day(load_default=None, allow_none=True)
    to = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=40))
    exit = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=40))
    exception = fields.Boolean(load_default=False)
    photo = Uploads(load_default=list)

    @pre_load
    def _empty(self, data: Mapping[str, Any], **_: Any) -> dict[str, Any]:
        """A day that was left empty is sent as an empty text."""
        return {**data, **{name: data.get(name) or None for name in ("until", "to", "exit")}}


class PlanActIn(Schema):
    """An act on a plan."""

    verb = fields.String(required=True, validate=validate.OneOf([*words.PLAN_VERBS]))
    seen = fields.Integer(required=True)
    reason = fields.String(load_default="", validate=validate.Length(max=1000))


class StartIn(Schema):
    """What a start has besides its fields: the one-time key, and whether it stays a draft."""

    submission = fields.String(required=True, validate=validate.Length(min=16, max=40))
    draft = fields.Boolean(load_default=False)


def _units() -> Choices:
    """The district, its streets and communities."""
    return [(one.code, say(one.name)) for one in territory.upper_units()]


def _posts_at() -> Choices:
    return [
        (row.code, f"{say(row.name)} · {say(unit.name)}") for row, unit, _, _ in queries.stations()
    ]


UNIT = Field(name="unit", label=_l("Unit"), kind=PICK, required=True, options=_units)


def _set_pilot(unit: Unit, **given: Any) -> None:
    commands.set_pilot(unit, kind=given.pop("kind") or "", **given)


#: What is set up besides organisations: title, fields, command (of the unit).
SETTINGS: Final[Mapping[str, tuple[object, Sequence[Field], Callable[..., Any]]]] = {
    "station": (_l("Add a social-work station"), (UNIT, NAME), commands.add_station),
    "worker": (_l("Add a social worker"), (
        Field(name="station", label=_l("Station"), kind=PICK, required=True, options=_posts_at),
        Field(name="name", label=_l("Name"), kind=TEXT, required=True),
        Field(name="certificate", label=_l("Certificate"), kind=PICK, required=True,
              options=_of(words.CERTIFICATE)),
        _number("caseload", _l("People looked after"), 1000),
        _LOGIN,
    ), commands.add_worker),
    "branch": (_l("Add a Party branch"), (UNIT, NAME), commands.add_branch),
    "pilot": (_l("Set what a community tries out"), (
        UNIT,
        Field(name="kind", label=_l("Kind of pilot"), kind=PICK, blank=_l("none"),
              options=lambda: [(row.code, say(row.name)) for row in queries.terms("pilot")]),
    ), _set_pilot),
}  # fmt: skip
