"""What may come in for rooms."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

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
from saas.kernel.schemas import (
    Day,
    LabelFields,
    LabelOut,
    Upload,
    Uploads,
    filled,
    labels_in,
    pull_label,
)
from saas.rooms import rules

_ONE_CHARACTER = validate.Length(equal=1, error=_l("Exactly one character."))
_AREA = validate.Range(1, 1_000_000, error=_l("From 1 to 1,000,000 square metres."))
_MOST_ROWS = 20
FEW_ROWS = validate.Length(max=_MOST_ROWS, error=_l("Too many rows of opening hours."))
_MOST_SERVICES, _LONGEST_SERVICE = 40, 160
_TOO_MUCH = _l("One short line for each service, please, and no more than forty of them.")
#: The editor numbers its rows below this; the numbers may have gaps.
_ROW_NUMBERS = 40


class WordsIn(LabelFields):
    """Name, seal and purpose; the purpose is typed in two fields like the name."""

    seal = fields.String(required=True, validate=_ONE_CHARACTER)
    purpose_zh = fields.String(load_default="", validate=validate.Length(max=300))
    purpose_en = fields.String(load_default="", validate=validate.Length(max=500))

    @post_load
    def _purpose(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        pull_label(data, "purpose")
        return data


class _Back(Schema):
    """``back`` names the field beside whose "back to the district's" the form was sent, if any."""

    back = fields.String(load_default="", validate=validate.OneOf(("", *rules.ROOM_FIELDS)))


class NewPlatformIn(WordsIn):
    """The words of a platform that was not there."""


class PlatformIn(WordsIn, _Back):
    """A platform's words."""


class _Place(WordsIn):
    """Where something is, in both languages."""

    place_zh = fields.String(load_default="", validate=validate.Length(max=200))
    place_en = fields.String(load_default="", validate=validate.Length(max=200))

    @post_load
    def _place(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        pull_label(data, "place")
        return data


class CentreIn(_Place, _Back):
    """The centre's words and place."""


class Hours(Schema):
    """One row of opening hours; day 1 is Monday."""

    days = fields.List(fields.Integer(validate=validate.Range(1, 7)), required=True)
    opens = fields.String(required=True)
    closes = fields.String(required=True)


class Offer(Schema):
    """What a room offers, and when. Services come as one line each, ``中文 | English``."""

    services = fields.String(load_default="", validate=validate.Length(max=4000))
    hours = fields.List(fields.Nested(Hours), load_default=list, validate=FEW_ROWS)

    @pre_load
    def _gather_hours(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return {**data, "hours": hours_from(data)}

    @validates("services")
    def _short_lines(self, text: str, **_: Any) -> None:
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) > _MOST_SERVICES or any(len(line) > _LONGEST_SERVICE for line in lines):
            raise ValidationError([_TOO_MUCH])

    @post_load
    def _split_services(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        data["services"] = labels_in(data["services"])
        return data


class _Running(Offer):
    """What changes from day to day."""

    contact = fields.String(load_default="", validate=validate.Length(max=60))


class _Picture(Schema):
    """A picture to store, or that there shall be none. Loads as ``picture``."""

    photo = Upload(load_default=None)
    drop_photo = fields.Boolean(load_default=False)

    @post_load
    def _stream(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        data["picture"] = data.pop("photo")
        return data


class RunIn(_Running, _Picture, _Back):
    """What a keeper changes."""


class RoomIn(_Place, _Running, _Picture, _Back):
    """Everything that a room is."""

    platform = fields.String(required=True)
    venue = fields.String(load_default="")
    keeper = fields.String(load_default="")


class NewRoomIn(WordsIn):
    """A new room begins with its words and its platform; the seal and its address may be left to
    us.
    """

    platform = fields.String(required=True, validate=filled(40))
    address = fields.String(
        load_default="",
        validate=validate.Regexp(
            r"^$|^[a-z][a-z0-9_]{1,39}$",
            error=_l("2 to 40 small letters, digits and _, a letter first."),
        ),
    )

    @pre_load
    def _first_character(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        # Without a name there is nothing to take it from: the name's own fault says so.
        return {**data, "seal": data.get("seal") or str(data.get("name_zh") or " ")[:1]}


ACCESS = ("step_free", "lift", "toilet")
_KNOWN = {"yes": True, "no": False, "": None}


def _yes_or_no() -> fields.Field[Any]:
    return fields.String(validate=validate.OneOf(tuple(_KNOWN)))


class VenueIn(LabelFields):
    """A building or hall: its name, how large it is, what is to be known of it, how people with a
    wheelchair get in. What is not said of that stays as it is; empty is unknown.
    """

    step_free = _yes_or_no()
    lift = _yes_or_no()
    toilet = _yes_or_no()

    area_m2 = fields.Integer(load_default=None, allow_none=True, validate=_AREA)
    facts_zh = fields.String(load_default="", validate=validate.Length(max=300))
    facts_en = fields.String(load_default="", validate=validate.Length(max=600))

    @pre_load
    def _no_size(self, data: Any, **_: Any) -> Any:
        """A field of a form that was left empty; a program sends what it means."""
        empty = isinstance(data, dict) and data.get("area_m2") == ""
        return {**data, "area_m2": None} if empty else data

    @post_load
    def _facts(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        pull_label(data, "facts")
        given = {name: data.pop(name) for name in ACCESS if name in data}
        return data | {"access": {name: _KNOWN[word] for name, word in given.items()}}


class VenueFormIn(VenueIn):
    """The same with pictures, as the form sends it."""

    photo = Uploads(load_default=list)


class SpendingIn(Schema):
    """Money spent on a venue, and where it came from."""

    on = Day(load_default=None, allow_none=True)
    what = fields.String(required=True, validate=filled(100))
    source = fields.String(required=True, validate=filled(100))
    amount_yuan = fields.Decimal(
        required=True, places=2, validate=validate.Range(min=Decimal("0.01"), max=10**9)
    )

    @pre_load
    def _no_day(self, data: Any, **_: Any) -> Any:
        return {**data, "on": data.get("on") or None}


class ShiftIn(Schema):
    """One place further up or down."""

    way = fields.String(required=True, validate=validate.OneOf(("up", "down")))


class StatusIn(Schema):
    """A change of status with its reason."""

    status = fields.String(required=True, validate=validate.OneOf(rules.STATUSES))
    reason = fields.String(load_default="", validate=validate.Length(max=500))


class CentreOut(Schema):
    """A centre or a platform as the API shows it."""

    code = fields.String()
    name = LabelOut()
    purpose = LabelOut()
    seal = fields.String()


class RoomOut(CentreOut):
    """A room as the API shows it."""

    platform = fields.String()
    status = fields.String()
    status_reason = fields.String(allow_none=True)
    place = LabelOut()
    contact = fields.String(allow_none=True)
    hours = fields.List(fields.Nested(Hours))
    services = fields.List(LabelOut())


def hours_from(typed: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows of the hours editor: hours-0-days, hours-0-opens, hours-0-closes, hours-1-days …"""
    rows = []
    for number in range(_ROW_NUMBERS):
        days = typed.get(f"hours-{number}-days", [])
        opens = typed.get(f"hours-{number}-opens", "")
        closes = typed.get(f"hours-{number}-closes", "")
        if days or opens or closes:
            chosen = days if isinstance(days, list) else [days]
            rows.append({"days": chosen, "opens": opens, "closes": closes})
    return rows
