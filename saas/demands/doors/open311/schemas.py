"""What Open311 sends: parameters of a query and of a form, all of them text.

Names that we do not know are passed over, as the standard wants; attributes that a service does not
have are refused, because what they say would be lost.
"""

from __future__ import annotations

import re
from datetime import UTC
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, post_load, validate
from werkzeug.datastructures import MultiDict

from saas.demands.doors.entering import Phone
from saas.kernel.errors import Invalid
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.schemas import faults_by_field, filled

_ATTRIBUTE = re.compile(r"attribute\[(\w{1,40})\](?:\[\])?")
_YES_NO = ("yes", "no")
_ADDRESS = validate.Regexp(r"(https?://\S{1,480})?\Z", error=_l("A web address, please."))
MOST_REQUESTS = 1000
#: Characters of a description, which the standard allows.
MOST_WORDS = 4000
LONGEST_SPOT, _LONGEST_ADDRESS, _MOST_MEDIA = 100, 500, 20
#: What may be sent more than once under its name.
_REPEATED = frozenset({"media_url"})


def _text(most: int) -> fields.String:
    return fields.String(load_default="", validate=validate.Length(max=most))


class Several(fields.Field[list[str]]):
    """Values with commas between them."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> list[str]:
        return [part.strip() for part in str(value).split(",") if part.strip()]


class RequestsAsked(Schema):
    """Which requests; ``service_request_id`` makes everything else of no account."""

    service_request_id = Several(load_default=list)
    service_code = Several(load_default=list)
    start_date = fields.AwareDateTime(load_default=None, default_timezone=UTC)
    end_date = fields.AwareDateTime(load_default=None, default_timezone=UTC)
    status = Several(
        load_default=list,
        validate=validate.ContainsOnly(("open", "closed"), error=_l("open or closed, please.")),
    )
    page = fields.Integer(load_default=1, validate=validate.Range(1, MOST_REQUESTS))
    page_size = fields.Integer(
        load_default=MOST_REQUESTS, validate=validate.Range(1, MOST_REQUESTS)
    )


class AttributesIn(Schema):
    """The attributes of our services."""

    unit = _text(40)
    spot = _text(LONGEST_SPOT)
    anonymous = fields.String(load_default="no", validate=validate.OneOf(_YES_NO))
    neighbours = fields.String(load_default="yes", validate=validate.OneOf(_YES_NO))


class RequestIn(Schema):
    """A request as an app sends it. Of the person only name and phone are kept."""

    service_code = fields.String(required=True, validate=validate.Length(max=40))
    description = fields.String(required=True, validate=filled(MOST_WORDS))
    address_string = _text(_LONGEST_ADDRESS)
    address_id = _text(40)
    lat = fields.Float(load_default=None, validate=validate.Range(-90, 90))
    long = fields.Float(load_default=None, validate=validate.Range(-180, 180))
    first_name = _text(29)
    last_name = _text(29)
    phone = Phone(load_default="")
    media_url = fields.List(
        fields.String(validate=_ADDRESS),
        load_default=list,
        validate=validate.Length(max=_MOST_MEDIA),
    )

    @post_load
    def _both(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        if (data["lat"] is None) != (data["long"] is None):
            raise ValidationError(_l("Give lat and long together."), "lat")
        return data


def taken(schema: type[Schema], given: MultiDict[str, str]) -> dict[str, Any]:
    """Checked values; raises `Invalid`, also where one is sent twice and one alone is kept: nothing
    is lost without a word. Empty ones count as not given.
    """
    known = schema(unknown=EXCLUDE)
    named = {
        name: values
        for name, sent in given.lists()
        if (values := list(dict.fromkeys(one.strip() for one in sent if one.strip())))
    }
    errors = {
        name: [_l("This cannot be used.")]
        for name in named
        if any("\x00" in one for one in given.getlist(name))
    }
    errors |= {
        name: [_l("This was sent more than once: send it once.")]
        for name, values in named.items()
        if name in known.fields and name not in _REPEATED and len(values) > 1
    }
    if errors:
        raise Invalid(errors)
    try:
        loaded: dict[str, Any] = known.load(
            {name: values if name in _REPEATED else values[0] for name, values in named.items()}
        )
    except ValidationError as error:
        raise Invalid(faults_by_field(error)) from error
    return loaded


def attributes_in(form: MultiDict[str, str]) -> dict[str, Any]:
    """The ``attribute[code]`` of a form, checked; raises `Invalid` under that name."""
    given = MultiDict(
        (found[1], value)
        for name, value in form.items(multi=True)
        if (found := _ATTRIBUTE.fullmatch(name))
    )
    unknown = given.keys() - AttributesIn().fields.keys()
    try:
        if unknown:
            raise Invalid({name: [_l("There is nothing by this name here.")] for name in unknown})
        return taken(AttributesIn, given)
    except Invalid as error:
        raise Invalid({f"attribute[{at}]": texts for at, texts in error.errors.items()}) from error
