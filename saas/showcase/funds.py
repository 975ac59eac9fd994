"""What was given to a demo's fund and what it did, by the commands that people use."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import time, timedelta
from decimal import Decimal
from typing import Any, Final

from saas.accounts import queries as people
from saas.casework import quietly
from saas.funds import commands, queries
from saas.funds.commands import Deed, Given, Need
from saas.funds.models import Gift, Payout
from saas.kernel import clock
from saas.kernel.context import SYSTEM, Actor
from saas.showcase import campaigns, goods
from saas.showcase.campaigns import Office, on
from saas.showcase.package.funds import DemoFunds, DemoPayout
from saas.showcase.statements import read_statements
from saas.territory import queries as territory

#: How gifts are shown, in turn; of ten two free ones, which pay whatever is missing.
_SHOWN: Final = ("anonymous", "anonymous", "initial", "anonymous", "name")
_FREE_EACH: Final = 6
#: So many payouts the committee decides in an evening.
_EVENING: Final = 3


def fill_fund(demo: DemoFunds) -> int:
    """Sources, the committee, gifts and payouts, unless they are there; returns how many gifts.
    What a guest was quicker to give stays beside them.
    """
    root = queries.got(territory.root())
    if queries.count(Gift, Gift.sample.is_(True)):
        return 0
    office = campaigns.Office(_actor(demo.asker), _actor(demo.sender), root)
    with quietly():
        campaigns.pledges(demo, office)
        gifts = _gifts(demo, office)
        _add_sources(demo, root)
        with on(demo.begun):
            for place, login in enumerate(demo.seats):
                seat = {0: "chair", len(demo.seats) - 1: "supervisor"}.get(place, "member")
                commands.seat(login=login, seat=seat, actor=SYSTEM)
        made = 0
        actors = {login: _actor(login) for login in {demo.asker, demo.sender, *demo.seats}}
        for first in range(0, len(demo.payouts), _EVENING):
            here = demo.payouts[first : first + _EVENING]
            with on(here[0].on):
                decided = _decide(demo, here, root, actors)
            for one, payout in zip(here, decided, strict=True):
                with on(one.on):
                    made += commands.take_over_gifts(root, next(gifts), actor=SYSTEM)
                    _pay(demo, one, payout, actors)
        campaigns.finish(demo, office)
        read_statements(demo, office)
        goods.bring(demo, office)
    return made


def _gifts(demo: DemoFunds, office: Office) -> Iterator[list[Given]]:
    """The gifts before each payout, by the campaigns of those days: from a fixed seed, to the fen
    what it cost.
    """
    dice, begun, number = random.Random(1519), demo.begun, 0  # noqa: S311
    kinds = campaigns.kinds_of(demo, dice)
    cards, points = campaigns.cards(demo, office), campaigns.points(demo, office)
    parts = len(demo.payouts)
    for nth, payout in enumerate(demo.payouts):
        here = kinds[nth * len(kinds) // parts : (nth + 1) * len(kinds) // parts]
        days = [begun + timedelta(days=max((payout.on - begun).days - 2, 1) * n // payout.gifts)
                for n in range(payout.gifts)]  # fmt: skip
        turns = [n * len(here) // payout.gifts for n in range(payout.gifts)]
        codes = [
            campaigns.begin(*kind, payout.purpose, days[turns.index(turn)],
                            days[payout.gifts - 1 - turns[::-1].index(turn)], office)
            for turn, kind in enumerate(here)
        ]  # fmt: skip
        found = []
        for place, fen in enumerate(_parts(payout.fen, payout.gifts, dice)):
            ways, shown = here[turns[place]][0].ways, _SHOWN[number % len(_SHOWN)]
            way = ways[number % len(ways)]
            found.append(Given(
                amount=Decimal(fen) / 100, way=way, shown_as=shown, received_on=days[place],
                purpose="free" if number % _FREE_EACH == 0 else payout.purpose,
                name="" if shown == "anonymous" else demo.donors[number % len(demo.donors)],
                campaign=codes[turns[place]], fundraiser=cards[number % len(cards)], sample=True,
                point=points[number % len(points)] if way == "point" else "",
                slip=f"{days[place]:%Y%m}-{nth + 1:02}{turns[place] + 1}",
            ))  # fmt: skip
            number += 1
        yield found
        begun = payout.on


def _parts(fen: int, number: int, dice: random.Random) -> list[int]:
    """So many amounts that sum up to ``fen``: most of them even yuan, the last closes the sum."""
    weights = [dice.choice((1, 1, 2, 2, 5, 10)) for _ in range(number)]
    even = [max(fen * weight // sum(weights) // 100 * 100, 100) for weight in weights[:-1]]
    return [*even, fen - sum(even)]


def _decide(
    demo: DemoFunds, needs: Sequence[DemoPayout], root: Any, actors: Mapping[str, Actor]
) -> list[Payout]:  # fmt: skip
    """What was asked for until an evening of the committee, which decides all of it."""
    chair, asker = actors[demo.seats[0]], actors[demo.asker]
    payouts = [
        commands.ask(root, Need(
            amount=Decimal(one.fen) / 100, purpose=one.purpose, what=one.what, payee=one.payee,
            care=True, sample=True,
        ), actor=asker)
        for one in needs
    ]  # fmt: skip
    meeting = commands.call(on=clock.today(), hour=time(19), place=demo.points[0].place,
                            sample=True, actor=chair)  # fmt: skip
    items = [commands.put_on(meeting, payout=one.code, actor=chair) for one in payouts]
    seats = [seat.id for seat in queries.members(clock.today())]
    commands.attend(meeting, members=seats, here=True, actor=chair)
    commands.act_on(meeting, Deed(verb="begin"), actor=chair)
    for login in demo.seats:
        for item in items:
            commands.vote(item, meeting, vote="yes", actor=actors[login])
    for item in items:
        commands.resolve(item, meeting, actor=chair)
    commands.act_on(meeting, Deed(verb="close"), actor=chair)
    return payouts


def _pay(
    demo: DemoFunds, one: DemoPayout, payout: Payout, actors: Mapping[str, Actor]
) -> None:  # fmt: skip
    """Checked, sent, posted, told: by those whose it is."""
    steps = (("check", demo.seats[-1]), ("send", demo.sender), ("post", demo.asker))
    for verb, login in steps:
        reference = f"{one.on:%Y%m%d}" if verb == "post" else ""
        commands.act(payout, Deed(verb=verb, reference=reference), actor=actors[login])
    told = Deed(verb="tell", reason=one.told, heads=one.heads)
    commands.act(payout, told, actor=actors[demo.asker])


def _actor(login: str) -> Actor:
    person = people.person_by_login(login)
    return queries.got(people.load_actor(person.id) if person else None)


def _add_sources(demo: DemoFunds, root: Any) -> None:
    for one in demo.sources:
        source = commands.add_source(
            root, name=one.name, department=one.department, document=one.document,
            amount=Decimal(one.yuan), since=one.since, until=one.until, about=one.about,
            sample=True, actor=SYSTEM,
        )  # fmt: skip
        for line in one.lines:
            made = commands.add_line(
                source, name=line.name, purpose=line.purpose, amount=Decimal(line.yuan),
                until=line.until, stops=line.stops, about=line.about, actor=SYSTEM,
            )  # fmt: skip
            if line.spent:
                spent, on = Decimal(line.spent), one.since
                held = commands.reserve(made, what=line.purpose, amount=spent, on=on, actor=SYSTEM)
                commands.settle(made, held, amount=spent, pay=True, on=on, actor=SYSTEM)
