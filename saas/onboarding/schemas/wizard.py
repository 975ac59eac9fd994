"""What the steps of the wizard and the checklist take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from marshmallow import (
    Schema,
    ValidationError,
    fields,
    post_load,
    pre_load,
    validate,
    validates,
)

from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.schemas import Reason, filled
from saas.onboarding import rules

#: Rows of the grid of people at a time.
GRID_ROWS: Final = 12
_MOST_LINES, _LONGEST_NAME = 300, 160


class LinesIn(Schema):
    """Names, one a line, an English one after ``|``."""

    lines = fields.String(required=True, validate=filled(_MOST_LINES * _LONGEST_NAME))

    @validates("lines")
    def _names(self, text: str, **_: Any) -> None:
        names = rules.typed_lines(text, ())
        if len(names) > _MOST_LINES:
            raise ValidationError([_l("At most 300 lines at a time.")])
        if any(len(name["zh"]) > 60 or len(name.get("en", "")) > 100 for name in names):
            raise ValidationError([_l("A name has 60 characters at most, an English one 100.")])


class UnitsIn(LinesIn):
    """Units to stand beneath one that is there."""

    parent = fields.String(required=True, validate=filled(40))
    kind = fields.String(load_default="", validate=validate.Length(max=40))


class _RowIn(Schema):
    number = fields.Integer(required=True)
    name = fields.String(required=True, validate=filled(60))
    phone = fields.String(required=True, validate=filled(30))
    unit = fields.String(required=True, validate=filled(40))
    role = fields.String(load_default="", validate=validate.Length(max=40))


class PeopleIn(Schema):
    """The grid: ``name-0``, ``phone-0``, ``unit-0``, ``role-0``, ``name-1`` …; rows without name
    and number are passed over. Loads as ``rows``.
    """

    rows = fields.List(fields.Dict(), load_default=list)

    @pre_load
    def _gather(self, data: Mapping[str, Any], **_: Any) -> dict[str, Any]:
        rows = [_row(data, number) for number in range(GRID_ROWS)]
        return {"rows": [row for row in rows if row["name"] or row["phone"]]}

    @post_load
    def _check(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        errors: dict[str, Any] = {}
        for row in data["rows"]:
            for name, texts in _RowIn().validate(row).items():
                errors[f"{name}-{row['number']}"] = texts
        if errors:
            raise ValidationError(errors)
        return data


def _row(data: Mapping[str, Any], number: int) -> dict[str, Any]:
    fields_of = ("name", "phone", "unit", "role")
    return {"number": number} | {name: str(data.get(f"{name}-{number}", "")) for name in fields_of}


class InviteIn(Schema):
    """Whom to invite: who holds nothing yet, everybody ``anew``, or ``one`` person."""

    anew = fields.Boolean(load_default=False)
    one = fields.Integer(load_default=None, allow_none=True)


def rooms_schema(codes: Iterable[str]) -> type[Schema]:
    """The grid of a street's rooms, ``open-<code>``, ``keeper-<code>``, ``place-<code>`` (empty
    leaves it), ``days-<code>``, ``opens-<code>`` and ``closes-<code>``. Loads as ``wanted``, code →
    what the room is to be.

    ``days`` is a run of weekdays (``1-5``) or empty, which leaves the hours as they are.
    """
    listed = tuple(codes)

    class Rooms(Schema):
        """One line for each room."""

        @post_load
        def _join(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
            return {"wanted": {code: _wanted(data, code) for code in listed}}

    made: dict[str, Any] = {}
    for code in listed:
        made[f"open-{code}"] = fields.Boolean(load_default=False)
        made[f"keeper-{code}"] = fields.String(load_default="", validate=validate.Length(max=20))
        made[f"place-{code}"] = fields.String(load_default="", validate=validate.Length(max=200))
        made[f"days-{code}"] = fields.String(load_default="", validate=validate.OneOf(("", *DAYS)))
        for end in ("opens", "closes"):
            made[f"{end}-{code}"] = fields.String(load_default="", validate=validate.Length(max=5))
    return type("RoomsIn", (Rooms,), made)


#: Runs of weekdays to choose from.
DAYS: Final = {"1-5": (1, 2, 3, 4, 5), "1-6": (1, 2, 3, 4, 5, 6), "1-7": (1, 2, 3, 4, 5, 6, 7)}


def _wanted(data: Mapping[str, Any], code: str) -> dict[str, Any]:
    days, hours = DAYS.get(data[f"days-{code}"]), None
    if days:
        opens, closes = data[f"opens-{code}"], data[f"closes-{code}"]
        hours = [{"days": list(days), "opens": opens, "closes": closes}]
    wanted = {key: data[f"{key}-{code}"] for key in ("open", "keeper", "place")}
    return {**wanted, "hours": hours}


class LookIn(Schema):
    """A culture look by its code; once that was ``chosen``, what of its own place it tells."""

    look = fields.String(required=True, validate=filled(60))
    chosen = fields.Boolean(load_default=False)
    sections = fields.List(fields.String(validate=validate.Length(max=40)), load_default=list)


class MarkIn(Schema):
    """What is said of a step."""

    step = fields.String(required=True, validate=validate.OneOf(rules.STEPS))
    mark = fields.String(required=True, validate=validate.OneOf(rules.MARKS))


class ModelIn(Schema):
    """The edition to begin with instead: its key and version."""

    model = fields.String(
        required=True,
        validate=[validate.Length(max=80), validate.Regexp(r"[^@]+@[^@]+\Z")],
        error_messages={"required": _l("Choose a model.")},
    )

    @post_load
    def _parts(self, data: dict[str, str], **_: Any) -> dict[str, str]:
        key, _at, version = data["model"].partition("@")
        return {"key": key, "version": version}


class AcceptIn(Reason):
    """Gaps to answer for, and why; ``check`` is the point of the list whose form it is."""

    check = fields.String(load_default="", validate=validate.OneOf(("", *rules.CHECKS)))
    keys = fields.List(
        fields.String(validate=validate.Length(max=120)),
        required=True,
        validate=validate.Length(max=1000),
        error_messages={"required": _l("Tick at least one gap of the list.")},
    )

    @pre_load
    def _listed(self, data: Mapping[str, Any], **_: Any) -> dict[str, Any]:
        """One that is ticked arrives like many."""
        keys = data.get("keys")
        return {**data, "keys": [keys]} if isinstance(keys, str) and keys else dict(data)


class RevokeIn(Schema):
    """The acceptance that is to end."""

    key = fields.String(required=True, validate=filled(120))


class GoLiveIn(Schema):
    """The one question before a district opens."""

    sure = fields.Boolean(
        required=True,
        validate=validate.Equal(True, error=_l("Tick this first.")),
        error_messages={"required": _l("Tick this first.")},
    )
