"""The evening of the committee; what it alone may give back; what the database refuses of both."""

from __future__ import annotations

from datetime import time, timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa

from saas import ledger
from saas.figures import counting
from saas.figures import queries as measures
from saas.figures.cut import Cut
from saas.funds import commands, queries, rules, views
from saas.funds.books import LEDGER
from saas.funds.commands import Deed
from saas.funds.models import Earlier, Gift, Meeting, Resolution
from saas.kernel import clock
from saas.kernel.db import session
from saas.kernel.errors import Forbidden
from saas.notices.models import Notice
from tests.funds.making import (
    act,
    asked,
    begun,
    cast,
    closed,
    confirmed,
    faults,
    given_back,
    held,
    inside,
    left,
    posted,
    seated,
    sent,
    through,
    voted,
    why,
)
from tests.funds.test_ledger import refusal
from tests.support import District

_ACT = (
    "INSERT INTO fund_gift_acts (gift_id, state, before, reason, at, payout_id, earlier_id)"
    " VALUES (:gift, 'reversed', :before, 'x', now(), :payout, :earlier)"
)
_VOTE = (
    "INSERT INTO fund_votes (payout_id, member_id, vote, at, item_id, meeting_id, earlier_id)"
    " VALUES (:payout, :member, 'yes', now(), :item, :meeting, :earlier)"
)
_RESOLUTION = (
    'INSERT INTO fund_resolutions (number, before_number, payout_id, "on", amount, members, yes,'
    " no, abstained, recused, at, item_id) VALUES (:number, :behind, :payout, current_date,"
    " :amount, 5, :yes, :no, 0, 0, now(), :item)"
)
_USE = (
    "INSERT INTO fund_gift_uses (gift_id, gift_number, gift_before, gift_after, gift_amount,"
    " payout_id, payout_number, payout_before, payout_after, amount, purpose_id, free, allowed_id,"
    ' back, "on", at) VALUES (:gift, 1, :amount, 0, :amount, :payout, 1, 0, :amount, :amount,'
    " :purpose, :free, :purpose, :back, current_date, now())"
)


@inside
def test_the_database_gives_no_confirmed_gift_back_without_its_resolution(alpha: District) -> None:
    seated(alpha)
    gift, other, cash = confirmed(alpha, "5"), confirmed(alpha, "7"), held(alpha, "3")
    payout = commands.ask_back(gift, reason="撤回", actor=alpha.actor("street"))

    def back(**wrong: object) -> str:
        values = {"gift": gift.id, "before": "confirmed", "payout": None, "earlier": None}
        return refusal(_ACT, **{**values, **wrong})

    assert back() == "ck_fund_gift_acts_by_resolution"
    assert back(earlier=gift.id) == "fk_fund_gift_acts_earlier_id"
    assert back(payout=payout.id) == "fk_fund_gift_acts_resolution", "asked for is not decided"
    assert "permission denied" in refusal(f"INSERT INTO fund_earlier (gift_id) VALUES ({gift.id})")
    assert back(gift=cash.id, before="held") == "", "in cash the office gives it back"
    through(alpha, payout)
    assert back(gift=other.id, payout=payout.id) == "fk_fund_gift_acts_payout"
    purpose = queries.purposes()["elders"].id
    use = {"payout": payout.id, "purpose": purpose, "free": False, "back": gift.id}
    wrong = refusal(_USE, **use, gift=other.id, amount=7)
    assert wrong == "ck_fund_gift_uses_back", "another gift does not pay for it"
    hidden = refusal(_USE, **{**use, "back": 0}, gift=other.id, amount=7)
    assert hidden == "fk_fund_gift_uses_back"
    assert back(payout=payout.id) == ""


