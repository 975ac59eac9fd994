"""What is asked of a page, of a block and of an act."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from marshmallow import Schema, fields, validate

from saas.forms.fields import FILES, LABEL, LONG, PICK, Field
from saas.kernel.i18n import lazy_gettext as _l
from saas.publishing import blocks, words

PAGE: Final = (
    Field(name="title", label=_l("Title"), kind=LABEL, required=True, longest=40, longest_en=80),
    Field(name="lead", label=_l("What it is about, in a sentence or two"), kind=LONG,
          longest=200, longest_en=400),
)  # fmt: skip


def block_shape(kind: str) -> Sequence[Field]:
    """A story has words and a picture; a record is chosen, and may have words of the page's own."""
    if kind == "story":
        return (
            Field(name="words", label=_l("Text"), kind=LONG, required=True, longest=2000,
                  longest_en=4000),
            Field(name="picture", label=_l("Picture"), kind=FILES,
                  help=_l("Nobody in it whom one recognises and who did not agree.")),
        )  # fmt: skip
    return (
        Field(name="ref", label=words.KIND[kind], kind=PICK, required=True,
              options=lambda: blocks.choices(kind)),
        Field(name="words", label=_l("In words of this page"), kind=LONG, longest=300,
              longest_en=600,
              help=_l("Leave it empty: then the record's own words stand there.")),
    )  # fmt: skip


class ActIn(Schema):
    """An act on a page."""

    verb = fields.String(required=True, validate=validate.OneOf([*words.VERBS]))
    reason = fields.String(load_default="", validate=validate.Length(max=1000))
    seen = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(0, 10**6))


class MoveIn(Schema):
    """What becomes of a block."""

    to = fields.String(required=True, validate=validate.OneOf(("up", "down", "out")))
