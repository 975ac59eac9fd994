"""What may come in for demands; what the API takes and gives besides stands in `api/schemas.py`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from marshmallow import (
    Schema,
    ValidationError,
    fields,
    post_load,
    pre_load,
    validate,
    validates_schema,
)

from saas.demands import rules
from saas.demands.package.reports import REPORT_MEASURES
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.schemas import Upload, Uploads, filled, pull_label


class DemandIn(Schema):
    """A demand as a resident types it. ``submission`` is the form's own one-time key."""

    category = fields.String(
        required=True, validate=validate.Length(min=1, error=_l("Choose what it is about."))
    )
    unit = fields.String(
        required=True, validate=validate.Length(min=1, error=_l("Choose the place where it is."))
    )
    words = fields.String(required=True, validate=filled(2000))
    spot = fields.String(load_default="", validate=validate.Length(max=100))
    submission = fields.String(required=True, validate=validate.Length(min=16, max=40))
    photo = Uploads(load_default=list)
    anonymous = fields.Boolean(load_default=False)
    open_to_neighbours = fields.Boolean(load_default=False)


class FilingIn(DemandIn):
    """The form of a resident; ``looked``: has seen what may be the same and files all the same."""

    channel = fields.String(load_default="own", validate=validate.OneOf(("own", "room")))
    looked = fields.Boolean(load_default=False)


class AlikeIn(Schema):
    """What is asked while somebody types: is there something like it?"""

    category = fields.String(required=True, validate=validate.Length(max=40))
    unit = fields.String(required=True, validate=validate.Length(max=40))
    words = fields.String(required=True, validate=validate.Length(max=2000))


class EntryIn(DemandIn):
    """A demand that staff enter for a caller, or saw themselves.

    ``in_name``: whether it is filed in the name of the resident whose number was given. ``fixed``:
    what was done on the spot, which resolves it at once. ``asked`` is the category whose questions
    stood on the page.
    """

    channel = fields.String(required=True, validate=validate.OneOf(("desk", "phone", "patrol")))
    caller_name = fields.String(load_default="", validate=validate.Length(max=60))
    caller_phone = fields.String(load_default="", validate=validate.Length(max=30))
    in_name = fields.String(load_default="", validate=validate.OneOf(("", "yes", "no")))
    at_once = fields.Boolean(load_default=False)
    fixed = fields.String(load_default="", validate=validate.Length(max=1000))
    asked = fields.String(load_default="", validate=validate.Length(max=40))
    looked = fields.Boolean(load_default=False)

    @validates_schema(skip_on_field_errors=True)
    def _says_what_was_done(self, data: Mapping[str, Any], **_: Any) -> None:
        if data["at_once"] and not data["fixed"].strip():
            raise ValidationError({"fixed": [_l("Say in a sentence what was done.")]})


class AppointmentIn(Schema):
    """An hour at a counter; ``words`` is what the counter should know beforehand, if anything."""

    counter = fields.String(required=True, validate=filled(40))
    at = fields.AwareDateTime(
        required=True, error_messages={"invalid": _l("Choose a day and an hour.")}
    )
    words = fields.String(load_default="", validate=validate.Length(max=500))
    submission = fields.String(required=True, validate=validate.Length(min=16, max=40))


class WorkbookIn(Schema):
    """A filled-in workbook."""

    file = Upload(required=True)

    @validates_schema(skip_on_field_errors=True)
    def _is_there(self, data: Mapping[str, Any], **_: Any) -> None:
        if data["file"] is None:
            raise ValidationError({"file": [_l("Choose a file.")]})


class ConfirmIn(Schema):
    """Which workbook is confirmed."""

    token = fields.String(required=True, validate=filled(26))


class TrackIn(Schema):
    """A tracking code as somebody types it off a slip."""

    code = fields.String(required=True, validate=filled(60))


