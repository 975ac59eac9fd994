"""What may come in for the district's library of rooms."""

from __future__ import annotations

from marshmallow import fields

from saas.kernel.schemas import filled
from saas.rooms.schemas.rooms import Offer, WordsIn


class TemplateIn(WordsIn):
    """The words of a platform or of the centre."""


class RoomTemplateIn(WordsIn, Offer):
    """A room of the library."""

    platform = fields.String(required=True, validate=filled(40))
    by_appointment = fields.Boolean(load_default=False)
