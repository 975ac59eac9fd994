"""An auction: bids that rise, late ones that extend, two in one second, what the desk does."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from threading import Barrier, Event
from time import sleep
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import ProgrammingError

from saas.campaigns import commands, queries, rules
from saas.campaigns.models import Bid, Lot, Pledge
from saas.funds import commands as fund
from saas.funds import queries as funds
from saas.funds.models import Gift
from saas.kernel import clock
from saas.kernel.audit import AuditEntry
from saas.kernel.db import session
from saas.kernel.errors import Forbidden, Invalid
from saas.notices.models import Notice
from tests.campaigns.making import act, bid, lot_of, paddle, published, refused_by
from tests.funds.making import confirmed, faults, inside, why
from tests.support import District, bring_up


@pytest.fixture(scope="module")
def crowded(app: Flask) -> District:
    """A district of its own."""
    return bring_up(app, "auctioned")


@pytest.mark.commits
def test_of_two_bids_in_one_second_one_wins_and_the_other_is_told(crowded: District) -> None:
    with crowded.work():
        campaign = published(crowded)
        code = lot_of(crowded, campaign).code
        people = ("resident", "neighbour", "compound", "courtyard")
        for who in people:
            paddle(crowded, campaign, who)
    gate = Barrier(len(people))

    def rival(who: str) -> str:
        gate.wait()
        try:
            with crowded.work():
                one = queries.one(Lot, code, lock=True)
                bid(crowded, one, who, "5.00")
        except Invalid as error:
            return str(error.errors["amount"][0])
        return "ahead"

    with ThreadPoolExecutor(len(people)) as pool:
        answers = list(pool.map(rival, people))
    assert sorted(answers)[0] == "ahead"
    assert answers.count("ahead") == 1
    assert all("至少出 6.00 元" in one for one in answers if one != "ahead")
    with crowded.work():
        one = queries.one(Lot, code)
        assert [row.after for row in queries.bids_of([one.id])[one.id]] == [5]


@pytest.mark.commits
def test_who_bids_for_two_things_in_one_second_has_one_number(crowded: District) -> None:
    with crowded.work():
        campaign = published(crowded)
        codes = [lot_of(crowded, campaign).code for _ in range(2)]
        number = campaign.id
    gate = Barrier(len(codes))

    def both(code: str) -> int:
        with crowded.work():
            assert queries.paddle_of(number, crowded.people["resident"]) is None
            gate.wait()
            return (
                bid(crowded, queries.one(Lot, code, lock=True), "resident", "5.00").paddle_id or 0
            )

    with ThreadPoolExecutor(len(codes)) as pool:
        assert len({*pool.map(both, codes)}) == 1


@pytest.mark.commits
def test_one_gift_keeps_one_of_two_promises_in_one_second(crowded: District) -> None:
    with crowded.work():
        street, today = crowded.actor("street"), clock.today()
        gift = confirmed(crowded, "50").code
        codes = [
            commands.promise(kind="shop", name="样例小店", unit=crowded.units["street"],
                             since=today, amount=Decimal(50), actor=street).code
            for _ in range(2)
        ]  # fmt: skip
    gate = Barrier(len(codes))

    def link(code: str) -> str:
        with crowded.work():
            one = queries.one(Pledge, code, lock=True)
            gate.wait()
            try:
                commands.act_on_pledge(one, verb="link", text=gift, actor=street)
            except Invalid as error:
                return str(error.errors["text"][0])
        return ""

    with ThreadPoolExecutor(len(codes)) as pool:
        answers = sorted(pool.map(link, codes))
    assert answers[0] == ""
    assert "已" in answers[1]


@pytest.mark.commits
def test_a_price_that_goes_back_while_the_thing_is_handed_over_breaks_nothing(
    crowded: District,
) -> None:
    with crowded.work():
        campaign = published(crowded)
        with clock.turned(timedelta(hours=-2)):
            lot = lot_of(crowded, campaign, minutes=5)
            bid(crowded, lot, "resident", "3.00")
        commands.act_on_lot(lot, verb="pay", actor=crowded.actor("keeper"))
        code, paid = lot.code, lot.gift_id
    handed = Event()

    def hand() -> None:
        with crowded.work():
            one = queries.one(Lot, code, lock=True)
            commands.act_on_lot(one, verb="hand", actor=crowded.actor("keeper"))
            handed.set()
            sleep(1)  # the other one waits for this lot by now

    def give_back() -> None:
        assert handed.wait(60)
        with crowded.work():
            gift = session.get_one(Gift, paid)
            fund.refund(gift, reason="付错了", actor=crowded.actor("street"))

    with ThreadPoolExecutor(2) as pool:
        for done in (pool.submit(hand), pool.submit(give_back)):
            done.result()
    with crowded.work():
        one = queries.one(Lot, code)
        assert (one.gift_id, one.handed_at is not None) == (paid, True)


@inside
def test_who_was_ahead_is_told_that_somebody_bid_more(alpha: District) -> None:
    campaign = published(alpha)
    lot = lot_of(alpha, campaign)
    bid(alpha, lot, "resident", "1.00")
    bid(alpha, lot, "neighbour", "2.50")
    told = session.scalars(sa.select(Notice).where(Notice.about == f"lot:{lot.id}")).all()
    assert [one.person_id for one in told] == [alpha.people["resident"]]
    for amount in ("3.49", "2.50"):
        assert "至少出 3.50 元" in faults(lambda a=amount: bid(alpha, lot, "resident", a))["amount"]
    with pytest.raises(Forbidden):  # by the number of somebody else
        commands.bid(lot, paddle(alpha, campaign, "neighbour"), Decimal(9),
                     actor=alpha.actor("resident"))  # fmt: skip


@inside
def test_who_won_is_told_once_and_the_next_one_when_the_bid_before_is_void(
    alpha: District,
) -> None:
    campaign = published(alpha)
    lot = lot_of(alpha, campaign, minutes=1)
    bid(alpha, lot, "resident", "1.00")
    bid(alpha, lot, "neighbour", "2.50")
    assert commands.ring() == 0, "it is not over"
    with clock.turned(lot.closes_at - clock.now()):
        assert (commands.ring(), commands.ring()) == (1, 0)
        assert _told_of(lot) == [alpha.people["neighbour"]]
        commands.act_on_lot(lot, verb="void", reason="样例", actor=alpha.actor("admin"))
        assert commands.ring() == 1
        assert _told_of(lot) == [alpha.people["neighbour"], alpha.people["resident"]]


@inside
def test_who_bid_at_the_desk_or_has_paid_is_told_nothing(alpha: District) -> None:
    campaign = published(alpha)
    desk, paid = lot_of(alpha, campaign, minutes=1), lot_of(alpha, campaign, minutes=1)
    street = alpha.actor("street")
    shown = commands.take_paddle(campaign.id, name="样例", phone="1000", actor=street)
    commands.bid(desk, shown, Decimal(2), actor=street)
    bid(alpha, paid, "resident", "1.00")
    with clock.turned(max(desk.closes_at, paid.closes_at) - clock.now()):
        commands.act_on_lot(paid, verb="pay", actor=street)
        assert commands.ring() == 1
        assert _told_of(desk) == _told_of(paid) == []


def _told_of(lot: Lot) -> list[int]:
    """Who was told that they won it, in order."""
    query = sa.select(Notice.person_id).where(
        Notice.about == f"lot:{lot.id}", Notice.kind == "campaigns.won"
    )
    return list(session.scalars(query.order_by(Notice.id)))


def _row(lot: Lot, **more: Any) -> Bid:
    return Bid(**{"lot_id": lot.id, "number": 2, "before_number": 1, "before": Decimal(5),
                  "rise": Decimal(1), "after": Decimal(6), "start": lot.start, "step": lot.step,
                  "at": clock.now(), **more})  # fmt: skip


@inside
def test_a_bid_that_does_not_rise_is_refused_by_the_database(alpha: District) -> None:
    campaign = published(alpha)
    lot = lot_of(alpha, campaign)
    first = bid(alpha, lot, "resident", "5.00")
    for forged, name in (
        ({"rise": Decimal("0.99"), "after": Decimal("5.99")}, "ck_campaign_bids_rises"),
        ({"rise": Decimal(0), "after": Decimal(5)}, "ck_campaign_bids_rises"),
        ({"rise": Decimal(1), "after": Decimal(9)}, "ck_campaign_bids_sum"),
        ({"before": Decimal(2), "after": Decimal(3)}, "fk_campaign_bids_chain"),
        ({"step": Decimal("0.01")}, "fk_campaign_bids_lot"),
        ({"number": 1, "before_number": None, "before": Decimal(0), "after": Decimal(1)},
         "uq_campaign_bids_number"),
        ({"voids": 1, "paddle_id": None, "reason": "x", "rise": Decimal(-1),
          "after": Decimal(4)}, "fk_campaign_bids_voids"),
        ({"paddle_id": None}, "ck_campaign_bids_rises"),
    ):  # fmt: skip
        row = _row(lot, **{"paddle_id": first.paddle_id, **forged})
        assert refused_by(row) == name, forged
    for statement in (sa.update(Bid).values(reason="x"), sa.delete(Bid)):
        with pytest.raises(ProgrammingError), session.begin_nested():
            session.execute(statement)


@inside
def test_late_bids_extend_ten_times_and_then_no_more(alpha: District) -> None:
    campaign = published(alpha)
    lot = lot_of(alpha, campaign, minutes=30)
    ends = lot.closes_at
    bid(alpha, lot, "resident", "1.00")
    assert lot.closes_at == ends, "it came early"
    for number in range(1, 13):
        with clock.turned(lot.closes_at - clock.now() - timedelta(seconds=30)):
            who = ("resident", "neighbour")[number % 2]
            refused = faults(lambda who=who: bid(alpha, lot, who, "1.00"))  # extends nothing
            assert "amount" in refused
            bid(alpha, lot, who, f"{number + 1}.00")
    assert lot.extended == 10
    assert lot.closes_at == ends + timedelta(minutes=20)
    with clock.turned(lot.closes_at - clock.now()):
        assert "不能出价" in str(why(lambda: bid(alpha, lot, "resident", "99")))
    assert refused_by(sa.update(Lot).values(extended=11)) == "ck_campaign_lots_extended"


@inside
def test_who_won_pays_at_the_desk_and_the_gift_names_the_lot(alpha: District) -> None:
    campaign = published(alpha)
    lot = lot_of(alpha, campaign, minutes=30)
    keeper = alpha.actor("keeper")
    offline = commands.take_paddle(campaign.id, name="欧阳植名", phone="13900139000", actor=keeper)
    bid(alpha, lot, "resident", "3.00")
    commands.bid(lot, offline, Decimal("8.00"), actor=keeper)
    assert why(lambda: commands.act_on_lot(lot, verb="pay", actor=keeper))
    assert "拍品" in str(why(lambda: act(alpha, campaign, "end")))
    with clock.turned(timedelta(minutes=31)):
        commands.act_on_lot(lot, verb="pay", actor=keeper)
        (gift,) = funds.gifts("", None, 9)
        assert (gift.amount, gift.campaign, gift.shown) == (Decimal("8.00"), campaign.code, "")
        assert "样例茶壶" in funds.notes_of([f"receive:{gift.code}"])[0]
        assert why(lambda: commands.act_on_lot(lot, verb="void", reason="x", actor=keeper))
        commands.act_on_lot(lot, verb="hand", actor=keeper)
        assert rules.lot_state(lot, offline, clock.now()) == "handed"
        act(alpha, campaign, "end")
    told = session.scalars(sa.select(AuditEntry)).all()
    assert not any("欧阳植名" in str(vars(one)) for one in told)


@inside
def test_what_was_paid_and_given_back_is_paid_again_before_it_is_handed_over(
    alpha: District,
) -> None:
    campaign, keeper = published(alpha), alpha.actor("keeper")
    lot = lot_of(alpha, campaign, minutes=5)
    bid(alpha, lot, "resident", "3.00")
    with clock.turned(timedelta(minutes=6)):
        commands.act_on_lot(lot, verb="pay", actor=keeper)
        gift = session.get_one(Gift, lot.gift_id)
        fund.refund(gift, reason="付错了", actor=alpha.actor("street"))
        assert (lot.gift_id, lot.price) == (None, None)
        assert why(lambda: commands.act_on_lot(lot, verb="hand", actor=keeper))
        commands.act_on_lot(lot, verb="pay", actor=keeper)
        commands.act_on_lot(lot, verb="hand", actor=keeper)
        again = session.get_one(Gift, lot.gift_id)
        assert again.id != gift.id
        fund.refund(again, reason="退货", actor=alpha.actor("street"))
        assert lot.gift_id == again.id, "who won has it: what it was handed over for stays"


@inside
def test_who_won_on_the_last_day_of_a_campaign_pays_after_it(alpha: District) -> None:
    campaign = published(alpha, until=clock.today())
    lot = lot_of(alpha, campaign, minutes=5)
    bid(alpha, lot, "resident", "3.00")
    with clock.turned(timedelta(days=1)):
        commands.act_on_lot(lot, verb="pay", actor=alpha.actor("keeper"))
        assert (lot.price, funds.gifts("", None, 9)[0].campaign) == (3, campaign.code)
        act(alpha, campaign, "end")


@inside
def test_a_bid_that_is_not_paid_is_void_with_a_reason_and_the_one_before_it_wins(
    alpha: District,
) -> None:
    campaign = published(alpha)
    lot = lot_of(alpha, campaign, minutes=30)
    keeper = alpha.actor("keeper")
    bid(alpha, lot, "resident", "3.00")
    bid(alpha, lot, "neighbour", "8.00")
    with clock.turned(timedelta(minutes=31)):
        for number in (3, 1):  # then there is nobody
            assert "reason" in faults(lambda: commands.act_on_lot(lot, verb="void", actor=keeper))
            commands.act_on_lot(lot, verb="void", reason="四十八小时未付", actor=keeper)
            chain = queries.bids_of([lot.id])[lot.id]
            top = rules.standing(chain)
            assert (top.after if top else 1) == number
        assert [row.after for row in chain] == [3, 8, 3, 0]
        assert rules.lot_state(lot, None, clock.now()) == "unsold"