class ActIn(Schema):
    """An act on a demand; ``seen`` is the number of the last act that was on the screen.

    ``unit`` and ``into`` are codes, ``hours`` working hours; empty fields count as not given.
    """

    verb = fields.String(required=True, validate=validate.OneOf(rules.VERBS))
    reason = fields.String(load_default="", validate=validate.Length(max=1000))
    code = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=40))
    unit = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=40))
    into = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=40))
    hours = fields.Integer(
        load_default=None, allow_none=True, validate=validate.Range(min=1, max=2000)
    )
    until = fields.Date(load_default=None, allow_none=True)
    rating = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(1, 5))
    seen = fields.Integer(load_default=None, allow_none=True)

    @pre_load
    def _empty(self, data: Any, **_: Any) -> Any:
        """What a form sends for a field left empty is no value.

        A template that was chosen where no script could fill it in stands for the words.
        """
        if not isinstance(data, Mapping):  # JSON can be anything: the schema itself refuses it
            return data
        kept = ("verb", "reason")
        given = {k: (v if k in kept or v != "" else None) for k, v in data.items()}
        template = given.pop("template", None)
        return given if given.get("reason") or not template else {**given, "reason": template}


class ActWithPhotosIn(ActIn):
    """The same from a page, where photos can come with it."""

    photo = Uploads(load_default=list)


def _whole(least: int, most: int, **options: Any) -> fields.Integer:
    """A whole number between two others."""
    between = validate.Range(least, most, error=_l("A number from {min} to {max}, please."))
    return fields.Integer(validate=between, **options)


def _no_text(data: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """Fields of a form that were left empty hold no value."""
    return {key: None if key in names and value == "" else value for key, value in data.items()}


class AnswerIn(Schema):
    """A question that people have, its answer, and what it is about."""

    question = fields.String(required=True, validate=filled(200))
    answer = fields.String(required=True, validate=filled(2000))
    category = fields.String(required=True, validate=filled(40))


class PublishIn(Schema):
    """That a person has read it."""

    read = fields.Boolean(load_default=False)


class ShiftIn(Schema):
    """One place further up or down."""

    way = fields.String(required=True, validate=validate.OneOf(("up", "down")))


class ReportIn(Schema):
    """What a report is called, and what it is for."""

    title_zh = fields.String(required=True, validate=filled(60))
    title_en = fields.String(load_default="", validate=validate.Length(max=100))
    summary_zh = fields.String(load_default="", validate=validate.Length(max=150))
    summary_en = fields.String(load_default="", validate=validate.Length(max=200))

    @post_load
    def _labels(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        for name in ("title", "summary"):
            pull_label(data, name)
        return data


class KeptIn(Schema):
    """A view of the figures that goes into a report that there is."""

    into = fields.String(load_default="", validate=validate.Length(max=40))
    measures = fields.List(
        fields.String(validate=validate.OneOf(REPORT_MEASURES)), load_default=list
    )


class NewReportIn(ReportIn, KeptIn):
    """A report of its own."""

    period = fields.String(required=True, validate=validate.OneOf(rules.PERIODS))


def times_schema(levels: Iterable[str], *, every: bool) -> type[Schema]:
    """The working hours of these levels, ``accept-<level>`` and ``resolve-<level>``.

    Loads as ``spans``, level → (accept, resolve). Without ``every`` a level may be left empty.
    """
    names = [(level, f"accept-{level}", f"resolve-{level}") for level in levels]
    options = {"required": True} if every else {"load_default": None, "allow_none": True}

    class Times(Schema):
        """One field for each time of each level."""

        @pre_load
        def _empty(self, data: Mapping[str, Any], **_: Any) -> dict[str, Any]:
            if every:
                return dict(data)
            return _no_text(data, *(name for row in names for name in row[1:]))

        @post_load
        def _join(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
            half = [
                a if data[a] is None else r for _, a, r in names if bool(data[a]) != bool(data[r])
            ]
            if half:
                raise ValidationError({name: [_l("Give both times, or neither.")] for name in half})
            return {"spans": {lv: (data[a], data[r]) for lv, a, r in names if data[a] is not None}}

    hours = {name: _whole(1, 2000, **options) for row in names for name in row[1:]}
    return type("TimesIn", (Times,), dict(hours))
