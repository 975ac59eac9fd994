"""What may come in with an act on a demand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, fields, pre_load, validate

from saas.demands.case import rules
from saas.kernel.schemas import Uploads


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
