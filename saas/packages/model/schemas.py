"""What may come in from the pages of a district's model."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, post_load, pre_load, validate

from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.schemas import pull_label
from saas.packages.schemas.fields import KEY, VERSION

_MOST = 2000
_LONGEST = 200_000


class DecideIn(Schema):
    """Answers to conflicts: the fields whose names are those of conflicts."""

    choices = fields.Dict(
        keys=fields.String(validate=validate.Length(max=300)),
        values=fields.String(validate=validate.Length(max=10)),
        required=True,
        validate=validate.Length(max=_MOST),
    )

    @pre_load
    def _gather(self, data: Mapping[str, Any], **_: Any) -> dict[str, Any]:
        return {"choices": {name: value for name, value in data.items() if "#" in name}}


class SeenIn(Schema):
    """What was looked at before it was agreed to: the marks of the proposal, as JSON."""

    seen = fields.String(required=True, validate=validate.Length(max=_LONGEST))

    @post_load
    def _read(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        try:
            found = json.loads(data["seen"])
        except (ValueError, RecursionError):  # no page sends it nested without end
            found = None
        if not isinstance(found, dict):
            raise ValidationError(_l("Load the page again, please."))
        return {"seen": {str(path): str(mark) for path, mark in found.items()}}


class UndoIn(Schema):
    """The change that was looked at."""

    change_id = fields.Integer(required=True, strict=False)


def _text(limit: int, **kwargs: Any) -> fields.String:
    return fields.String(validate=validate.Length(max=limit), **kwargs)


class ExportIn(Schema):
    """The head of a package that is written from a district."""

    class Meta:
        unknown = EXCLUDE

    key = fields.String(
        required=True,
        validate=validate.Regexp(
            rf"(?:{KEY.pattern})\Z", error=_l("Small letters, digits and _, at most 40.")
        ),
    )
    version = fields.String(
        required=True,
        validate=validate.Regexp(
            rf"(?:{VERSION.pattern})\Z", error=_l("Three numbers such as 1.0.0.")
        ),
    )
    title_zh = fields.String(required=True, validate=validate.Length(min=1, max=100))
    title_en = _text(100, load_default="")
    publisher_zh = fields.String(required=True, validate=validate.Length(min=1, max=100))
    publisher_en = _text(100, load_default="")

    @post_load
    def _labels(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        for name in ("title", "publisher"):
            pull_label(data, name)
            data[name] = {"en": data[name]["zh"], **data[name]}
        return data
