"""What may come in for demands; what the API takes and gives besides stands in `api/schemas.py`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, fields, pre_load, validate

from saas.demands import rules
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.schemas import Upload, filled


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
    photo = Upload(load_default=None)
    anonymous = fields.Boolean(load_default=False)
    open_to_neighbours = fields.Boolean(load_default=False)


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
        """What a form sends for a field left empty is no value."""
        if not isinstance(data, Mapping):  # JSON can be anything: the schema itself refuses it
            return data
        kept = ("verb", "reason")
        return {k: (v if k in kept or v != "" else None) for k, v in data.items()}