@inside
def test_the_database_takes_one_vote_of_who_is_here_and_no_motion_that_is_not_carried(
    alpha: District,
) -> None:
    seated(alpha)
    payout = asked(alpha, "5")
    meeting = begun(alpha, payout, here=4)
    item = cast(alpha, meeting, "yn")
    first, *_others, away = queries.members(clock.today())

    def vote(**wrong: object) -> str:
        values = {"payout": payout.id, "member": first.id, "item": item.id, "meeting": meeting.id,
                  "earlier": None}  # fmt: skip
        return refusal(_VOTE, **{**values, **wrong})

    assert vote() == "uq_fund_votes_once"
    assert vote(member=away.id) == "fk_fund_votes_here"
    assert vote(item=None, meeting=None) == "ck_fund_votes_in_meeting"
    assert vote(item=None, meeting=None, earlier=payout.id) == "fk_fund_votes_earlier_id"
    motion = {"number": 1, "behind": None, "payout": payout.id, "amount": 5, "item": item.id}
    assert refusal(_RESOLUTION, **motion, yes=1, no=1) == "ck_fund_resolutions_carried"
    assert refusal(_RESOLUTION, **motion, yes=2, no=0) == "ck_fund_resolutions_carried", "no quorum"
    loose = {**motion, "item": None}
    assert refusal(_RESOLUTION, **loose, yes=3, no=0) == "ck_fund_resolutions_in_meeting"
    gone = f"DELETE FROM fund_present WHERE meeting_id = {meeting.id} AND member_id = {first.id}"
    assert refusal(gone) == "fk_fund_votes_here", "who voted was here"
    assert refusal(f"DELETE FROM fund_items WHERE id = {item.id}") == "fk_fund_votes_item"
    assert session.scalar(sa.select(Earlier.id)) is None


@inside
def test_a_gift_of_the_fund_goes_back_by_a_resolution_and_by_another_than_who_asked(
    alpha: District,
) -> None:
    seated(alpha)
    gift, street = confirmed(alpha, "5"), alpha.actor("street")
    assert "reason" in faults(lambda: commands.ask_back(gift, reason=" ", actor=street))
    assert "amount" in faults(
        lambda: commands.ask_back(gift, amount=Decimal(6), reason="x", actor=street))  # fmt: skip
    with pytest.raises(Forbidden):
        commands.ask_back(gift, reason="x", actor=alpha.actor("keeper"))
    payout = commands.ask_back(gift, reason="撤回", actor=street)
    assert why(lambda: commands.ask_back(gift, reason="x", actor=street))
    twice = f"UPDATE fund_payouts SET gift_id = {gift.id} WHERE id = {asked(alpha, '1').id}"
    assert refusal(twice) == "uq_fund_payouts_asked_back"
    meeting = voted(alpha, payout)
    act(alpha, payout, "resolve", "community")
    closed(alpha, meeting)
    act(alpha, payout, "check", "officer")
    assert why(lambda: act(alpha, payout, "send", "street"))
    act(alpha, payout, "send", "admin")
    act(alpha, payout, "post", "street")
    assert queries.states([gift.id]) == {gift.id: "reversed"}
    assert left() == queries.money().raised == 0
    assert why(lambda: act(alpha, payout, "tell", "street", reason="x", heads=1))
    assert ledger.broken(LEDGER) == []


@inside
def test_of_a_gift_that_was_used_what_is_left_goes_back_and_more_from_free_money_alone(
    alpha: District,
) -> None:
    seated(alpha)
    gift, street = confirmed(alpha, "10", campaign=None), alpha.actor("street")
    posted(alpha, "4")
    confirmed(alpha, "50")
    assert "amount" in faults(
        lambda: commands.ask_back(gift, amount=Decimal(5), reason="x", actor=street))  # fmt: skip
    late = through(alpha, commands.ask_back(gift, amount=Decimal(9), reason="x", actor=street))
    assert "不足" in str(why(lambda: act(alpha, late, "post", "street"))), "others do not pay it"
    act(alpha, late, "return", "street", reason="x")
    free = confirmed(alpha, "3", "free")
    payout = given_back(alpha, gift, "9")
    assert queries.own_parts([payout.id]) == {payout.id: 6}
    assert (queries.left_of(gift), queries.left_of(free)) == (0, 0)
    assert queries.states([gift.id]) == {gift.id: "confirmed"}, "a part of it was used"
    money = queries.money()
    assert (money.raised, money.used, money.left) == (57, 7, 50)
    assert [one.amount for one in views.done([payout])] == ["3.00"]
    assert "amount" in faults(
        lambda: commands.ask_back(gift, amount=Decimal(2), reason="x", actor=street))  # fmt: skip


