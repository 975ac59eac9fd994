"""A gift is received, banked, confirmed, given back: each an appended state and a transfer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from saas import ledger
from saas.funds import permissions, queries, rules
from saas.funds.books import LEDGER
from saas.funds.events import given_back
from saas.funds.models import Act, Donor, Gift, Note, Purpose, Use
from saas.funds.origins import ensure_open
from saas.kernel import audit, clock, writers
from saas.kernel.context import Actor
from saas.kernel.db import session
from saas.kernel.errors import Conflict, Forbidden, Invalid
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.shortcodes import new_code
from saas.ledger import Transfer
from saas.territory.queries import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A gift as somebody brings it. ``name`` is shown as ``shown_as`` says, and kept sealed;
    ``slip`` is that of the bank, where the host has long had it.
    """

    amount: Decimal
    purpose: str
    way: str
    shown_as: str
    name: str = ""
    phone: str = ""
    received_on: date | None = None
    campaign: str = ""
    point: str = ""
    fundraiser: str = ""
    slip: str = ""
    sample: bool = False


def next_number(model: Any, turn: str) -> dict[str, int | None]:
    """The number that follows in a table that counts without gaps; others wait their turn."""
    writers.in_turn(f"funds.{turn}")
    last = session.scalar(sa.select(sa.func.max(model.number))) or 0
    return {"number": last + 1, "before_number": last or None}


def account(code: str, **own: Any) -> int:
    """The account of a code, as what it is called says what it may."""
    kind = code.partition(":")[0]
    book = "public" if kind in {"source", "line", "held", "spent"} else "charity"
    one = ledger.open_account(LEDGER, code, book, may_overdraw=kind in {"world", "source"}, **own)
    return int(one.id)


def cash_of(person_id: int) -> int:
    """The account of the cash that somebody holds."""
    return account(f"cash:{person_id}", person_id=person_id)


def receive(
    unit: Unit, given: Given, *, submission: str | None = None, owed: bool = False, actor: Actor
) -> Gift:
    """Write down a gift; the same ``submission`` gives what it made. ``owed``: it was promised
    while what it comes by was open, as by who won a lot. Raises `Invalid` by field.
    """
    ensure_receives(actor)
    if again := queries.submitted(Gift, submission):
        return again
    purpose, day = checked(given, queries.purposes())
    if given.way != "box" and not owed:  # a box has a place of its own
        ensure_open(given)
    gift = Gift(
        **next_number(Gift, "gifts"), code=new_code(), submission=submission, unit_id=unit.id,
        amount=given.amount, purpose_id=purpose.id, way=given.way, **as_shown(given),
        campaign=given.campaign or None, point=given.point or None,
        fundraiser=given.fundraiser or None,
        keeper_id=actor.person_id, received_on=day, at=clock.now(), sample=given.sample,
    )  # fmt: skip
    session.add(gift)
    session.flush()
    if given.name.strip() or given.phone.strip():
        session.add(Donor(gift_id=gift.id, name=given.name.strip(), phone=given.phone.strip()))
    cash = given.way != "bank" and actor.person_id is not None
    target = cash_of(actor.person_id or 0) if cash else account("transit")
    step(gift, "held" if cash else "banked", None, actor)
    _move(gift, account(f"world:{gift.way}"), target, "receive", day, actor)
    audit.record("funds.receive", "gift", gift.id, actor=actor, unit_path=unit.path)
    return gift


def ensure_receives(actor: Actor) -> None:
    """Raise `Forbidden` for who may not take gifts."""
    if not permissions.works(actor) and not actor.may(permissions.RECEIVE):
        raise Forbidden


def as_shown(given: Any) -> dict[str, str]:
    """What everybody may see of who gave, frozen as it was chosen."""
    return {"shown_as": given.shown_as,
            "shown": rules.frozen_name(given.shown_as, given.name)}  # fmt: skip


