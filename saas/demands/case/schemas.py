"""What may come in with an act on a demand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, fields, pre_load, validate

from saas.demands.case import rules
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.schemas import Day, Uploads

_NONE: dict[str, Any] = {"load_default": None, "allow_none": True}


def _code(about: object) -> fields.String:
    longest = validate.Length(max=40)
    return fields.String(validate=longest, metadata={"description": about}, **_NONE)


class ActIn(Schema):
    """An act on a demand; ``seen`` is the number of the last act that was on the screen.

    ``unit`` and ``into`` are codes, ``hours`` working hours; empty fields count as not given.
    """

    verb = fields.String(required=True, validate=validate.OneOf(rules.VERBS))
    reason = fields.String(load_default="", validate=validate.Length(max=1000))
    code = _code(_l("Code of a cause."))
    unit = _code(_l("Code of the unit to which it goes, or which is asked to join."))
    into = _code(_l("Code of the demand with which it goes on."))
    hours = fields.Integer(validate=validate.Range(min=1, max=2000), **_NONE)
    until = Day(**_NONE)
    rating = fields.Integer(validate=validate.Range(1, 5), **_NONE)
    seen = fields.Integer(
        metadata={
            "description": _l(
                "How many acts you know of: when there are more, 409 tells what happened."
            )
        },
        **_NONE,
    )

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


class CallIn(Schema):
    """How a call went: reached, with what was said, or tried in vain."""

    how = fields.String(required=True, validate=validate.OneOf(("reached", "missed")))
    answer = fields.String(load_default="", validate=validate.Length(max=1000))


class ActWithPhotosIn(ActIn):
    """The same from a page, where photos can come with it."""

    photo = Uploads(load_default=list)
