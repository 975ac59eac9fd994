"""From a draft to its account, and everything that is refused on the way, in plain words."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from saas import ledger
from saas.campaigns import commands, queries, rules
from saas.campaigns.forms import POINTS
from saas.campaigns.models import Check, PledgeRow, Proof, Sheet
from saas.funds import commands as fund
from saas.funds import queries as funds
from saas.funds.books import LEDGER
from saas.funds.origins import origins
from saas.kernel import clock
from saas.kernel.errors import Forbidden
from tests.campaigns.making import act, drafted, proved, published, refused_by
from tests.funds.making import confirmed, faults, given, given_back, inside, posted, seated, why
from tests.statements.making import on
from tests.support import District

BASES = ("public_by_host", "partner_of_host", "targeted", "business_pledge", "mutual_help")


@pytest.mark.parametrize("basis", BASES)
def test_without_a_proof_of_its_basis_nothing_is_published(alpha: District, basis: str) -> None:
    with alpha.work():
        campaign = drafted(alpha, basis)
        for missing in [proof["code"] for proof in campaign.proofs]:
            proved(alpha, campaign, but=missing)
            refused = faults(lambda: act(alpha, campaign, "check"))
            assert refused.keys() == {f"p_{missing}"}
            assert "缺这项证明不能公开" in refused[f"p_{missing}"]
        assert queries.of(Proof, campaign) == []
        proved(alpha, campaign)
        assert "另一人" in str(why(lambda: act(alpha, campaign, "check", "street")))
        act(alpha, campaign, "check")
        assert not queries.campaigns(queries.is_shown())
        act(alpha, campaign, "publish")
        assert queries.campaigns(queries.is_shown()) == [campaign]


@inside
def test_the_database_knows_no_check_without_every_proof_and_two_people(alpha: District) -> None:
    campaign = drafted(alpha, "partner_of_host")
    street, admin = alpha.people["street"], alpha.people["admin"]

    def check(**more: int) -> Check:
        return Check(**{"campaign_id": campaign.id, "needed": 4, "proved": 4, "made_by": street,
                        "checked_by": admin, "at": clock.now(), **more})  # fmt: skip

    assert refused_by(check()) == "fk_campaign_checks_proved"
    assert refused_by(check(needed=1, proved=1)) == "fk_campaign_checks_needed"
    assert refused_by(check(proved=3)) == "ck_campaign_checks_every_proof"
    assert refused_by(check(checked_by=street)) == "ck_campaign_checks_two_people"
    assert refused_by(check(made_by=admin, checked_by=street)) == "fk_campaign_checks_made_by"
    skipped = Proof(campaign_id=campaign.id, place=4, before_place=3, kind="plan", words="x")
    assert refused_by(skipped) == "fk_campaign_proofs_before"
    empty = Proof(campaign_id=campaign.id, place=1, before_place=None, kind="plan")
    assert refused_by(empty) == "ck_campaign_proofs_something"


@inside
def test_a_draft_is_changed_until_it_was_checked(alpha: District) -> None:
    campaign = drafted(alpha, "targeted")
    plan = commands.Plan(
        name={"zh": "另一场"}, words={"zh": "x"}, purpose="children", basis="mutual_help",
        unit=alpha.units["street"], since=date(2026, 1, 1), until=date(2099, 1, 1),
    )  # fmt: skip
    street = alpha.actor("street")
    commands.change(campaign, plan, actor=street)
    assert [one["code"] for one in campaign.proofs] == ["decision", "advice"]
    proved(alpha, campaign)
    act(alpha, campaign, "check")
    assert "不能再改" in str(why(lambda: commands.change(campaign, plan, actor=street)))
    with pytest.raises(Forbidden):
        commands.draft(plan, actor=alpha.actor("resident"))
    other = drafted(alpha)
    proved(alpha, other)
    commands.change(other, plan, actor=alpha.actor("admin"))
    assert why(lambda: act(alpha, other, "check")), "who wrote in it last, whoever began it"
    act(alpha, other, "check", "street")


@inside
def test_the_sums_of_a_campaign_are_those_of_the_entries_of_its_gifts(alpha: District) -> None:
    seated(alpha)
    campaign = published(alpha)
    by = {"campaign": campaign.code}
    gifts = [confirmed(alpha, "10.50", **by), confirmed(alpha, "4.50", "free", **by)]
    confirmed(alpha, "99")
    back = confirmed(alpha, "7", **by)
    given_back(alpha, back)
    posted(alpha, "105")
    sums = funds.sums_by("campaign", [campaign.code])[campaign.code]
    entries = sum(
        entry.amount
        for gift in gifts
        for entry in ledger.entries_of(LEDGER, ledger.reading.account(LEDGER, "transit").id)
        if entry.key == f"receive:{gift.code}"
    )
    assert (sums.gifts, sums.raised, sums.raised) == (2, entries, Decimal("15.00"))
    assert sums.used + sum(funds.left_of(gift) for gift in gifts) == sums.raised
    assert sums.left == sum(funds.left_of(gift) for gift in gifts)
    act(alpha, campaign, "end")
    assert "reason" in faults(lambda: act(alpha, campaign, "account"))
    act(alpha, campaign, "account", reason="买了午餐")
    act(alpha, campaign, "account", reason="更正：补一笔")
    first, second = queries.of(Sheet, campaign)
    assert first.raised - first.used - first.rest == 0
    assert (second.number, campaign.state) == (2, "accounted")


@inside
def test_gifts_in_cash_hold_the_account_back(alpha: District) -> None:
    campaign = published(alpha)
    confirmed(alpha, "1", campaign=campaign.code)
    gift = fund.receive(
        alpha.unit("street"), given("2", campaign=campaign.code), actor=alpha.actor("keeper")
    )
    act(alpha, campaign, "end")
    assert "还有捐款" in str(why(lambda: act(alpha, campaign, "account", reason="x")))
    fund.bank("S-1", clock.today(), amount=gift.amount, actor=alpha.actor("keeper"))
    fund.confirm([gift], actor=alpha.actor("street"))
    act(alpha, campaign, "account", reason="x")


@inside
def test_a_gift_comes_only_by_what_is_open_and_for_its_purpose(alpha: District) -> None:
    campaign = published(alpha)
    keeper, street = alpha.actor("keeper"), alpha.unit("street")

    def gift(purpose: str = "elders", **more: str) -> object:
        return fund.receive(street, given("1", purpose, **more), actor=keeper)

    assert "campaign" in faults(lambda: gift(campaign="AAAAAAAAAA"))
    assert "另有用途" in faults(lambda: gift("children", campaign=campaign.code))["purpose"]
    gift("free", campaign=campaign.code)
    card = commands.issue(name="样例劝募员", unit=alpha.units["street"], since=clock.today(),
                          until=clock.today(), actor=alpha.actor("street"))  # fmt: skip
    gift(fundraiser=card.code)
    commands.stop(card, actor=alpha.actor("street"))
    assert "fundraiser" in faults(lambda: gift(fundraiser=card.code))
    act(alpha, campaign, "end")
    assert "campaign" in faults(lambda: gift(campaign=campaign.code))


@inside
def test_a_gift_of_the_last_day_that_is_entered_a_day_later_names_its_campaign(
    alpha: District,
) -> None:
    last = clock.today() - timedelta(days=1)
    with on(last - timedelta(days=2)):
        campaign = published(alpha, since=last - timedelta(days=2), until=last)
    keeper, street = alpha.actor("keeper"), alpha.unit("street")

    def gift(day: date) -> Any:
        told = given("1", campaign=campaign.code, received_on=day)
        return fund.receive(street, told, actor=keeper)

    assert gift(last).campaign == campaign.code
    for day in (clock.today(), last - timedelta(days=3)):
        assert "campaign" in faults(lambda day=day: gift(day))  # type: ignore[misc]
    assert campaign.code in {one.code for one in origins(day=last)}
    assert campaign.code not in {one.code for one in origins()}


@inside
def test_a_share_by_contract_is_never_a_gift(alpha: District) -> None:
    street, today = alpha.actor("street"), clock.today()
    share = {"kind": "contract", "name": "样例企业", "unit": alpha.units["street"],
             "since": date(today.year, 1, 1), "percent": Decimal(10), "actor": street}  # fmt: skip
    assert "document" in faults(lambda: commands.promise(**share))
    pledge = commands.promise(**share, document="样例合1号")
    for amount in ("84000", "84000.05"):  # said again: the last word counts
        commands.act_on_pledge(pledge, verb="declare", amount=Decimal(amount), actor=street)
    assert queries.standing_of([pledge])[pledge.id] == (Decimal("8400.01"), 0)
    assert queries.overdue() == [pledge.id]
    gift = confirmed(alpha, "8400.01")
    told = why(lambda: commands.act_on_pledge(pledge, verb="link", text=gift.code, actor=street))
    assert "不是捐赠" in str(told)
    row = {"pledge_id": pledge.id, "amount": gift.amount, "on": today, "at": clock.now()}
    forged = PledgeRow(kind="contract", what="payment", gift_id=gift.id, **row)
    assert refused_by(forged) == "ck_pledge_rows_apart"
    assert refused_by(PledgeRow(kind="shop", what="payment", gift_id=gift.id, **row)) == (
        "fk_pledge_rows_pledge")  # fmt: skip
    commands.act_on_pledge(pledge, verb="receive", amount=Decimal("8400.01"), actor=street)
    assert (queries.overdue(), queries.kept()) == ([], 1)
    assert funds.money().raised == gift.amount


@inside
def test_a_promise_of_gifts_is_kept_by_gifts_that_were_not_given_back(alpha: District) -> None:
    street, today = alpha.actor("street"), clock.today()
    shop = commands.promise(kind="shop", name="样例小店", unit=alpha.units["street"], since=today,
                            amount=Decimal(50), actor=street)  # fmt: skip
    share = {"kind": "contract", "name": "x", "unit": alpha.units["street"], "since": today}
    assert "percent" in faults(lambda: commands.promise(**share, actor=street))
    gift = confirmed(alpha, "50")
    commands.act_on_pledge(shop, verb="link", text=gift.code, actor=street)
    again = {"verb": "link", "text": gift.code, "actor": street}
    assert "text" in faults(lambda: commands.act_on_pledge(shop, **again))
    assert queries.overdue() == []
    seated(alpha)
    given_back(alpha, gift)
    assert queries.overdue() == [shop.id]
    commands.act_on_pledge(shop, verb="end", actor=street)
    assert shop.ended_on == today


@pytest.mark.parametrize(
    ("since", "until", "today", "months"),
    [
        ("2026-01-15", None, "2026-01-14", 0),
        ("2026-01-15", None, "2026-01-15", 1),
        ("2026-01-15", None, "2026-02-14", 1),
        ("2026-01-15", None, "2026-02-15", 2),
        ("2026-01-15", "2026-03-20", "2030-01-01", 3),
    ],
)
def test_months_of_a_pledge_begin_on_its_day(
    since: str, until: str | None, today: str, months: int
) -> None:
    last = date.fromisoformat(until) if until else None
    assert rules.months_begun(date.fromisoformat(since), last, date.fromisoformat(today)) == months
    pledge = SimpleNamespace(kind="citizen", since=date.fromisoformat(since), until=last,
                             ended_on=None, amount=Decimal(100))  # fmt: skip
    due = rules.promised(pledge, (), date.fromisoformat(today))
    assert due == (100 if months else 0)


@inside
def test_points_stand_on_the_four_levels_and_nowhere_else(alpha: District) -> None:
    street = alpha.actor("street")
    for unit in ("root", "street", "community", "courtyard"):
        POINTS.add(name={"zh": unit}, place={}, unit=alpha.units[unit], keeper="keeper",
                   actor=street)  # fmt: skip
    assert len(queries.points()) == 4
    refused = faults(lambda: POINTS.add(name={"zh": "x"}, place={}, unit=alpha.units["compound"],
                                        keeper="", actor=street))  # fmt: skip
    assert "不设捐赠点" in refused["unit"]
