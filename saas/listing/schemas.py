"""What is sent with a view that somebody keeps, and with an act on many rows."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from saas.kernel.context import Actor
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.schemas import Reason, filled
from saas.listing.declared import Act

LONGEST_NAME = 30


class ViewIn(Schema):
    """A name for what is asked."""

    name = fields.String(required=True, validate=filled(LONGEST_NAME))


def given_with(act: Act, actor: Actor) -> type[Schema]:
    """What an act on many rows asks for: a reason, a choice for all of them, both or nothing."""
    asked: dict[str, Any] = {}
    if act.choice:
        known = validate.OneOf([one.value for one in act.choices(actor)], error=_CHOOSE)
        missing = {"required": _CHOOSE}
        asked["choice"] = fields.String(required=True, validate=known, error_messages=missing)
    return (Reason if act.reason else Schema).from_dict(asked, name="Given")


_CHOOSE = _l("Please choose one.")
