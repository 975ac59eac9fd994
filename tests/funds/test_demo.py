"""The demo's fund, against what the report says."""

from __future__ import annotations

import time
from dataclasses import replace
from decimal import Decimal

import sqlalchemy as sa

from saas import ledger
from saas.campaigns import queries as campaigns
from saas.campaigns.models import Lot
from saas.figures import counting
from saas.figures import queries as measures
from saas.figures.cut import Cut
from saas.funds import queries
from saas.funds.books import LEDGER
from saas.funds.models import Gift, Story
from saas.goods import queries as goods
from saas.kernel.db import session
from saas.showcase.funds import fill_fund
from saas.showcase.package.funds import DemoFunds
from saas.showcase.queries import read_demo
from saas.statements import queries as statements
from tests.funds.making import SEATS, confirmed
from tests.support import District

REPORT = {"gifts_total": Decimal("68333.20"), "care_projects": 14, "public_money": 1_900_000,
          "campaigns": 31, "fundraisers": 8}  # fmt: skip


def _cast(alpha: District) -> DemoFunds:
    """The demo's fund, with people and units of a test."""
    demo = read_demo("longjing")
    first, *rest = (replace(point, keeper="keeper") for point in demo.funds.points)
    levels = ("street", "community", "courtyard")  # the root is called after its district
    return replace(
        demo.funds, asker="street", sender="admin", seats=tuple(SEATS),
        points=(first, *(replace(point, unit=alpha.units[level])
                         for point, level in zip(rest, levels, strict=True))),
    )  # fmt: skip


def test_a_gift_that_a_guest_was_quicker_with_keeps_no_demo_from_its_fund(
    alpha: District,
) -> None:
    cast = _cast(alpha)
    with alpha.work():
        confirmed(alpha, "1", way="bank")
        few = replace(cast, payouts=cast.payouts[:2])
        number = sum(one.gifts for one in few.payouts)
        assert fill_fund(few) == number
        assert fill_fund(few) == 0
        money = queries.money()
        assert (money.left, money.check) == (1, 0)


def test_the_demo_counts_what_the_report_says_to_the_fen(alpha: District) -> None:
    cast = _cast(alpha)
    with alpha.work():
        begun = time.monotonic()
        assert fill_fund(cast) == 640
        took = time.monotonic() - begun
        assert fill_fund(cast) == 0
        cut = Cut((alpha.unit("root").path,))
        assert (
            counting.count_measures([measures.measures()[code] for code in REPORT], cut) == REPORT
        )
        money = queries.money()
        assert (money.raised, money.used, money.check) == (Decimal("68333.20"),) * 2 + (0,)
        assert ledger.broken(LEDGER) == []
        assert session.scalar(sa.select(sa.func.count(Gift.campaign.distinct()))) == 31
        assert session.scalar(sa.select(sa.func.count(Gift.fundraiser.distinct()))) == 8
        assert (session.scalar(sa.select(sa.func.sum(Story.heads))) or 0) >= 1100
        lines = {line.amount for line in queries.lines()}
        assert {Decimal(145_000), Decimal(100_000)} <= lines
        sums = queries.sums_by("campaign")
        assert sum(one.raised for one in sums.values()) == Decimal("68333.20")
        assert {len(queries.sums_by(origin)) for origin in ("point", "fundraiser")} == {4, 8}
        assert {one.left for one in sums.values()} == {0}
        kinds = {one.kind: one.left for one in goods.totals() if not one.check}
        assert kinds == {"food": 50, "clothes": 14, "books": 120, "aids": 1}
        assert all(one.state == "accounted" for one in campaigns.campaigns())
        assert (len(campaigns.points()), campaigns.kept(), len(campaigns.overdue())) == (4, 1, 2)
        lots = campaigns.bids_of(session.scalars(sa.select(Lot.id)).all())
        assert [len(bids) for bids in lots.values()] == [2, 2, 2]
        days = session.scalars(sa.select(Gift.received_on.distinct())).all()
        assert [statements.closing_of(one) is None for one in statements.months()] == [
            True, *[False] * 5]  # fmt: skip
        assert all(statements.standing(one).left == 0 for one in statements.months()[1:])
        assert all(queries.money(day).check == 0 for day in sorted(days)[::30])
    print(f"the fund of the demo: {took:.1f} s")
    claims = read_demo("longjing").claims
    stated = {claim.measure: claim.stated for claim in claims if claim.measure in REPORT}
    assert {code: Decimal(str(number)) for code, number in stated.items()} == REPORT


def test_every_name_of_the_demo_is_a_sample() -> None:
    demo = read_demo("longjing").funds
    assert all("样例" in name for name in demo.donors)
    assert all("样例" in one.what and "样例" in one.payee for one in demo.payouts)
