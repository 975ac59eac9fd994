"""From the bank's file to the closed month, and everything that is refused on the way."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
import sqlalchemy as sa

from saas import ledger
from saas.funds import commands as funds
from saas.funds import queries as book
from saas.funds.books import LEDGER
from saas.funds.models import Gift
from saas.funds.reconciled import reconciled_until
from saas.kernel.context import SYSTEM
from saas.kernel.db import session
from saas.kernel.errors import Conflict, Forbidden
from saas.statements import commands, queries
from saas.statements.models import Act, Line, Month
from tests.funds.making import confirmed, faults, given, given_back, inside, seated, why
from tests.statements.making import (
    JULY,
    JUNE,
    banked,
    by_bank,
    closed,
    left,
    line,
    lines_of,
    match,
    on,
    paid,
    read,
    sure,
)
from tests.support import District


@inside
def test_a_month_goes_from_the_bank_to_a_closed_reconciliation(alpha: District) -> None:
    """A slip, a gift by bank, a payout, a fee and interest; one slip is still on its way."""
    with on(date(2026, 1, 1)):
        seated(alpha)
    banked(alpha, "S-1", "30", "20")
    gift = by_bank(alpha, "8.80", 9)
    month = read(alpha, (6, "50.00", "S-1"), (9, "8.80", "B-2"), (12, "100", "B-3"),
                 (20, "-60", "B-4"), (21, "-0.50", ""), (21, "0.12", ""))  # fmt: skip
    assert sure(alpha, month) == 2
    assert set(book.states([gift.id]).values()) == {"confirmed"}
    new = commands.import_gift(line(month, 3), month, alpha.unit("street"), given("1"),
                               actor=alpha.actor("street"))  # fmt: skip
    assert (new.amount, new.way, new.received_on) == (100, "bank", date(2026, 6, 12))
    paid(alpha, "60", 20)
    assert sure(alpha, month) == 1
    match(alpha, month, 5, kind="fee")
    match(alpha, month, 6, kind="interest")
    banked(alpha, "S-2", "7", day=30)
    assert "在途" in str(why(lambda: closed(alpha, month)))
    sums = queries.standing(month)
    assert (sums.book, sums.own, sums.on_way, sums.left) == (
        Decimal("105.80"), Decimal("-0.38"), Decimal("7.00"), 0)  # fmt: skip
    commands.wait(month, things=["slip:S-2"], words_="七月一日到账", actor=alpha.actor("street"))
    assert reconciled_until() is None
    assert "您" in str(why(lambda: closed(alpha, month, "street")))
    done = closed(alpha, month)
    assert (done.closing, done.book, done.on_way) == (Decimal("98.42"), Decimal("105.80"), 7)
    assert reconciled_until() == date(2026, 6, 30)
    assert "不再改动" in str(why(lambda: commands.take_back(
        line(month, 1), month, reason="错", actor=alpha.actor("street"))))  # fmt: skip
    july = read(alpha, (1, "7", "S-2"), month=JULY, opening="98.42")
    assert sure(alpha, july) == 1
    assert closed(alpha, july).on_way == 0
    assert ledger.broken(LEDGER) == []


@inside
def test_a_statement_that_does_not_fit_is_refused_whole(alpha: District) -> None:
    street = alpha.actor("street")
    told, closing = lines_of(JUNE, [(2, "10", "A"), (3, "-4", "B"), (3, "1", "C")], "5")

    def refused(lines: object = told, **other: object) -> dict[str, str]:
        asked = {"opening": Decimal(5), "closing": closing, "month": JUNE, **other}
        return faults(lambda: commands.take_in(
            asked.pop("month"), lines, **asked, actor=street))  # type: ignore[arg-type]  # fmt: skip

    first, second, third = told
    assert "closing" in refused(closing=closing + 1)
    assert "after" in refused(opening=Decimal(4))
    assert "after" in refused([first, replace(second, after=Decimal("10.99")), third])
    assert "on" in refused([replace(first, on=date(2026, 5, 31)), second, third])
    assert "reference" in refused([first, replace(second, reference="A"), third])
    assert "month" in refused(month=date(2999, 1, 1))
    assert session.scalar(sa.select(sa.func.count()).select_from(Month)) == 0
    assert session.scalar(sa.select(sa.func.count()).select_from(Line)) == 0
    month = commands.take_in(JUNE, told, opening=Decimal(5), closing=closing, actor=street)
    assert month.lines == 3
    assert "已" in refused()["month"], "the same month once more"
    august, after = lines_of(date(2026, 8, 1), [(2, "1", "Z")], "12")
    assert "month" in refused(august, month=date(2026, 8, 1), opening=closing, closing=after)
    july, after = lines_of(JULY, [(2, "1", "A")], "12")
    assert "reference" in refused(july, month=JULY, opening=closing, closing=after)
    assert "opening" in refused(july, month=JULY, opening=closing + 1, closing=after + 1)
    with pytest.raises(Forbidden):
        commands.take_in(JULY, [], opening=closing, closing=closing, actor=alpha.actor("keeper"))
    with pytest.raises(Forbidden):
        commands.take_in(JULY, [], opening=closing, closing=closing, actor=SYSTEM)


@inside
def test_a_bank_that_begins_with_the_newest_line_is_read_as_well(alpha: District) -> None:
    told, closing = lines_of(JUNE, [(2, "10", "A"), (2, "-4", "B"), (9, "1", "C")])
    month = commands.take_in(JUNE, told[::-1], opening=Decimal(0), closing=closing,
                             actor=alpha.actor("street"))  # fmt: skip
    assert [one.reference for one in queries.lines_of(month)] == ["A", "B", "C"]


@inside
def test_nothing_is_matched_without_a_press_and_doubt_is_left_to_people(alpha: District) -> None:
    one, other = by_bank(alpha, "5", 3), by_bank(alpha, "5", 4)
    month = read(alpha, (3, "5", "x"), (20, "9", ""))
    assert not session.scalar(sa.select(Act.id))
    assert sure(alpha, month) == 0, "two gifts of the same sum about the same day"
    assert "金额" in faults(lambda: match(alpha, month, 2, thing=f"gift:{one.id}"))["thing"]
    match(alpha, month, 1, thing=f"gift:{other.id}")
    assert left() == {f"gift:{one.id}"}
    assert "已" in str(why(lambda: match(alpha, month, 1, kind="interest")))
    assert "kind" in faults(lambda: match(alpha, month, 2, kind="fee"))
    assert "kind" in faults(lambda: match(alpha, month, 2, kind="gift"))
    assert "note" in faults(lambda: match(alpha, month, 2, kind="other", note=" "))
    match(alpha, month, 2, kind="other", note="已问银行")


@inside
def test_a_gift_that_stays_confirmed_without_its_line_is_shown_to_be_looked_at(
    alpha: District,
) -> None:
    banked(alpha, "S-1", "60")
    gift = by_bank(alpha, "5", 3)
    month = read(alpha, (3, "5", "a"), (3, "5", "b"), (5, "60", "S-1"))
    assert queries.without_line() == []
    for number, thing in ((1, f"gift:{gift.id}"), (3, "slip:S-1")):
        match(alpha, month, number, thing=thing)
        commands.take_back(line(month, number), month, reason="x", actor=alpha.actor("street"))
    assert [(one.kind, one.amount) for one in queries.without_line()] == [
        ("gift", Decimal(5)), ("slip", Decimal(60)),
    ]  # fmt: skip
    match(alpha, month, 2, thing=f"gift:{gift.id}")
    assert [one.kind for one in queries.without_line()] == ["slip"]


@inside
def test_what_was_said_wrongly_is_taken_back_with_a_reason_and_said_anew(alpha: District) -> None:
    gift = by_bank(alpha, "5", 3)
    month = read(alpha, (3, "5", "a"), (4, "5", "b"))
    match(alpha, month, 1, thing=f"gift:{gift.id}")
    street = alpha.actor("street")
    assert "reason" in faults(
        lambda: commands.take_back(line(month, 1), month, reason=" ", actor=street))  # fmt: skip
    assert "行" in str(why(
        lambda: commands.take_back(line(month, 2), month, reason="x", actor=street)))  # fmt: skip
    commands.take_back(line(month, 1), month, reason="认错了", actor=street)
    assert queries.matches([line(month, 1).id]) == {}
    assert book.states([gift.id]) == {gift.id: "confirmed"}, "confirmed by a person, and stays so"
    match(alpha, month, 2, thing=f"gift:{gift.id}")
    match(alpha, month, 1, kind="other", note="待查")
    assert [one.verb for one in queries.acts_of(month)] == ["match", "back", "match", "match"]


@inside
def test_a_new_gift_of_a_line_needs_its_purpose_and_what_may_be_shown(alpha: District) -> None:
    month = read(alpha, (3, "5", "a"), (4, "-2", "b"))
    street = alpha.actor("street")

    def taken(number: int = 1, **more: str) -> Gift:
        return commands.import_gift(line(month, number), month, alpha.unit("street"),
                                    given("99", **more), actor=street)  # fmt: skip

    assert "purpose" in faults(lambda: taken(purpose=""))
    assert "name" in faults(lambda: taken(shown_as="name"))
    assert "进账" in str(why(lambda: taken(2)))
    assert not session.scalar(sa.select(Gift.id))
    gift = taken(shown_as="initial", name="李小花")
    assert (gift.amount, gift.shown, gift.received_on) == (5, "李", date(2026, 6, 3))
    assert left() == set()
    with pytest.raises(Conflict):
        taken()


@inside
def test_a_gift_that_was_given_back_is_two_lines(alpha: District) -> None:
    gift = by_bank(alpha, "5", 3)
    with on(date(2026, 6, 28)):
        funds.refund(gift, reason="捐赠人撤回", actor=alpha.actor("street"))
    month = read(alpha, (3, "5", "a"), (28, "-5", "b"))
    match(alpha, month, 1, thing=f"gift:{gift.id}")
    with pytest.raises(Conflict):
        match(alpha, month, 2, thing=f"gift:{gift.id}")
    match(alpha, month, 2, thing=f"refund:{gift.id}")
    assert left() == set()


@inside
def test_what_the_committee_gives_back_is_one_line_whichever_gifts_paid_it(alpha: District) -> None:
    with on(JUNE):
        seated(alpha)
    gift = confirmed(alpha, "5", received_on=date(2026, 6, 3))
    free = confirmed(alpha, "9", "free", received_on=date(2026, 6, 3))
    spent = paid(alpha, "2", 10)
    with on(date(2026, 6, 28)):
        back = given_back(alpha, gift, "5")
    assert left() == {f"gift:{gift.id}", f"gift:{free.id}", f"payout:{spent.id}",
                      f"payout:{back.id}"}  # fmt: skip
    month = read(alpha, (3, "5", "a"), (3, "9", "b"), (10, "-2", "c"), (28, "-5", "d"))
    assert sure(alpha, month) == 4
    assert left() == set()
    assert closed(alpha, month).book == 7


@inside
def test_what_differed_before_the_first_statement_is_said_in_words(alpha: District) -> None:
    by_bank(alpha, "40", 3, date(2026, 3, 1))
    month = read(alpha, opening="41.50")
    assert "begin_words" in faults(lambda: closed(alpha, month))
    assert queries.standing(month).begin == Decimal("1.50")
    assert closed(alpha, month, begin_words="账户开立时的结余").begin == Decimal("1.50")


@inside
def test_months_are_closed_in_their_order(alpha: District) -> None:
    june, july = read(alpha), read(alpha, month=JULY)
    assert "上个月" in str(why(lambda: closed(alpha, july)))
    closed(alpha, june)
    closed(alpha, july)
