"""What the database refuses of goods, by raw SQL as the role of the district."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from saas.goods import queries
from saas.goods.models import Asked, Goods, Move
from tests.funds.making import inside
from tests.goods.making import asked, came, given, voided
from tests.statements.making import refusal
from tests.support import District

_GENERATED = {"id", "came", "lost", "is_open", "before_open"}


def _insert(row: Any, **wrong: Any) -> str:
    """A row like one that is there, with some of its values others: by what it is refused."""
    names = {column.name for column in row.__table__.columns} - _GENERATED
    values = {name: getattr(row, name) for name in names} | wrong
    told = ", ".join(f'"{name}"' for name in values)
    marks = ", ".join(f":{name}" for name in values)
    return refusal(f"INSERT INTO {row.__tablename__} ({told}) VALUES ({marks})", **values)


@inside
def test_no_stock_goes_below_nothing_and_no_move_comes_from_nowhere(alpha: District) -> None:
    goods = came(alpha, 10)
    last = given(alpha, goods, 4)
    more = {"number": 3, "before_number": 2, "before": 6, "given_before": 4, "amount": -2,
            "after": 4, "given_after": 6}  # fmt: skip
    table: list[tuple[str, dict[str, Any]]] = [
        ("ck_goods_moves_stock", {"amount": -7, "after": -1, "given_after": 11}),
        ("ck_goods_moves_sum", {"after": 5}),
        ("ck_goods_moves_given", {"given_after": 4}),
        ("fk_goods_moves_given", {"given_before": 0, "given_after": 2}),
        ("fk_goods_moves_chain", {"before": 9, "after": 7}),
        ("ck_goods_moves_follows", {"before_number": None}),
        ("uq_goods_moves_number", {"number": 2, "before_number": 1, "before": 10, "after": 8,
                                   "given_before": 0, "given_after": 2}),
        ("ck_goods_moves_way", {"amount": 2, "after": 8, "given_after": 2}),
        ("ck_goods_moves_way", {"verb": "in", "heads": None, "heads_as": None,
                                "given_after": 4, "amount": 1, "after": 7}),
        ("ck_goods_moves_says", {"heads": None}),
        ("ck_goods_moves_heads", {"heads": 0}),
        ("ck_goods_moves_why", {"words": ""}),
    ]  # fmt: skip
    assert [_insert(last, **more | wrong) for _name, wrong in table] == [name for name, _ in table]
    assert _insert(last, **more) == "", "what fits is taken"


@inside
def test_what_came_is_what_stands_on_the_gift(alpha: District) -> None:
    first = queries.moves_of(came(alpha, 10))[0]
    other = came(alpha, 5)
    assert _insert(first, goods_id=other.id) == "uq_goods_moves_number"
    assert _insert(other, number=3, before_number=2, code="X", worth=5) == "ck_goods_gifts_claimed"
    assert _insert(other, number=3, before_number=2, code="X", best_before=None) == (
        "ck_goods_gifts_food"
    )
    assert _insert(other, number=4, before_number=3, code="X") == "fk_goods_gifts_before"


@inside
def test_no_count_takes_anything_away(alpha: District) -> None:
    goods = came(alpha, 10)
    (first,) = queries.moves_of(goods)
    found = {"verb": "count", "number": 2, "before_number": 1, "before": 10, "words": "x",
             "at": datetime(2026, 11, 30, tzinfo=UTC)}  # fmt: skip
    assert _insert(first, **found, amount=-1, after=9) == "ck_goods_moves_way"
    assert _insert(first, **found, amount=1, after=11) == ""


@inside
def test_the_same_person_never_asks_and_confirms(alpha: District) -> None:
    goods, other = came(alpha, 10), came(alpha, 10)
    one, (first,) = asked(alpha, goods, 4), queries.moves_of(goods)
    asked(alpha, other, 4)
    keeper, street = alpha.people["keeper"], alpha.people["street"]
    off = {"verb": "off", "number": 2, "before_number": 1, "before": 10, "amount": -4, "after": 6,
           "asked_id": one.id, "asked_by": keeper, "by_id": street}  # fmt: skip
    table: list[tuple[str, dict[str, Any]]] = [
        ("ck_goods_moves_two_people", {"by_id": keeper}),
        ("fk_goods_moves_asked", {"asked_by": alpha.people["admin"]}),
        ("fk_goods_moves_asked", {"goods_id": other.id}),
        ("fk_goods_moves_lost", {"amount": -5, "after": 5}),
        ("ck_goods_moves_says", {"asked_id": None, "asked_by": None}),
    ]
    assert [_insert(first, **off | wrong) for _name, wrong in table] == [name for name, _ in table]
    assert _insert(first, **off) == ""
    again = {"number": 3, "before_number": 2, "before": 6, "after": 2}
    assert _insert(first, **off | again) == "uq_goods_moves_asked", "asked once, written off once"


@inside
def test_nothing_is_void_of_which_something_was_given_out_and_nothing_follows(
    alpha: District,
) -> None:
    used, wrong = came(alpha, 10), came(alpha, 10)
    last, void = given(alpha, used, 4), voided(alpha, wrong)
    over = {"verb": "void", "number": 3, "before_number": 2, "before": 6, "amount": -6, "after": 0,
            "heads": None, "heads_as": None, "given_before": 4}  # fmt: skip
    assert _insert(last, **over) == "ck_goods_moves_void"
    back = {"verb": "count", "number": 3, "before_number": 2, "before": 0, "amount": 9, "after": 9}
    assert _insert(void, **back) == "fk_goods_moves_open"


@inside
def test_no_row_of_goods_is_changed_or_taken_away(alpha: District) -> None:
    asked(alpha, came(alpha, 10))
    for model, column in ((Goods, "quantity"), (Asked, "quantity"), (Move, "amount")):
        table = model.__tablename__
        assert "permission denied" in refusal(f"UPDATE {table} SET {column} = 1")
        assert "permission denied" in refusal(f"DELETE FROM {table}")