def checked(given: Any, purposes: Mapping[str, Purpose]) -> tuple[Purpose, date]:
    """The purpose and the day of what somebody gives. Raises `Invalid` by field."""
    purpose = purposes.get(given.purpose)
    if purpose is None:
        raise Invalid({"purpose": [_l("Ask what it is for: no gift without a purpose.")]})
    if given.shown_as != "anonymous" and not given.name.strip():
        raise Invalid({"name": [_l("Write the name, or choose not to show one.")]})
    day = given.received_on or clock.today()
    if day > clock.today():
        raise Invalid({"received_on": [_l("This day has not come yet.")]})
    return purpose, day


def step(gift: Gift, state: str, before: str | None, actor: Actor, **more: Any) -> None:
    """A gift comes to its next state."""
    session.add(Act(gift_id=gift.id, state=state, before=before, at=clock.now(),
                    actor_id=actor.person_id, **more))  # fmt: skip
    session.flush()
    if state == "reversed":
        given_back.send(gift.id)


def _move(
    gift: Gift, source: int, target: int, kind: str, on: date, actor: Actor,
    reason: str | None = None,
) -> None:  # fmt: skip
    ledger.post(LEDGER, Transfer(
        source=source, target=target, amount=gift.amount, key=f"{kind}:{gift.code}", kind=kind,
        on=on, reason=reason,
    ), actor=actor)  # fmt: skip


def take_over_gifts(unit: Unit, rows: Sequence[Given], *, key: str = "", actor: Actor) -> int:
    """Take over gifts of the past, which the host has long had, in their order and all at once;
    with a ``key``, once for it. How many there were.
    """
    if not permissions.works(actor):
        raise Forbidden
    purposes, now = queries.purposes(), clock.now()
    taken = [(given, *checked(given, purposes)) for given in rows]
    first = next_number(Gift, "gifts")["number"] or 1
    if key and queries.count(Gift, Gift.submission == f"{key}:1"):
        return 0
    values: list[dict[str, Any]] = [
        {"number": number, "before_number": number - 1 or None, "code": new_code(),
         "submission": f"{key}:{number - first + 1}" if key else None,
         "unit_id": unit.id, "amount": given.amount, "purpose_id": purpose.id, "way": given.way,
         **as_shown(given), "campaign": given.campaign or None, "point": given.point or None,
         "fundraiser": given.fundraiser or None, "received_on": day, "at": now,
         "sample": given.sample}
        for number, (given, purpose, day) in enumerate(taken, first)
    ]  # fmt: skip
    made = sa.insert(Gift).returning(Gift.id, sort_by_parameter_order=True)
    ids = session.scalars(made, values).all()
    session.add_all(
        Donor(gift_id=key, name=given.name.strip(), phone=given.phone.strip())
        for key, (given, _purpose, _day) in zip(ids, taken, strict=True)
        if given.name.strip() or given.phone.strip()
    )  # fmt: skip
    session.execute(sa.insert(Act), [
        {"gift_id": key, "state": state, "before": before, "at": now, "actor_id": actor.person_id,
         "slip": given.slip or None if before is None else None}
        for key, (given, _purpose, _day) in zip(ids, taken, strict=True)
        for state, before in (("banked", None), ("confirmed", "banked"))
    ])  # fmt: skip
    _came_through(values, taken, actor)
    audit.record("funds.take_over_gifts", "gift", None, actor=actor, rows=len(rows))
    return len(rows)


def _came_through(
    values: Sequence[Mapping[str, Any]], taken: Sequence[tuple[Given, Purpose, date]],
    actor: Actor,
) -> None:  # fmt: skip
    """Their way from the giver through the bank into the fund, in the books."""
    moves = [
        (kind, source, target, row, day)
        for row, (given, purpose, day) in zip(values, taken, strict=True)
        for kind, source, target in (("receive", f"world:{given.way}", "transit"),
                                     ("confirm", "transit", f"fund:{purpose.code}"))
    ]  # fmt: skip
    known = {code: account(code) for code in {code for move in moves for code in move[1:3]}}
    ledger.post_all(LEDGER, [
        Transfer(source=known[source], target=known[target], amount=row["amount"], kind=kind,
                 key=f"{kind}:{row['code']}", on=day)
        for kind, source, target, row, day in moves
    ], actor=actor)  # fmt: skip


