"""What is asked at the desk and of who gives points away."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, post_load, validate

from saas.kernel.schemas import pull_label

_KEY = fields.String(load_default="", validate=validate.Length(max=40))


class GiveIn(Schema):
    """To whom, by the code on their page, and how many."""

    submission = _KEY
    slip = fields.String(required=True, validate=validate.Length(min=1, max=30))
    points = fields.Integer(required=True, validate=validate.Range(1, 100_000))


class WhyIn(Schema):
    """Why something is undone."""

    why = fields.String(load_default="", validate=validate.Length(max=200))


class PiecesIn(Schema):
    """More pieces, or fewer."""

    submission = _KEY
    pieces = fields.Integer(required=True, validate=validate.Range(-10_000, 10_000))


class RewardIn(Schema):
    """A new reward."""

    name_zh = fields.String(required=True, validate=validate.Length(min=1, max=40))
    name_en = fields.String(load_default="", validate=validate.Length(max=60))
    price = fields.Integer(required=True, validate=validate.Range(1, 100_000))
    pieces = fields.Integer(load_default=0, validate=validate.Range(0, 10_000))
    merchant = fields.String(load_default="", validate=validate.Length(max=40))

    @post_load
    def _label(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        pull_label(data, "name")
        return data


class KeyIn(Schema):
    """The one-time key of a press."""

    submission = _KEY


class SignIn(Schema):
    """Whose month, and the number that was read."""

    merchant = fields.Integer(required=True, validate=validate.Range(1, 2**62))
    number = fields.Integer(required=True, validate=validate.Range(1, 100_000))
