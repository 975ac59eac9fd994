"""From a gift to what it did, and everything that is refused on the way, in plain words."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa

from saas import ledger
from saas.funds import commands, queries
from saas.funds.books import LEDGER
from saas.funds.models import Gift, Posting, Use
from saas.kernel import clock
from saas.kernel.db import session
from saas.kernel.errors import Conflict, Forbidden
from tests.funds.making import (
    act,
    asked,
    begun,
    confirmed,
    faults,
    given,
    held,
    inside,
    left,
    posted,
    seated,
    sent,
    voted,
    why,
)
from tests.organisations.making import started
from tests.support import District


@inside
def test_ten_yuan_go_from_the_box_to_the_lunch_that_they_paid(alpha: District) -> None:
    seated(alpha)
    keeper, street = alpha.actor("keeper"), alpha.actor("street")
    box = commands.add_box(alpha.unit("street"), code="7", place="食堂门口", purpose="elders",
                           actor=street)  # fmt: skip
    gift = commands.open_box(box, alpha.unit("street"), second="community",
                             counts={500: 1, 100: 4, 50: 2}, actor=keeper)  # fmt: skip
    assert gift.amount == Decimal("10.00")
    assert queries.held()[keeper.person_id] == [gift]
    handed = commands.hand_over(to="street", actor=keeper)
    commands.take_over(accept=True, actor=street)
    assert handed.accepted_at
    assert queries.held()[street.person_id] == [gift]
    commands.bank("S-1", clock.today(), amount=Decimal("10.00"), actor=street)
    commands.confirm([gift], actor=street)
    assert queries.states([gift.id]) == {gift.id: "confirmed"}
    payout = posted(alpha, "10.00")
    act(alpha, payout, "tell", "street", reason="午餐五份", heads=5)
    ((use, paid, story),) = queries.uses_of(gift)
    assert (use.gift_after, paid.code, story.heads) == (0, payout.code, 5)
    assert left() == 0
    assert ledger.broken(LEDGER) == []


@inside
def test_what_was_split_comes_together_to_the_fen(alpha: District) -> None:
    seated(alpha)
    gift = confirmed(alpha, "873.18")
    for amount in ("611.23", "261.95"):
        posted(alpha, amount)
    assert queries.left_of(gift) == 0
    assert left() == 0


@inside
def test_the_own_purpose_pays_first_and_free_gifts_after_it(alpha: District) -> None:
    seated(alpha)
    free, own = confirmed(alpha, "50", "free"), confirmed(alpha, "30")
    other = confirmed(alpha, "99", "children")
    payout = posted(alpha, "60")
    assert [(gift.id, use.amount) for use, gift in queries.cover_of(payout)] == [
        (own.id, 30), (free.id, 30)]  # fmt: skip
    assert queries.left_of(other) == 99
    late = sent(alpha, "20.01")
    assert "不足以支付到分" in str(why(lambda: act(alpha, late, "post", "street")))
    assert session.scalar(sa.select(sa.func.count()).select_from(Posting)) == 1


@inside
def test_a_refund_by_the_office_goes_whole_and_only_before_the_host_has_it(alpha: District) -> None:
    seated(alpha)
    street = alpha.actor("street")
    gift, cash = confirmed(alpha, "5"), held(alpha, "3")
    assert "reason" in faults(lambda: commands.refund(cash, reason=" ", actor=street))
    commands.refund(cash, reason="假币", actor=street)
    assert left() == 5
    assert "已" in str(why(lambda: commands.refund(cash, reason="x", actor=street)))
    assert "管委会" in str(why(lambda: commands.refund(gift, reason="x", actor=street)))
    with pytest.raises(Forbidden):
        commands.refund(gift, reason="x", actor=alpha.actor("keeper"))


@inside
def test_three_people_and_a_resolution(alpha: District) -> None:
    payout = asked(alpha, "10")
    seated(alpha)
    confirmed(alpha, "10")
    assert "会议" in str(why(lambda: act(alpha, payout, "resolve", "street")))
    voted(alpha, payout, "yyn")
    act(alpha, payout, "resolve", "community")
    with pytest.raises(Forbidden):
        act(alpha, payout, "check", "admin")
    act(alpha, payout, "check", "officer")
    assert "申请人" in str(why(lambda: act(alpha, payout, "send", "street")))
    assert "您已审核" in str(why(lambda: act(alpha, payout, "send", "officer")))
    act(alpha, payout, "send", "admin")
    act(alpha, payout, "post", "street")
    resolution = queries.resolution_of(payout)
    assert resolution is not None
    assert (resolution.number, resolution.yes, resolution.no) == (1, 2, 1)


@inside
def test_who_sits_in_the_committee_is_not_paid_and_who_leads_the_payee_steps_aside(
    alpha: District,
) -> None:
    seated(alpha)
    assert "管委会成员" in faults(lambda: asked(alpha, "1", payee="alpha resident"))[
        "payee"]  # fmt: skip
    assert not queries.payouts()
    payout = asked(alpha, "1")
    meeting, actor = begun(alpha, payout), alpha.actor("community")
    item = queries.items_of(meeting)[0][0]
    assert "vote" in faults(lambda: commands.vote(item, meeting, vote="", actor=actor))
    commands.vote(item, meeting, vote="recused", actor=actor)
    assert list(queries.votes_on(payout).values()) == ["recused"]
    assert "已" in str(why(lambda: commands.vote(item, meeting, vote="yes", actor=actor)))


@inside
def test_a_gift_without_a_purpose_or_without_a_name_to_show_is_no_gift(alpha: District) -> None:
    keeper, street = alpha.actor("keeper"), alpha.unit("street")

    def receive(**more: str) -> dict[str, str]:
        return faults(lambda: commands.receive(street, given("1", **more), actor=keeper))

    assert "purpose" in receive(purpose="")
    assert "name" in receive(shown_as="initial")
    assert not session.scalar(sa.select(Gift.id))
    gift = held(alpha, "1", shown_as="initial", name="李小花")
    assert (gift.shown_as, gift.shown) == ("initial", "李")
    assert (gift.number, gift.before_number) == (1, None)


@inside
def test_what_comes_in_while_cash_is_handed_over_stays_with_who_took_it(alpha: District) -> None:
    """Both had begun before the other ended: the entries say who has what, not the moments."""
    keeper, street = alpha.actor("keeper"), alpha.actor("street")
    first = held(alpha, "10")
    commands.hand_over(to="street", actor=keeper)
    with clock.turned(timedelta(minutes=1)):
        commands.take_over(accept=True, actor=street)
    late = held(alpha, "5")
    assert queries.held() == {street.person_id: [first], keeper.person_id: [late]}
    with clock.turned(timedelta(minutes=2)):
        commands.hand_over(to="street", actor=keeper)
        commands.take_over(accept=True, actor=street)
        assert queries.held() == {street.person_id: [first, late]}
        commands.hand_over(to="keeper", actor=street)
        commands.take_over(accept=True, actor=keeper)
    for person, gifts in queries.held().items():
        holds = ledger.balance(LEDGER, f"cash:{person}")
        assert holds == sum(gift.amount for gift in gifts)
    commands.bank("S-2", clock.today(), amount=Decimal(15), actor=keeper)


@inside
def test_cash_is_banked_whole(alpha: District) -> None:
    held(alpha, "3.50")
    held(alpha, "6.50")
    keeper, day = alpha.actor("keeper"), clock.today()
    assert "10.00" in faults(
        lambda: commands.bank("S", day, amount=Decimal("9"), actor=keeper))["amount"]  # fmt: skip
    commands.bank("S", day, amount=Decimal("10"), actor=keeper)
    ((slip, amount, _day, gifts),) = queries.banked()
    assert (slip, amount, len(gifts)) == ("S", 10, 2)
    with pytest.raises(Conflict):
        commands.hand_over(to="street", actor=keeper)
    assert session.scalar(sa.select(Use.id)) is None


@inside
def test_who_leads_the_organisation_that_is_paid_can_only_step_aside(alpha: District) -> None:
    seated(alpha)
    group = started(alpha)  # led by the resident, who has a seat
    payout = asked(alpha, "1", payee="", organisation=group.code)
    meeting, actor = begun(alpha, payout), alpha.actor("resident")
    item = queries.items_of(meeting)[0][0]
    assert "vote" in faults(lambda: commands.vote(item, meeting, vote="yes", actor=actor))
    commands.vote(item, meeting, vote="recused", actor=actor)
    assert [*queries.votes_on(payout).values()] == ["recused"]
    assert "organisation" in faults(lambda: asked(alpha, "1", organisation="none"))