@inside
def test_an_agenda_says_what_is_left_after_the_items_before(alpha: District) -> None:
    seated(alpha)
    confirmed(alpha, "10")
    confirmed(alpha, "5", "free")
    sent(alpha, "2")  # promised elsewhere
    meeting = begun(alpha, asked(alpha, "9"), asked(alpha, "3"), asked(alpha, "1", "children"))
    evening = views.evening_of(meeting, alpha.actor("community"))
    assert [(one.now, one.before, one.after) for one in evening.points] == [
        (13, 13, 4), (13, 4, 1), (5, 1, 0)]  # fmt: skip
    with session.begin_nested() as trial:
        posted(alpha, "0.01", "free")
        again = views.evening_of(meeting, alpha.actor("community"))
        assert again.points[2].after == Decimal("-0.01")
        trial.rollback()


def test_free_money_pays_what_a_purpose_has_not() -> None:
    ask, pots = rules.Ask, {"a": Decimal(3), "free": Decimal(2)}
    asks = [ask("a", Decimal(4)), ask("free", Decimal(1)), ask("a", Decimal(1)),
            ask("b", Decimal(1), Decimal(1))]  # fmt: skip
    assert rules.run_down(pots, asks) == [(5, 1), (1, 0), (0, -1), (0, -1)]


@inside
def test_members_are_told_when_it_is_called_and_when_it_is_called_off(alpha: District) -> None:
    seated(alpha)
    chair, payout = alpha.actor("community"), asked(alpha, "1")
    meeting = commands.call(on=clock.today(), hour=time(19), place="x", actor=chair)
    commands.put_on(meeting, payout=payout.code, actor=chair)
    assert why(lambda: commands.put_on(meeting, payout=payout.code, actor=chair))
    off = Deed(verb="call_off")
    assert "reason" in faults(lambda: commands.act_on(meeting, off, actor=chair))
    commands.act_on(meeting, Deed(verb="call_off", reason="停电"), actor=chair)
    told = session.scalars(sa.select(Notice.kind).where(Notice.about == f"meeting:{meeting.id}"))
    assert sorted(told) == ["funds.meet"] * 5 + ["funds.off"] * 5
    assert queries.to_decide() == [payout], "it waits for the next one"
    assert why(lambda: commands.act_on(meeting, Deed(verb="begin"), actor=chair))
    with pytest.raises(Forbidden):
        commands.call(on=clock.today(), actor=alpha.actor("resident"))
    assert "on" in faults(lambda: commands.call(
        on=clock.today() - timedelta(days=1), actor=chair))  # fmt: skip


@inside
def test_an_agenda_stays_as_it_is_when_the_meeting_has_begun(alpha: District) -> None:
    seated(alpha)
    chair, payout, other = alpha.actor("community"), asked(alpha, "1"), asked(alpha, "2")
    meeting = commands.call(on=clock.today(), hour=time(19), place="x", actor=chair)
    assert "议程" in str(why(lambda: commands.act_on(meeting, Deed(verb="begin"), actor=chair)))
    for one in (payout, other):
        commands.put_on(meeting, payout=one.code, actor=chair)
    commands.take_off(queries.items_of(meeting)[1][0], meeting, actor=chair)
    item = queries.items_of(meeting)[0][0]
    assert why(lambda: commands.vote(item, meeting, vote="yes", actor=chair)), "not yet"
    commands.act_on(meeting, Deed(verb="begin"), actor=chair)
    assert why(lambda: commands.vote(item, meeting, vote="yes", actor=chair)), "nobody is here"
    seat = queries.members(clock.today())[0]
    commands.attend(meeting, members=[seat.id], here=True, actor=chair)
    cast(alpha, meeting, "y")
    assert why(lambda: commands.take_off(item, meeting, actor=chair))
    assert why(lambda: commands.put_on(meeting, subject="x", actor=chair))
    assert why(lambda: commands.attend(meeting, members=[seat.id], here=False, actor=chair))
    closed(alpha, meeting)
    assert why(lambda: commands.vote(item, meeting, vote="yes", actor=alpha.actor("compound")))
    assert why(lambda: commands.minute(item, meeting, said="x", actor=chair))


