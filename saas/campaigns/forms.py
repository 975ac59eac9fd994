"""What is asked of a campaign, a lot, a point, a card, a pledge."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from marshmallow import Schema, fields, validate

from saas.accounts import queries as people
from saas.campaigns import commands, queries, words
from saas.campaigns.models import Point
from saas.catalogue.rows import Catalogue
from saas.forms.fields import DAY, LONG, NUMBER, PICK, TEXT, Field, schema_of
from saas.funds import queries as funds
from saas.kernel.errors import Invalid
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say
from saas.kernel.schemas import Uploads, filled
from saas.ledger import Yuan
from saas.organisations import queries as organisations
from saas.territory import queries as territory

Pairs = list[tuple[str, str]]


def _named(rows: Iterable[Any]) -> Pairs:
    return [(one.code, say(one.name)) for one in rows]


def _homes() -> Pairs:
    """Units in which a donation point can stand: those of the ladder, each with what it is."""
    levels = {one.kind: say(one.name) for one in territory.ladder("donation")}
    every = funds.every(territory.units_within([funds.got(territory.root()).path]))
    return [(u.code, f"{say(u.name)} · {levels[u.kind]}") for u in every if u.kind in levels]


def _text(name: str, label: object, most: int = 100, help: object = None, **more: Any) -> Field:
    return Field(name=name, label=label, kind=TEXT, longest=most, help=help, **more)


def _pick(name: str, label: object, options: Any, **more: Any) -> Field:
    return Field(name=name, label=label, kind=PICK, options=options, **more)


def _days(until: bool = True) -> tuple[Field, Field]:
    return (Field(name="since", label=_l("From day"), kind=DAY, required=True),
            Field(name="until", label=_l("To day"), kind=DAY, required=until))  # fmt: skip


_NAME: Final = Field(name="name", label=_l("Name"), required=True)
_UNIT: Final = _pick("unit", _l("Unit"), lambda: _named(territory.upper_units()), required=True,
                     read=lambda row: funds.got(territory.find_unit(row.unit_id)).code)  # fmt: skip
CAMPAIGN: Final = (
    _NAME,
    Field(name="words", label=_l("What is it for, who gets it, how is it used?"), kind=LONG,
          required=True, longest=500, longest_en=1000),
    _pick("purpose", _l("Which purpose is it for?"), lambda: _named(funds.purposes().values()),
          required=True, blank=_l("Choose"), read=lambda c: next(
              code for code, p in funds.purposes().items() if p.id == c.purpose_id)),
    _pick("basis", _l("On which legal basis?"), lambda: _named(funds.bases().values()),
          required=True, blank=_l("Choose"), read=lambda c: c.basis["code"],
          help=_l("Not sure? Ask the civil affairs office or the host first: this is no advice.")),
    _UNIT,
    _pick("organisation", _l("Who organises it?"), lambda: _named(organisations.all_living()),
          blank=_l("the office itself"), read=lambda c: (
              group.code if (group := queries.organiser(c)) else None)),
    *_days(),
    _text("place", _l("Place"), help=_l("Room or square, as people call it.")),
    _text("channel", _l("How to give to the host"), 200, _l("Its account or its designated"
          " platform: no page here takes a payment.")),
    _text("goal", _l("Wanted in yuan"), 16),
)  # fmt: skip
LOT: Final = (
    _NAME,
    _text("giver", _l("Who gave the thing, as shown"), 60),
    _text("from_price", _l("First bid in yuan"), 16, required=True, default="1.00"),
    _text("step", _l("Each bid more by at least, in yuan"), 16, required=True, default="1.00"),
    Field(name="day", label=_l("Day"), kind=DAY, required=True),
    _text("start", _l("Open from"), 5, _l("As 18:00."), required=True, default="18:00"),
    _text("end", _l("Open until"), 5, required=True, default="20:00"),
)  # fmt: skip
CARD: Final = (
    _text("name", _l("Name on the card"), 60, _l("It stands on the card and where the card is"
          " checked, nowhere else."), required=True), _UNIT, *_days(),
)  # fmt: skip
PLEDGE: Final = (
    _pick("kind", _l("Kind of pledge"), [*words.PLEDGE.items()], required=True, blank=_l("Choose"),
          help=_l("A gift is free and without return; a share that a contract asks for is none.")),
    _text("name", _l("Who promises it"), 60, _l("Kept sealed; shown to the office alone."),
          required=True),
    _UNIT,
    Field(name="percent", label=_l("Share of the turnover"), kind=NUMBER, least=1, most=100,
          unit="%"),
    _text("amount", _l("Or: amount in yuan, each month or once"), 16),
    _text("document", _l("Number of the contract")),
    *_days(until=False),
)  # fmt: skip
POINT: Final = (
    _NAME,
    _pick("unit", _l("Level and unit"), _homes, required=True, blank=_l("Choose"),
          read=_UNIT.read),
    Field(name="place", label=_l("Where exactly?")),
    _text("keeper", _l("Sign-in name of who keeps it"), 60, read=lambda point: (
        person.login if (person := people.find_person(point.keeper_id or 0)) else "")),
)  # fmt: skip


def _settled(values: Mapping[str, Any], row: Point | None) -> dict[str, Any]:
    unit, login = territory.unit_coded(values["unit"]), values["keeper"].strip()
    if unit is None or unit.kind not in {one.kind for one in territory.ladder("donation")}:
        raise Invalid({"unit": [_l("There is no donation point on this level.")]})
    keeper = people.person_by_login(login) if login else None
    if login and keeper is None:
        raise Invalid({"keeper": [_l("Nobody signs in by this name.")]})
    return {"name": values["name"], "place": values["place"] or {}, "unit_id": unit.id,
            "keeper_id": keeper.id if keeper else None}  # fmt: skip


POINTS: Final = Catalogue(
    model=Point, domain="campaigns", noun="point", thing="donation_point",
    words=_l("Donation point"), retired="retired_at", ensure=commands.ensure_office,
    settle=_settled,
)  # fmt: skip


def schema(shape: Iterable[Field], **own: fields.Field[Any]) -> type[Schema]:
    """That of a form, with fields of its own in place of declared ones."""
    return type("Sent", (schema_of(shape),), own)


def _any(longest: int = 300) -> fields.String:
    return fields.String(load_default="", validate=validate.Length(max=longest))


def _one_of(values: Iterable[str]) -> fields.String:
    return fields.String(required=True, validate=validate.OneOf([*values]))


def _yuan() -> Yuan:
    return Yuan(load_default=None, allow_none=True)


CampaignIn = schema(CAMPAIGN, goal=_yuan())
LotIn = schema(
    LOT, from_price=Yuan(required=True), step=Yuan(required=True),
    start=fields.Time("%H:%M", required=True), end=fields.Time("%H:%M", required=True),
)  # fmt: skip
PledgeIn = schema(PLEDGE, amount=_yuan())
ActIn = Schema.from_dict({
    "verb": _one_of(words.VERBS), "reason": _any(500),
    "seen": fields.Integer(load_default=None, allow_none=True),
})  # fmt: skip
PaddleIn = Schema.from_dict({"name": fields.String(required=True, validate=filled(60)),
                             "phone": _any(30)})  # fmt: skip
BidIn = Schema.from_dict({"amount": Yuan(required=True)})
LotActIn = Schema.from_dict({
    "verb": _one_of(words.LOT_ACT), "amount": _yuan(), "reason": _any(),
    "paddle": fields.Integer(load_default=None, allow_none=True),
})  # fmt: skip
PledgeActIn = Schema.from_dict({
    "verb": _one_of(words.PLEDGE_ACT), "amount": _yuan(), "text": _any(60),
    "on": fields.Date(load_default=None, allow_none=True),
    "seen": fields.Integer(load_default=None, allow_none=True),
})  # fmt: skip


def proofs_in(proofs: Iterable[Mapping[str, Any]]) -> type[Schema]:
    """A number and a paper for each proof."""
    parts: dict[str, fields.Field[Any]] = {}
    for proof in proofs:
        parts |= {f"p_{proof['code']}": _any(200),
                  f"f_{proof['code']}": Uploads(load_default=list)}  # fmt: skip
    return Schema.from_dict(parts)
