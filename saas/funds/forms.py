"""What is asked with a gift, a box, a payout, a source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from marshmallow import Schema, fields, validate

from saas.forms.fields import CARDS, DAY, PICK, TEXT, TICK, WORDS, Field, schema_of
from saas.funds import queries, rules, words
from saas.funds.origins import ORIGINS, origins
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say
from saas.kernel.schemas import Day, Uploads, filled
from saas.ledger import Yuan


def _purposes() -> list[tuple[str, str]]:
    return [(one.code, say(one.name)) for one in queries.purposes().values()]


def _text(name: str, label: object, most: int, help: object = None, **more: Any) -> Field:
    return Field(name=name, label=label, kind=TEXT, longest=most, help=help, **more)


def _pick(name: str, label: object, options: Any, **more: Any) -> Field:
    return Field(name=name, label=label, kind=PICK, options=options, required=True, **more)


_AMOUNT: Final = _text("amount", _l("Amount in yuan"), 16, required=True)
_PURPOSE: Final = _pick("purpose", _l("Which purpose is it for?"), _purposes, blank=_l("Choose"))
#: Hands over a gift; what is not said of the giver is not known.
GIFT: Final = (
    _AMOUNT,
    _PURPOSE,
    _pick("way", _l("How did it come?"), [*words.WAY.items()], default="point"),
    Field(name="shown_as", label=_l("What may everybody see?"), kind=CARDS, required=True,
          options=[*words.SHOWN.items()], default="anonymous"),
    _text("name", _l("Name of who gives"), 60, _l("Kept sealed for the host; shown only as chosen"
          " above. It can never be shown otherwise later.")),
    _text("phone", _l("Telephone"), 30),
)  # fmt: skip
_ORIGIN: Final = {
    "campaign": _l("Campaign"), "point": _l("Donation point"), "fundraiser": _l("Fundraiser"),
}  # fmt: skip


def gift_shape(day: date | None = None) -> tuple[Field, ...]:
    """A gift of a day (None: today), with what it can have come by, where there is any."""
    found = origins(day=day)
    return (*GIFT, *(
        Field(name=kind, label=_ORIGIN[kind], kind=PICK, blank=_l("None"), options=options)
        for kind in ORIGINS
        if (options := [(one.code, one.name) for one in found if one.kind == kind])
    ))  # fmt: skip


PAYOUT: Final = (
    _AMOUNT,
    _PURPOSE,
    Field(name="what", label=_l("What is it to do?"), kind=WORDS, required=True, longest=200,
          rows=2, help=_l("No names: a household is a file number.")),
    _text("organisation", _l("Code of the organisation that is paid"), 26),
    _text("payee", _l("Or: the shop or office that is paid"), 100),
    _text("file_no", _l("File number of a household"), 40),
    Field(name="care", label=_l("It is a project of care"), kind=TICK),
)  # fmt: skip
#: When the committee meets: in writing, or at the half hours of a day.
WRITING: Final = "writing"
_HOURS: Final = [(f"{n // 2:02}:{n % 2 * 30:02}",) * 2 for n in range(16, 44)]
MEETING: Final = (
    Field(name="on", label=_l("Day"), kind=DAY, required=True),
    _pick("hour", _l("At what hour?"), blank=_l("Choose"), options=[
        (WRITING, _l("in writing, until the end of that day")), *_HOURS]),
    _text("place", _l("Place"), 60, _l("The code of a room, or words. In writing there is none.")),
)  # fmt: skip
SOURCE: Final = (
    _text("name", _l("Programme"), 60, required=True),
    _text("department", _l("Department that gives it"), 60, required=True),
    _text("document", _l("Document"), 100, required=True),
    _AMOUNT,
    Field(name="since", label=_l("From day"), kind=DAY, required=True),
    Field(name="until", label=_l("To day"), kind=DAY, required=True),
)
LINE: Final = (
    _text("name", _l("Name"), 60, required=True),
    _text("purpose", _l("Purpose"), 100, required=True),
    _AMOUNT,
    Field(name="until", label=_l("Lasts until"), kind=DAY, required=True),
    _text("stops", _l("What stops then?"), 100),
)


def _schema(**parts: fields.Field[Any]) -> type[Schema]:
    return Schema.from_dict(parts, name="Sent")


def _some(longest: int) -> fields.String:
    return fields.String(required=True, validate=filled(longest))


def _any(longest: int) -> fields.String:
    return fields.String(load_default="", validate=validate.Length(max=longest))


class _Whole(fields.Integer):
    """A whole number; none where the field was left empty, as most are when a box is counted."""

    def deserialize(self, value: Any, *args: Any, **more: Any) -> Any:
        return super().deserialize(None if value == "" else value, *args, **more)


def _whole() -> fields.Integer:
    return _Whole(load_default=None, allow_none=True, validate=validate.Range(0, 1_000_000))


def _key() -> fields.String:
    """By which the same form, sent twice, is one gift."""
    return fields.String(load_default=None, validate=validate.Length(min=16, max=64))


AmountIn = _schema(amount=Yuan(required=True))
SentIn = _schema(submission=_key())
BankIn = _schema(amount=Yuan(required=True), slip=_some(40))
PersonIn = _schema(to=_some(60))
AcceptIn = _schema(accept=fields.Boolean(load_default=False))
BoxIn = _schema(code=_some(20), place=_some(60), purpose=_some(40))
OpenIn = _schema(
    second=_some(60), photo=Uploads(load_default=list), submission=_key(),
    **{f"n_{coin}": _whole() for coin in rules.COINS},
)  # fmt: skip
ReasonIn = _schema(reason=_any(300))
ActIn = _schema(
    verb=fields.String(required=True, validate=validate.OneOf([*words.VERBS])), reason=_any(500),
    reference=_any(60), heads=_whole(), seen=_whole(),
)  # fmt: skip
Nothing = Schema
VoteIn = _schema(vote=_any(10))
PutIn = _schema(payout=_any(26), subject=_any(200))
SaidIn = _schema(said=_any(500))
HereIn = _schema(
    member=fields.Integer(required=True), here=fields.Boolean(load_default=False)
)  # fmt: skip
DeedIn = _schema(
    verb=fields.String(required=True, validate=validate.OneOf([*words.MEETING_VERBS])),
    reason=_any(500), seen=_whole(),
)  # fmt: skip
BackIn = _schema(amount=Yuan(load_default=None, allow_none=True), reason=_any(200))
SeatIn = _schema(
    login=_some(60), seat=fields.String(required=True, validate=validate.OneOf(rules.SEATS))
)
PromiseIn = _schema(amount=Yuan(required=True), what=_some(100))
SettleIn = _schema(
    amount=Yuan(required=True), held=_some(80), pay=fields.Boolean(load_default=False)
)
SheetIn = _schema(
    first=Day(load_default=None, allow_none=True), corrects=_any(80), reason=_any(500)
)
PhotoIn = _schema(photo=Uploads(load_default=list))
CodeIn = _schema(code=_some(80))


def counts_of(given: Mapping[str, Any]) -> dict[int, int]:
    """Fen of each → how many."""
    return {coin: given.get(f"n_{coin}") or 0 for coin in rules.COINS}


def schema(shape: Iterable[Field], extra: type[Schema] = AmountIn) -> type[Schema]:
    """That of a form with an amount, which nothing rounds."""
    return type("Amounts", (schema_of(shape, extra=extra),), {"amount": Yuan(required=True)})


def begun(shape: Iterable[Field], submission: str) -> dict[str, Any]:
    """What stands in a form before anything was typed."""
    return {one.name: one.default for one in shape if one.default} | {"submission": submission}
