"""What is asked with a gift of goods, and with what becomes of it."""

from __future__ import annotations

from typing import Any, Final

from marshmallow import Schema, fields, validate

from saas.forms import fields as f
from saas.forms.fields import CARDS, DAY, Field, schema_of
from saas.funds.forms import GIFT, SentIn
from saas.goods import words
from saas.kernel.i18n import lazy_gettext as _l
from saas.ledger import Yuan

_MOST: Final = 1_000_000
_GIFT: Final = {one.name: one for one in GIFT}


def _text(name: str, label: object, most: int, help: object = None, **more: Any) -> Field:
    return Field(name=name, label=label, kind=f.TEXT, longest=most, help=help, **more)


def _pick(name: str, label: object, options: Any) -> Field:
    return f.pick(name, label, options=[*options.items()], required=True, blank=_l("Choose"))


def _cards(name: str, label: object, options: Any) -> Field:
    return Field(name=name, label=label, kind=CARDS, required=True, options=[*options.items()])


def _whole(name: str, label: object, least: int, help: object = None) -> Field:
    return f.number(name, label, help, required=True, least=least, most=_MOST)


GOODS: Final = (
    _text("what", _l("What was brought?"), 60, _l("As people call it: rice, quilts. No names."),
          required=True),
    _pick("kind", _l("Kind of goods"), words.KIND),
    _whole("quantity", _l("How many of them?"), 1,
           _l("Whole pieces, bags, boxes; they are counted here.")),
    _pick("unit", _l("Counted in"), words.UNIT),
    _cards("condition", _l("Condition"), words.CONDITION),
    Field(name="best_before", label=_l("Best before"), kind=DAY,
          help=_l("Needed for food and drink; empty for what does not spoil.")),
    _pick("source", _l("By which paper is it worth something?"), words.SOURCE),
    _text("worth", _l("Value of all of it in yuan"), 16,
          _l("As the paper says. Without a paper leave it empty: no value is claimed.")),
    _text("place", _l("Where does it lie?"), 60, _l("The code of a room, or words."),
          required=True),
    _GIFT["purpose"],
    Field(name="received_on", label=_l("Day received"), kind=DAY, required=True),
    _GIFT["shown_as"], _GIFT["name"], _GIFT["phone"],
)  # fmt: skip
_NO_NAMES: Final = _l("Never a name, an address or an illness: everybody who has the receipt reads"
                      " it.")  # fmt: skip
_QUANTITY: Final = _whole("quantity", _l("How many of them?"), 1)
OUT: Final = (
    _QUANTITY,
    _text("words", _l("What for?"), 200, _NO_NAMES, required=True),
    _whole("heads", _l("To how many households or persons?"), 1),
    _cards("heads_as", _l("Households or persons?"), words.HEADS),
)
ASK: Final = (
    _QUANTITY,
    _cards("why", _l("What happened?"), words.LOSS),
    _text("words", _l("What is known of it?"), 200, _NO_NAMES, required=True),
)
COUNT: Final = (
    _whole("found", _l("How many lie there now?"), 0),
    _text(
        "words",
        _l("Why is it another number than in the book?"),
        200,
        _l("Needed where the numbers differ. No names: everybody who has the receipt reads it."),
    ),
)
VOID: Final = (
    _text(
        "words",
        _l("What was wrong?"),
        200,
        _l("Everybody who has the receipt reads it."),
        required=True,
    ),
)


def schema_of_goods() -> Any:
    """A gift; its worth is an amount that nothing rounds."""
    worth = {"worth": Yuan(load_default=None, allow_none=True)}
    return type("Brought", (schema_of(GOODS, extra=SentIn),), worth)


class AnswerIn(Schema):
    """It is written off, or why not."""

    confirm = fields.Boolean(load_default=False)
    words = fields.String(load_default="", validate=validate.Length(max=200))
