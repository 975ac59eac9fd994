"""What may come in for public answers."""

from __future__ import annotations

from marshmallow import Schema, fields

from saas.kernel.schemas import filled


class AnswerIn(Schema):
    """A question that people have, its answer, and what it is about."""

    question = fields.String(required=True, validate=filled(200))
    answer = fields.String(required=True, validate=filled(2000))
    category = fields.String(required=True, validate=filled(40))


class PublishIn(Schema):
    """That a person has read it."""

    read = fields.Boolean(load_default=False)
