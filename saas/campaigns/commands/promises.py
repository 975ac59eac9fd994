"""Cards of fundraisers, and what was promised. Pledges come locked."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Final

import sqlalchemy as sa

from saas.campaigns.commands.campaigns import ensure_office, store_new, unit_of
from saas.campaigns.models import (
    Fundraiser,
    Pledge,
    PledgeRow,
)
from saas.funds import queries as funds
from saas.kernel import audit, clock, writers
from saas.kernel.context import Actor
from saas.kernel.db import session
from saas.kernel.errors import Conflict, Invalid, NotFound
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.shortcodes import new_code


def issue(
    *, name: str, unit: str, since: date, until: date, sample: bool = False, actor: Actor
) -> Fundraiser:  # fmt: skip
    """A card for somebody who asks for gifts."""
    ensure_office(actor)
    if until < since:
        raise Invalid({"until": [_l("It ends before it begins.")]})
    return store_new(Fundraiser(
        code=new_code(), name=name.strip(), unit_id=unit_of(unit).id, since=since, until=until,
        by_id=actor.person_id, sample=sample,
    ), "campaigns.issue", "fundraiser", actor)  # fmt: skip


def stop(one: Fundraiser, *, actor: Actor) -> None:
    """The card is not good any more, from this moment."""
    ensure_office(actor)
    one.stopped_on = one.stopped_on or clock.today()
    audit.record("campaigns.stop", "fundraiser", one.id, actor=actor)


def promise(
    *, kind: str, name: str, unit: str, since: date, until: date | None = None,
    percent: Decimal | None = None, amount: Decimal | None = None, document: str = "",
    sample: bool = False, actor: Actor,
) -> Pledge:  # fmt: skip
    """Somebody promises something: a share of a turnover, or a sum."""
    ensure_office(actor)
    wanted, other = ("percent", "amount") if kind == "contract" else ("amount", "percent")
    if {"percent": percent, "amount": amount}[wanted] is None:
        raise Invalid({wanted: [_l("How much was promised?")]})
    if kind == "contract" and not document.strip():
        raise Invalid(
            {"document": [_l("A share by contract needs its contract: write its number.")]}
        )
    return store_new(Pledge(
        code=new_code(), kind=kind, name=name.strip(), unit_id=unit_of(unit).id, since=since,
        until=until, document=document.strip(), sample=sample,
        **{wanted: percent if wanted == "percent" else amount, other: None},
    ), "campaigns.promise", "pledge", actor)  # fmt: skip


_PLEDGED: Final = {
    "declare": "campaigns.declare", "receive": "campaigns.receive", "link": "campaigns.link",
    "end": "campaigns.end_pledge",
}  # fmt: skip


def act_on_pledge(
    pledge: Pledge, *, verb: str, amount: Decimal | None = None, text: str = "",
    on: date | None = None, actor: Actor,
) -> None:  # fmt: skip
    """``declare``: the turnover of the month of ``on``, of which the last word counts. ``receive``:
    a share came by contract, to its own account with the host and not into the fund. ``link``: the
    gift of which ``text`` is the code keeps the promise. ``end``: nothing more is due from today
    on, and nobody is asked why.
    """
    ensure_office(actor)
    day = on or clock.today()
    if verb != "end" and (verb == "link") == (pledge.kind == "contract"):
        raise Conflict(_l("A share by contract is no gift: the two are kept apart."))
    if verb in {"declare", "receive"} and amount is None:
        raise Invalid({"amount": [_l("Write an amount.")]})
    if verb == "end":
        pledge.ended_on = pledge.ended_on or day
    elif verb == "link":
        gift = _gift(text)
        writers.in_turn("campaigns.link")
        if session.scalar(sa.select(PledgeRow.id).where(PledgeRow.gift_id == gift.id)):
            raise Invalid({"text": [_l("This gift keeps a promise already.")]})
        _row(pledge, "payment", gift.amount, gift.received_on, actor, gift_id=gift.id)
    elif verb == "declare":
        _row(pledge, "turnover", amount, day.replace(day=1), actor)
    else:
        _row(pledge, "payment", amount, day, actor, reference=text.strip())
    audit.record(_PLEDGED[verb], "pledge", pledge.id, actor=actor)


def _gift(code: str) -> Any:
    try:
        return funds.gift_by_code(code)
    except NotFound as error:
        raise Invalid({"text": [_l("No gift has this code: look at its slip.")]}) from error


def _row(
    pledge: Pledge, what: str, amount: Decimal | None, on: date, actor: Actor, **more: Any
) -> None:  # fmt: skip
    session.add(PledgeRow(pledge_id=pledge.id, kind=pledge.kind, what=what, amount=amount, on=on,
                          at=clock.now(), by_id=actor.person_id, **more))  # fmt: skip
    session.flush()
