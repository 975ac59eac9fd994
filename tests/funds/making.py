"""Gifts, payouts and a committee as tests need them: made by the commands that people use."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time
from decimal import Decimal
from functools import wraps
from typing import Any

import pytest

from saas.funds import commands, queries
from saas.funds.commands import Deed, Given, Need
from saas.funds.models import Gift, Item, Meeting, Payout
from saas.kernel import clock
from saas.kernel.context import SYSTEM, Actor
from saas.kernel.errors import Conflict, Invalid
from tests.support import District

#: Who sits in the committee of a test: the chair first, the supervisor last.
SEATS = {
    "community": "chair", "compound": "member", "courtyard": "member", "resident": "member",
    "officer": "supervisor",
}  # fmt: skip


def actor_of(district: District, who: str) -> Actor:
    """One of the cast."""
    return SYSTEM if who == "system" else district.actor(who)


def inside(test: Any) -> Any:
    """Let a test work in the district."""

    @wraps(test)
    def working(alpha: District) -> None:
        with alpha.work():
            test(alpha)

    return working


def given(amount: str, purpose: str = "elders", **more: Any) -> Given:
    """A gift."""
    return Given(**{"amount": Decimal(amount), "purpose": purpose, "way": "point",
                    "shown_as": "anonymous", **more})  # fmt: skip


def held(district: District, amount: str, purpose: str = "elders", **more: Any) -> Gift:
    """In cash with the keeper."""
    return commands.receive(
        district.unit("street"), given(amount, purpose, **more), actor=district.actor("keeper")
    )


def confirmed(district: District, amount: str, purpose: str = "elders", **more: Any) -> Gift:
    """By bank, and the host has seen it."""
    gift = commands.receive(
        district.unit("street"), given(amount, purpose, **{"way": "bank", **more}),
        actor=district.actor("street"),
    )  # fmt: skip
    commands.confirm([gift], on=more.get("received_on"), actor=district.actor("street"))
    return gift


def seated(district: District) -> None:
    """A committee of five."""
    for login, seat in SEATS.items():
        commands.seat(login=login, seat=seat, actor=district.actor("admin"))


def asked(district: District, amount: str, purpose: str = "elders", **more: Any) -> Payout:
    """Money is asked for by the street."""
    need = Need(**{"amount": Decimal(amount), "purpose": purpose, "what": "老年助餐",
                   "payee": "桂湖食堂", **more})  # fmt: skip
    return commands.ask(district.unit("street"), need, actor=district.actor("street"))


def begun(district: District, *payouts: Payout, here: int = 5) -> Meeting:
    """An evening of today that has begun, with these payouts; so many of the seats are here."""
    chair = district.actor("community")
    meeting = commands.call(on=clock.today(), hour=time(19), place="议事坊", actor=chair)
    for payout in payouts:
        commands.put_on(meeting, payout=payout.code, actor=chair)
    seats = [seat.id for seat in queries.members(clock.today())]
    commands.attend(meeting, members=seats[:here], here=True, actor=chair)
    commands.act_on(meeting, Deed(verb="begin"), actor=chair)
    return meeting


def cast(district: District, meeting: Meeting, votes: str = "yyyy", nth: int = 0) -> Item:
    """Members vote on an item, a letter each: yes, no, abstain, recused."""
    words = {"y": "yes", "n": "no", "a": "abstain", "r": "recused"}
    item: Item = queries.items_of(meeting)[nth][0]
    for who, letter in zip(SEATS, votes, strict=False):
        commands.vote(item, meeting, vote=words[letter], actor=district.actor(who))
    return item


def voted(district: District, payout: Payout, votes: str = "yyyy") -> Meeting:
    """An evening at which the committee votes on it."""
    meeting = begun(district, payout)
    cast(district, meeting, votes)
    return meeting


def closed(district: District, meeting: Meeting) -> None:
    """The evening is over."""
    commands.act_on(meeting, Deed(verb="close"), actor=district.actor("community"))


def act(district: District, payout: Payout, verb: str, who: str, **more: Any) -> None:
    """One act."""
    commands.act(payout, Deed(verb=verb, **more), actor=actor_of(district, who))


def sent(district: District, amount: str, purpose: str = "elders", **more: Any) -> Payout:
    """Decided, checked, sent: three people."""
    return through(district, asked(district, amount, purpose, **more))


def through(district: District, payout: Payout) -> Payout:
    """What was asked for goes through an evening, and is checked and sent."""
    meeting = voted(district, payout)
    act(district, payout, "resolve", "community")
    closed(district, meeting)
    act(district, payout, "check", "officer")
    act(district, payout, "send", "admin")
    return payout


def posted(district: District, amount: str, purpose: str = "elders", **more: Any) -> Payout:
    """Paid out."""
    payout = sent(district, amount, purpose, **more)
    act(district, payout, "post", "street")
    return payout


def given_back(district: District, gift: Gift, amount: str | None = None) -> Payout:
    """A gift of the fund is given back, by a resolution."""
    payout = through(district, commands.ask_back(
        gift, amount=Decimal(amount) if amount else None, reason="捐赠人撤回",
        actor=district.actor("street")))  # fmt: skip
    act(district, payout, "post", "street")
    return payout


def faults(do: Callable[[], object]) -> dict[str, str]:
    """At which fields something is refused, and why."""
    with pytest.raises(Invalid) as error:
        do()
    return {name: str(texts[0]) for name, texts in error.value.errors.items()}


def why(do: Callable[[], object]) -> object:
    """Why something cannot be done now."""
    with pytest.raises(Conflict) as error:
        do()
    return error.value.text


def left() -> Decimal:
    """What is left, when everything adds up."""
    money = queries.money()
    assert money.check == 0
    return money.left
