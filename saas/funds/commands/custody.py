"""Cash between people: boxes that two open, hand-overs that are accepted."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from saas import attachments, ledger
from saas.accounts import queries as people
from saas.funds import permissions, queries, rules
from saas.funds.books import LEDGER
from saas.funds.commands.gifts import Given, cash_of, ensure_receives, receive
from saas.funds.models import Box, Gift, Handover, Opening, Purpose
from saas.kernel import audit, clock
from saas.kernel.context import Actor
from saas.kernel.db import session
from saas.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from saas.kernel.i18n import lazy_gettext as _l
from saas.ledger import Transfer
from saas.territory.queries import Unit


def add_box(unit: Unit, *, code: str, place: str, purpose: str, actor: Actor) -> Box:
    """A new box at a place."""
    if not permissions.works(actor):
        raise Forbidden
    found = queries.purposes().get(purpose)
    if found is None:
        raise Invalid({"purpose": [_l("Choose one of the list.")]})
    if any(one.code == code.strip() for one in queries.boxes()):
        raise Invalid({"code": [_l("There is a box with this number already.")]})
    box = Box(code=code.strip(), place=place.strip(), unit_id=unit.id, purpose_id=found.id)
    session.add(box)
    session.flush()
    audit.record("funds.add_box", "box", box.id, actor=actor, unit_path=unit.path)
    return box


def open_box(
    box: Box, unit: Unit, *, second: str, counts: Mapping[int, int], photo: Any = (),
    submission: str | None = None, actor: Actor,
) -> Gift:  # fmt: skip
    """Two people open a box and count what lies in it, note by note: it is one gift without a name.

    ``second`` is the sign-in name of the other one.
    """
    ensure_receives(actor)
    if again := queries.submitted(Gift, submission):
        return again
    other = people.person_by_login(second.strip())
    if other is None or other.id == actor.person_id:
        raise Invalid({"second": [_l("Two people open a box: write the sign-in name of the"
                                     " other one.")]})  # fmt: skip
    amount = rules.counted_total(counts)
    if amount <= 0:
        raise Invalid({"n_100": [_l("Count what lies in it.")]})
    purpose = session.get_one(Purpose, box.purpose_id)
    given = Given(amount=amount, purpose=purpose.code, way="box", shown_as="anonymous",
                  point=box.code)  # fmt: skip
    taken = attachments.take(photo, field="photo") if photo else []
    gift = receive(unit, given, submission=submission, actor=actor)
    opening = Opening(
        box_id=box.id, gift_id=gift.id, first_id=actor.person_id, second_id=other.id,
        amount=amount, at=clock.now(), **{f"n_{coin}": counts.get(coin, 0) for coin in rules.COINS},
    )  # fmt: skip
    session.add(opening)
    session.flush()
    if taken:
        attachments.attach(
            taken, thing="box", thing_id=box.id, place="evidence", sealed=True, actor=actor
        )
    audit.record("funds.open_box", "box", box.id, actor=actor, unit_path=unit.path)
    return gift


def hand_over(*, to: str, actor: Actor) -> Handover:
    """Offer all the cash that one holds to another, by the sign-in name; it stays one's own until
    it is accepted.
    """
    ensure_receives(actor)
    assert actor.person_id is not None
    other = people.person_by_login(to.strip())
    if other is None or other.id == actor.person_id:
        raise Invalid({"to": [_l("Write the sign-in name of who takes it.")]})
    holds = ledger.balance(LEDGER, f"cash:{actor.person_id}")
    if not holds:
        raise Conflict(_l("You hold no cash."))
    if queries.waiting_handover(actor.person_id):
        raise Conflict(_l("Another hand-over still waits to be accepted."))
    made = Handover(from_id=actor.person_id, to_id=other.id, amount=holds, at=clock.now())
    session.add(made)
    session.flush()
    audit.record("funds.hand_over", "handover", made.id, actor=actor)
    return made


def take_over(*, accept: bool, actor: Actor) -> None:
    """Accept the cash that is offered, or say that it is not right."""
    found = queries.waiting_handover(actor.person_id or 0, lock=True)
    if found is None or (accept and found.to_id != actor.person_id):
        raise NotFound
    if not accept:
        found.declined_at = clock.now()
    else:
        ledger.lock(LEDGER, [cash_of(found.from_id), cash_of(found.to_id)])
        holds = ledger.balance(LEDGER, f"cash:{found.from_id}")
        if holds != found.amount:
            raise Conflict(_l("More came in since it was offered: ask for a new hand-over."))
        found.at = found.accepted_at = clock.now()
        ledger.post(LEDGER, Transfer(
            source=cash_of(found.from_id), target=cash_of(found.to_id), amount=Decimal(holds),
            key=f"handover:{found.id}", kind="handover", on=clock.today(),
        ), actor=actor)  # fmt: skip
    audit.record("funds.take_over" if accept else "funds.decline", "handover", found.id,
                 actor=actor)  # fmt: skip