def bank(slip: str, on: date, *, amount: Decimal, actor: Actor) -> None:
    """Everything that ``actor`` holds went to the bank, on one slip; the sum must be the same."""
    ensure_receives(actor)
    own = cash_of(actor.person_id or 0)
    ledger.lock(LEDGER, [own])
    gifts = queries.held().get(actor.person_id or 0, [])
    holds = sum((one.amount for one in gifts), Decimal())
    if amount != holds:
        raise Invalid({"amount": [_l("You hold %(holds)s. Count again, or hand over what is not"
                                     " brought to the bank.", holds=f"{holds:,.2f}")]})  # fmt: skip
    if queries.count(Act, Act.slip == slip.strip()):
        raise Invalid({"slip": [_l("This slip is written down already.")]})
    for gift in gifts:
        step(gift, "banked", "held", actor, slip=slip.strip())
        _move(gift, own, account("transit"), "bank", on, actor)
        audit.record("funds.bank", "gift", gift.id, actor=actor)


def confirm(gifts: Sequence[Gift], *, on: date | None = None, actor: Actor) -> None:
    """The host has the money of these gifts: from now on they can be used."""
    if not permissions.works(actor):
        raise Forbidden
    codes = {one.id: one.code for one in queries.purposes().values()}
    states = queries.states([one.id for one in gifts])
    for gift in gifts:
        if states.get(gift.id) != "banked":
            raise Conflict(_l("Gift %(number)s is not at the bank.", number=gift.number))
        step(gift, "confirmed", "banked", actor)
        target = account(f"fund:{codes[gift.purpose_id]}")
        _move(gift, account("transit"), target, "confirm", on or clock.today(), actor)
        audit.record("funds.confirm", "gift", gift.id, actor=actor)


def refund(gift: Gift, *, reason: str, actor: Actor) -> None:
    """Give a gift back, whole, that the host has not confirmed; both rows stay. What is confirmed
    the committee gives back (`payouts.ask_back`).
    """
    if not permissions.works(actor):
        raise Forbidden
    if not reason.strip():
        raise Invalid({"reason": [_l("Why is it given back? Everybody can read it: no names.")]})
    state = queries.states([gift.id])[gift.id]
    purpose = session.get_one(Purpose, gift.purpose_id)
    if state == "reversed":
        raise Conflict(_l("It was given back already."))
    if state == "confirmed":
        raise Conflict(_l("It is in the fund: only the committee gives it back. Ask for it."))
    holder = next((p for p, gifts in queries.held().items() if gift in gifts), 0)
    source = account("transit") if state == "banked" else cash_of(holder)
    ledger.lock(LEDGER, [source])
    step(gift, "reversed", state, actor, reason=reason.strip())
    day = clock.today()
    session.add(Use(
        gift_id=gift.id, gift_number=1, gift_before=gift.amount, gift_after=Decimal(),
        gift_amount=gift.amount, amount=gift.amount, purpose_id=gift.purpose_id,
        free=purpose.code == rules.FREE, on=day, at=clock.now(),
    ))  # fmt: skip
    _move(gift, source, account(f"world:{gift.way}"), "refund", day, actor, reason.strip())
    audit.record("funds.refund", "gift", gift.id, actor=actor)


def note(key: str, words: str, *, actor: Actor) -> None:
    """An explanation beside an entry; it changes nothing of it."""
    if not permissions.works(actor):
        raise Forbidden
    session.add(Note(key=key, words=words.strip(), at=clock.now(), by_id=actor.person_id))
    audit.record("funds.note", "fund", None, actor=actor)