@inside
def test_who_steps_aside_is_not_counted_and_can_cost_the_quorum(alpha: District) -> None:
    seated(alpha)
    payout = asked(alpha, "1")
    meeting = begun(alpha, payout, here=3)
    item = cast(alpha, meeting, "yyr")
    ((point,),) = ([*views.evening_of(meeting, alpha.actor("community")).points],)
    assert (point.bar, point.counts["recused"]) == ("no_quorum", 1)
    assert why(lambda: commands.resolve(item, meeting, actor=alpha.actor("community")))
    closed(alpha, meeting)
    assert session.scalar(sa.select(Resolution.id)) is None
    again = voted(alpha, payout, "yyyr")  # the votes of the first evening are over
    act(alpha, payout, "resolve", "community")
    resolution = queries.resolution_of(payout)
    assert resolution is not None
    assert (resolution.yes, resolution.recused) == (3, 1)
    assert resolution.item_id == queries.items_of(again)[0][0].id


@inside
def test_a_meeting_closes_when_what_was_carried_is_written_down(alpha: District) -> None:
    seated(alpha)
    payout = asked(alpha, "1")
    meeting = voted(alpha, payout)
    assert "先记录决议" in str(why(lambda: closed(alpha, meeting)))
    act(alpha, payout, "resolve", "community")
    closed(alpha, meeting)
    assert meeting.state == "closed"
    again = f"UPDATE fund_meetings SET state = 'held' WHERE id = {meeting.id}"
    assert refusal(again) == "fk_fund_meeting_acts_last", "it never opens again"
    assert [one.verb for one in queries.meeting_acts(meeting)] == ["call", "begin", "close"]
    assert queries.present(meeting) == {one.id for one in queries.members(clock.today())}


@inside
def test_what_is_small_and_urgent_is_voted_on_in_writing_until_its_day(alpha: District) -> None:
    seated(alpha)
    chair, payout = alpha.actor("community"), asked(alpha, "1")
    meeting = commands.call(on=clock.today() + timedelta(days=2), actor=chair)
    commands.put_on(meeting, payout=payout.code, actor=chair)
    commands.act_on(meeting, Deed(verb="begin"), actor=chair)
    item = cast(alpha, meeting, "yy")
    assert len(queries.present(meeting)) == 2
    assert queries.to_vote(alpha.actor("courtyard"), clock.today()) == (meeting, 1)
    assert queries.to_vote(chair, clock.today()) is None
    assert "仍可表决" in str(why(lambda: closed(alpha, meeting)))
    with clock.turned(timedelta(days=3)):
        late = alpha.actor("courtyard")
        assert why(lambda: commands.vote(item, meeting, vote="yes", actor=late))
        closed(alpha, meeting)
    assert (payout.state, session.get_one(Meeting, meeting.id).hour) == ("asked", None)


@inside
def test_a_gift_of_which_a_part_was_given_back_counts_without_that_part(alpha: District) -> None:
    seated(alpha)
    gift, whole, kept = confirmed(alpha, "10"), confirmed(alpha, "6"), confirmed(alpha, "5")
    given_back(alpha, whole)
    posted(alpha, "7")
    given_back(alpha, gift)
    cut = Cut((alpha.unit("root").path,))
    counted = counting.count_measures([measures.measures()["gifts_total"]], cut)["gifts_total"]
    assert counted == queries.money().raised < gift.amount + kept.amount


@inside
def test_a_gift_given_back_whole_is_gone_from_what_its_way_brought(alpha: District) -> None:
    seated(alpha)
    gift = confirmed(alpha, "8", campaign=None)
    given_back(alpha, gift)
    assert queries.money().ways == {}
    assert session.scalar(sa.select(sa.func.count()).select_from(Gift)) == 1
