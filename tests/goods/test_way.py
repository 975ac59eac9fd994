"""What becomes of a gift of goods, by the commands that people use."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from saas.funds import queries as funds
from saas.goods import commands, lists, queries
from saas.goods.models import Goods
from saas.kernel import clock
from saas.kernel.context import SYSTEM
from saas.kernel.errors import Forbidden
from tests.funds.making import faults, inside, why
from tests.goods.making import answered, asked, brought, came, counted, given, left, voided
from tests.support import District


@inside
def test_a_gift_comes_in_and_what_does_not_fit_is_said_at_its_field(alpha: District) -> None:
    keeper, root = alpha.actor("keeper"), alpha.unit("root")
    first = commands.receive(root, brought(12), submission="a" * 20, actor=keeper)
    assert commands.receive(root, brought(12), submission="a" * 20, actor=keeper).id == first.id
    assert (left(first), first.number, first.shown) == (12, 1, "")
    wrong = [
        ("condition", {"condition": "used"}), ("best_before", {"best_before": None}),
        ("worth", {"source": "invoice"}), ("worth", {"worth": Decimal(5)}),
        ("purpose", {"purpose": ""}), ("name", {"shown_as": "name"}),
        ("received_on", {"received_on": clock.today() + timedelta(days=1)}),
    ]  # fmt: skip
    for field, more in wrong:
        assert [*faults(lambda more=more: came(alpha, **more))] == [field]  # type: ignore[misc]
    for actor in (SYSTEM, alpha.actor("resident")):
        with pytest.raises(Forbidden):
            commands.receive(root, brought(), actor=actor)


@inside
def test_what_is_shown_of_the_giver_is_frozen_as_with_money(alpha: District) -> None:
    told = {"anonymous": "", "initial": "张", "name": "张老师"}
    assert {how: came(alpha, shown_as=how, name="张老师").shown for how in told} == told


@inside
def test_goods_are_given_out_only_while_there_are_some(alpha: District) -> None:
    goods = came(alpha, 10)
    move = given(alpha, goods, 7)
    assert (move.after, move.given_after, move.heads, left(goods)) == (3, 7, 6, 3)
    assert [*faults(lambda: given(alpha, goods, 4))] == ["quantity"]
    given(alpha, goods, 3)
    assert (left(goods), lists.rows_of([goods])[0].state) == (0, "gone")


@inside
def test_one_asks_to_write_off_and_another_confirms(alpha: District) -> None:
    goods = came(alpha, 10)
    one = asked(alpha, goods, 4)
    assert left(goods) == 10, "nothing is written off before the second person"
    assert "另一个人" in str(why(lambda: answered(alpha, goods, one, who="keeper")))
    assert answered(alpha, goods, one).after == 6
    assert "已经处理" in str(why(lambda: answered(alpha, goods, one)))
    other = asked(alpha, goods, 2, who="street")
    assert [*faults(lambda: answered(alpha, goods, other, who="street", confirm=False))] == [
        "words"
    ]
    kept = answered(alpha, goods, other, who="street", confirm=False, words_="还能用")
    assert (kept.verb, kept.amount, left(goods)) == ("keep", 0, 6)
    assert queries.asked(goods) == []
    assert [*faults(lambda: asked(alpha, goods, 7))] == ["quantity"]


@inside
def test_a_count_puts_right_what_the_book_says_and_says_why(alpha: District) -> None:
    goods = came(alpha, 10)
    assert [*faults(lambda: counted(alpha, goods, 9, ""))] == ["words"]
    assert (counted(alpha, goods, 11).amount, left(goods)) == (1, 11)
    assert counted(alpha, goods, 11, "").amount == 0, "that it is right can be written down"


@inside
def test_what_a_count_does_not_find_is_written_off_by_a_second_person(alpha: District) -> None:
    goods = came(alpha, 10)
    asked(alpha, goods, 2)
    assert (counted(alpha, goods, 8).amount, left(goods)) == (0, 10)
    assert [one.quantity for one in queries.asked(goods)] == [2], "somebody has asked for those"
    counted(alpha, goods, 5)
    counted(alpha, goods, 5)
    spoiled, missing = queries.asked(goods)
    assert (missing.quantity, missing.why, left(goods)) == (3, "lost", 10), "once, however often"
    assert "另一个人" in str(why(lambda: answered(alpha, goods, missing, who="keeper")))
    for one in (spoiled, missing):
        answered(alpha, goods, one)
    assert left(goods) == 5


@inside
def test_a_gift_is_voided_only_while_nothing_of_it_was_given_out(alpha: District) -> None:
    wrong, used = came(alpha, 10), came(alpha, 10)
    asked(alpha, wrong)
    given(alpha, used)
    assert "已有发放" in str(why(lambda: voided(alpha, used)))
    with pytest.raises(Forbidden):
        voided(alpha, wrong, who="keeper")
    assert (voided(alpha, wrong).after, left(wrong)) == (0, 0)
    for more in (lambda: given(alpha, wrong), lambda: counted(alpha, wrong, 3),
                 lambda: voided(alpha, wrong)):  # fmt: skip
        assert "已作废" in str(why(more))
    assert queries.waiting() == (0, 0, 0), "what was asked of it is over"


@inside
def test_totals_add_up_by_kind_and_worth_is_in_no_sum_of_money(alpha: District) -> None:
    money = funds.money().flows
    rice = came(alpha, 10, worth=Decimal("600"), source="invoice")
    came(alpha, 5)
    came(alpha, 3, kind="clothes", unit="quilt", worth=Decimal("300"), source="price",
         best_before=None, condition="used")  # fmt: skip
    voided(alpha, came(alpha, 99, worth=Decimal(9999), source="expert"))
    given(alpha, rice, 4)
    answered(alpha, rice, asked(alpha, rice, 2))
    counted(alpha, rice, 5)  # by the book there are four
    found = [(one.kind, one.came, one.counted, one.out, one.off, one.left, one.check)
             for one in queries.totals()]  # fmt: skip
    assert found == [("food", 15, 1, 4, 2, 10, 0), ("clothes", 3, 0, 0, 0, 3, 0)]
    assert queries.worth() == (Decimal("900"), 1)
    assert funds.money().flows == money, "no yuan moved"


@inside
def test_what_is_past_its_day_or_near_it_is_red_or_amber_while_some_is_left(
    alpha: District,
) -> None:
    def milk(days: int) -> Goods:
        return came(alpha, 2, best_before=clock.today() + timedelta(days=days))

    past, soon, _fresh, gone = milk(-1), milk(14), milk(15), milk(-1)
    given(alpha, gone, 2)
    tones = {row.goods.id: lists.best_before(row).tone
             for row in lists.rows_of([past, soon, _fresh, gone])}  # fmt: skip
    assert [*tones.values()] == ["late", "warn", "", ""]
    asked(alpha, soon)
    assert queries.waiting() == (1, 1, 1)
