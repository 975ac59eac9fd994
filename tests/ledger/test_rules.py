"""Amounts: nothing is rounded, nothing is lost."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saas.ledger import Lot, capitals, comma_separated, consume, yuan

_FEN = st.integers(1, 10**11 - 1).map(lambda fen: Decimal(fen) / 100)
_SIGNS = {sign: n for n, sign in enumerate("零壹贰叁肆伍陆柒捌玖")}


def read(text: str) -> Decimal:
    """An amount in capitals, read back."""
    whole, _yuan, rest = text.partition("元") if "元" in text else ("", "", text)
    fen = sum(
        _SIGNS[rest[place - 1]] * worth
        for sign, worth in (("角", 10), ("分", 1))
        if (place := rest.find(sign)) > 0
    )
    total = group = 0
    digit = 0
    for sign in whole:
        if sign in _SIGNS:
            digit = _SIGNS[sign]
        elif sign in "拾佰仟":
            group += digit * 10 ** ("拾佰仟".index(sign) + 1)
            digit = 0
        else:
            total += (group + digit) * {"万": 10**4, "亿": 10**8}[sign]
            group = digit = 0
    return Decimal((total + group + digit) * 100 + fen) / 100


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        ("68333.20", "陆万捌仟叁佰叁拾叁元贰角整"),
        ("10.00", "壹拾元整"),
        ("0.05", "伍分"),
        ("1.05", "壹元零伍分"),
        ("100000.50", "壹拾万元伍角整"),
        ("100203004.00", "壹亿零贰拾万叁仟零肆元整"),
        ("10010.00", "壹万零壹拾元整"),
        ("0.00", "零元整"),
    ],
)
def test_slips_say_it_in_capitals(amount: str, said: str) -> None:
    assert capitals(Decimal(amount)) == said


@given(_FEN)
def test_capitals_can_be_read_back(amount: Decimal) -> None:
    assert read(capitals(amount)) == amount


@pytest.mark.parametrize("text", ["0.005", "-1", "0", "0.00", "1e3", "", "1.2.3", "９９九", "NaN"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    assert yuan(text) is None


@given(_FEN.filter(lambda amount: amount < 10**9))
def test_an_amount_is_read_as_it_is_written(amount: Decimal) -> None:
    assert yuan(f"{amount:,.2f}") == amount
    assert yuan(f" ¥{amount} ") == amount


@given(st.lists(st.tuples(_FEN, st.integers(0, 2), st.integers(0, 9)), max_size=8), _FEN)
def test_lots_pay_to_the_fen_in_their_order_or_not_at_all(
    rows: list[tuple[Decimal, int, int]], amount: Decimal
) -> None:
    day = date(2026, 1, 1)
    lots = [Lot(n, left, rank, day + timedelta(d)) for n, (left, rank, d) in enumerate(rows)]
    taken = consume(lots, amount)
    if sum(left for left, _rank, _day in rows) < amount:
        assert taken is None
        return
    assert taken is not None
    assert sum(part for _lot, part in taken) == amount
    assert all(part == lot.left for lot, part in taken[:-1])
    order = sorted(lots, key=lambda one: (one.rank, one.on, one.id))
    assert [lot for lot, _part in taken] == order[: len(taken)]


@pytest.mark.parametrize("text", ["=1+1", "＝1+1", "@x", "-2", "\t=1"])
def test_no_text_of_a_file_is_taken_for_a_formula(text: str) -> None:
    row = SimpleNamespace(number=1, on=date(2026, 1, 1), kind=text, key=text, reverses=text,
                          amount=Decimal(-1), after=Decimal(), reason=text)  # fmt: skip
    columns = "number", "on", "kind", "key", "amount", "balance", "reverses", "reason"
    heads = dict.fromkeys(columns, "x")
    *_, line = csv.reader(io.StringIO(comma_separated([row], "x", heads, {})))
    assert line == ["1", "2026-01-01", f"'{text}", f"'{text}", "-1.00", "0.00", f"'{text}",
                    f"'{text}"]  # fmt: skip
