"""Goods come in, are given out, written off, counted, voided: each a move of their chain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from saas import casework
from saas.funds import commands as funds
from saas.funds import permissions
from saas.funds import queries as book
from saas.goods import queries, rules, words
from saas.goods.models import Asked, Giver, Goods, Move
from saas.kernel import audit, clock, writers
from saas.kernel.context import Actor
from saas.kernel.db import session
from saas.kernel.errors import Conflict, Forbidden, Invalid
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.shortcodes import new_code
from saas.notices import commands as notices
from saas.territory.queries import Unit

_DONE: Final = {"off": "write_off", "keep": "keep"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """A gift of goods as somebody brings it. ``name`` is shown as ``shown_as`` says, and sealed."""

    what: str
    kind: str
    quantity: int
    unit: str
    condition: str
    source: str
    place: str
    purpose: str
    shown_as: str
    best_before: date | None = None
    worth: Decimal | None = None
    name: str = ""
    phone: str = ""
    received_on: date | None = None
    sample: bool = False


def _person(actor: Actor) -> int:
    """Who does it: goods are never moved by the system itself."""
    funds.ensure_receives(actor)
    if actor.person_id is None:
        raise Forbidden
    return actor.person_id


def receive(
    unit: Unit, brought: Brought, *, submission: str | None = None, actor: Actor
) -> Goods:  # fmt: skip
    """Write down a gift of goods; the same ``submission`` gives what it made. Raises `Invalid`."""
    person = _person(actor)
    if again := book.submitted(Goods, submission):
        return again
    one = brought
    if wrong := rules.lacks(one.kind, one.condition, one.source, worth=one.worth,
                            best_before=one.best_before):  # fmt: skip
        raise Invalid({wrong: [words.LACKS[wrong]]})
    purpose, day = funds.checked(one, book.purposes())
    goods = Goods(
        **funds.next_number(Goods, "goods"), code=new_code(), submission=submission,
        unit_id=unit.id, what=one.what.strip(), kind=one.kind, quantity=one.quantity,
        unit=one.unit, condition=one.condition, best_before=one.best_before, worth=one.worth,
        source=one.source, place=one.place.strip(), purpose_id=purpose.id, received_on=day,
        at=clock.now(), by_id=person, sample=one.sample, **funds.as_shown(one),
    )  # fmt: skip
    session.add(goods)
    session.flush()
    if one.name.strip() or one.phone.strip():
        session.add(Giver(goods_id=goods.id, name=one.name.strip(), phone=one.phone.strip()))
    _move(goods, "in", one.quantity, person)
    audit.record("goods.receive", "goods", goods.id, actor=actor, unit_path=unit.path)
    return goods


def _tip(goods: Goods) -> Move:
    """The last move of a gift that is not void; nobody adds another one meanwhile."""
    writers.in_turn("goods")
    tip = queries.tips([goods.id])[goods.id]
    if tip.verb == "void":
        raise Conflict(_l("This gift is void: nothing of it changes any more."))
    return tip


def _move(
    goods: Goods, verb: str, amount: int, person: int, tip: Move | None = None, **more: Any
) -> Move:  # fmt: skip
    number, before, given = (tip.number, tip.after, tip.given_after) if tip else (0, 0, 0)
    if before + amount < 0:
        left = words.quantity(before, goods.unit)
        raise Invalid({"quantity": [_l("Only %(left)s are left.", left=left)]})
    move = Move(
        goods_id=goods.id, number=number + 1, before_number=number or None, before=before,
        amount=amount, after=before + amount, verb=verb, at=clock.now(), by_id=person,
        given_before=given, given_after=given - (amount if verb == "out" else 0), **more,
    )  # fmt: skip
    session.add(move)
    session.flush()
    return move


def give_out(
    goods: Goods, *, quantity: int, words_: str, heads: int, heads_as: str, actor: Actor
) -> Move:  # fmt: skip
    """A part of a gift goes to so many households or persons, for something; to nobody by name."""
    person = _person(actor)
    move = _move(goods, "out", -quantity, person, _tip(goods), words=words_.strip(), heads=heads,
                 heads_as=heads_as)  # fmt: skip
    audit.record("goods.give_out", "goods", goods.id, actor=actor)
    if not casework.is_quiet():
        notices.announce(words.OUT.name, {"number": str(goods.number), "quantity": str(quantity)})
    return move


def ask_off(goods: Goods, *, quantity: int, why: str, words_: str, actor: Actor) -> Asked:
    """Ask to write a part off; another person confirms it."""
    person = _person(actor)
    if quantity > (left := _tip(goods).after):
        there = words.quantity(left, goods.unit)
        raise Invalid({"quantity": [_l("Only %(left)s are left.", left=there)]})
    made = Asked(goods_id=goods.id, quantity=quantity, why=why, words=words_.strip(),
                 at=clock.now(), by_id=person)  # fmt: skip
    session.add(made)
    session.flush()
    audit.record("goods.ask_off", "goods", goods.id, actor=actor)
    return made


def answer(asked: Asked, goods: Goods, *, confirm: bool, words_: str = "", actor: Actor) -> Move:
    """Another person writes it off; or it is not written off, and why."""
    person, tip = _person(actor), _tip(goods)
    if asked.id not in {one.id for one in queries.asked(goods)}:
        raise Conflict(_l("This was answered already."))
    if confirm and person == asked.by_id:
        raise Conflict(_l("You have asked for it: somebody else confirms it."))
    if not confirm and not words_.strip():
        raise Invalid({"words": [_l("Write why it is not written off.")]})
    verb = "off" if confirm else "keep"
    move = _move(goods, verb, -asked.quantity if confirm else 0, person, tip,
                 words=words_.strip(), asked_id=asked.id, asked_by=asked.by_id)  # fmt: skip
    audit.record(f"goods.{_DONE[verb]}", "goods", goods.id, actor=actor)
    return move


def count(goods: Goods, *, found: int, words_: str = "", actor: Actor) -> Move:
    """So many lie there; where it is another number than the book's, why. What is missing, and not
    asked for already, waits for a second person like anything that is lost.
    """
    person, tip = _person(actor), _tip(goods)
    if found != tip.after and not words_.strip():
        raise Invalid({"words": [_l("Write why it is another number than in the book.")]})
    missing = tip.after - found - sum(one.quantity for one in queries.asked(goods))
    more = max(found - tip.after, 0)
    move = _move(goods, "count", more, person, tip, words=words_.strip())
    audit.record("goods.count", "goods", goods.id, actor=actor)
    if missing > 0:
        ask_off(goods, quantity=missing, why="lost", words_=words_, actor=actor)
    return move


def void(goods: Goods, *, words_: str, actor: Actor) -> Move:
    """It was entered by mistake, and nothing of it was given out; both stay to be read."""
    person = _person(actor)
    if not permissions.works(actor):
        raise Forbidden
    if (tip := _tip(goods)).given_after:
        raise Conflict(_l("Some of it was given out: count it, or write it off."))
    move = _move(goods, "void", -tip.after, person, tip, words=words_.strip())
    audit.record("goods.void", "goods", goods.id, actor=actor)
    return move
