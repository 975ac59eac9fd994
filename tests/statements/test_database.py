"""What the database refuses of statements, by raw SQL as the role of the district."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from saas.kernel.db import session
from saas.statements import commands, queries
from saas.statements.models import Act, Closing
from tests.funds.making import asked as unposted
from tests.funds.making import inside, posted, seated
from tests.statements.making import (
    JULY,
    JUNE,
    banked,
    by_bank,
    closed,
    line,
    match,
    on,
    read,
    refusal,
    sure,
)
from tests.support import District

_GENERATED = {"id", "thing", "is_open", "before_open", "taken", "gift_amount", "needs", "paid",
              "last"}  # fmt: skip


def _insert(table: Any, values: dict[str, Any]) -> str:
    names = ", ".join(f'"{name}"' for name in values)
    marks = ", ".join(f":{name}" for name in values)
    return refusal(f"INSERT INTO {table.__tablename__} ({names}) VALUES ({marks})", **values)


def _like(row: Any, **wrong: Any) -> dict[str, Any]:
    """The values of a row that is there, and what of them is another."""
    names = {column.name for column in row.__table__.columns} - _GENERATED
    if isinstance(row, Closing):
        names |= {"is_open"}
    return {name: getattr(row, name) for name in names} | wrong


@inside
def test_a_line_that_does_not_follow_is_refused(alpha: District) -> None:
    month = read(alpha, (3, "5", "a"), (4, "6", "b"), opening="1")
    last = line(month, 2)
    fresh = {"number": 3, "before_number": 2, "before": last.after, "amount": Decimal(1),
             "after": last.after + 1, "reference": "c"}  # fmt: skip
    assert _insert(type(last), _like(last, **fresh)) == "ck_statement_lines_lines", "it is whole"
    table = {
        "ck_statement_lines_sum": {"after": Decimal(99)},
        "fk_statement_lines_chain": {"before": Decimal(8), "after": Decimal(9)},
        "ck_statement_lines_follows": {"number": 2, "before_number": 2},
        "ck_statement_lines_day": {"on": JULY},
        "uq_statement_lines_number": {"number": 2, "before_number": 1, "before": Decimal(6),
                                      "after": Decimal(7)},
        "ck_statement_lines_something": {"amount": Decimal(0), "after": last.after},
        "fk_statement_lines_month": {"opening": Decimal(7)},
    }  # fmt: skip
    told = {name: _insert(type(last), _like(last, **fresh | {"lines": 3} | wrong))
            for name, wrong in table.items()}  # fmt: skip
    assert told == {name: name for name in table}
    assert "permission denied" in refusal("UPDATE statement_lines SET amount = 1")
    assert "permission denied" in refusal("DELETE FROM statement_lines")


@inside
def test_months_follow_without_a_gap_and_take_up_the_balance(alpha: District) -> None:
    month = read(alpha, (3, "5", "a"))
    july = {"month": JULY, "before_month": JUNE, "opening": Decimal(5), "closing": Decimal(5),
            "lines": 0}  # fmt: skip
    table = {
        "ck_statement_months_follows": {"month": JULY.replace(month=8)},
        "fk_statement_months_chain": {"opening": Decimal(6)},
        "uq_statement_months_before": {"before_month": None},
        "ck_statement_months_first_day": {"month": JULY.replace(day=2), "before_month": None},
    }
    told = {name: _insert(type(month), _like(month, **july | wrong))
            for name, wrong in table.items()}  # fmt: skip
    assert told == {name: name for name in table}
    assert _insert(type(month), _like(month, **july)) == ""
    assert "permission denied" in refusal("UPDATE statement_months SET closing = 1")


@inside
def test_a_match_that_the_book_does_not_know_is_refused(alpha: District) -> None:
    """Another sum, an unposted payout, the same thing twice, a line of another month."""
    with on(JUNE):
        seated(alpha)
    gift, other = by_bank(alpha, "5", 3), by_bank(alpha, "6", 3)
    banked(alpha, "S-1", "60")
    month = read(alpha, (3, "5", "a"), (3, "5", "b"), (5, "60", "S-1"), (6, "-40", "c"),
                 (7, "-5", "d"))  # fmt: skip
    match(alpha, month, 1, thing=f"gift:{gift.id}")
    match(alpha, month, 3, thing="slip:S-1")
    with on(JUNE.replace(day=6)):
        payout, asked = posted(alpha, "50"), unposted(alpha, "40")
    tip, second, out, same = (queries.tip_of(month), *(line(month, n) for n in (2, 4, 5)))
    assert tip is not None
    fresh = {"number": 3, "before_number": 2, "before": 2, "after": 3, "line_id": second.id,
             "amount": Decimal(5), "kind": "other", "slip": None, "note": "?", "line_number": 1,
             "line_before": None, "thing_number": 1, "thing_before": None}  # fmt: skip
    gift_of = {"kind": "gift", "gift_id": gift.id}
    pay = {"kind": "payout", "line_id": out.id, "amount": Decimal(-40)}
    table: list[tuple[str, dict[str, Any]]] = [
        ("fk_statement_acts_gift_amount", {"kind": "gift", "gift_id": other.id}),
        ("uq_statement_acts_thing", gift_of),
        ("ck_statement_acts_thing_turn", gift_of | {"thing_number": 2, "thing_before": 1}),
        ("uq_statement_acts_line", {"line_id": tip.line_id, "amount": Decimal(60)}),
        ("fk_statement_acts_amount", {"amount": Decimal(6)}),
        ("ck_statement_acts_way", {"kind": "fee"}),
        ("ck_statement_acts_why", {"note": ""}),
        ("ck_statement_acts_what", {"kind": "slip"}),
        ("ck_statement_acts_sum", {"after": 4}),
        ("fk_statement_acts_chain", {"before": 1, "after": 2}),
        ("fk_statement_acts_before_by", {"before_by": alpha.people["admin"]}),
        ("fk_statement_acts_posting", pay | {"payout_id": asked.id}),
    ]  # fmt: skip
    told = [_insert(Act, _like(tip, **fresh | wrong)) for _name, wrong in table]
    assert told == [name for name, _wrong in table]
    refund = {"kind": "refund", "gift_id": gift.id, "line_id": out.id, "amount": Decimal(-40)}
    for wrong in (pay | {"payout_id": payout.id}, refund):
        assert "fk_statement_acts" in _insert(Act, _like(tip, **fresh | wrong)), "another sum"
    alike = {"line_id": same.id, "amount": Decimal(-5)}
    assert _insert(Act, _like(tip, **fresh | refund | alike)) == "fk_statement_acts_gift_state"
    assert _insert(Act, _like(tip, **fresh)) == "", "what fits is taken"


@inside
def test_a_closed_month_takes_nothing_more_and_two_people_close_it(alpha: District) -> None:
    by_bank(alpha, "5", 3)
    month = read(alpha, (3, "5", "a"))
    assert sure(alpha, month) == 1
    street, admin = alpha.people["street"], alpha.people["admin"]
    tip = queries.tip_of(month)
    assert tip is not None
    empty = dict.fromkeys(("kind", "line_id", "amount", "gift_id", "line_number", "line_before",
                           "thing_number", "thing_before"))  # fmt: skip
    close = {**empty, "verb": "close", "number": 2, "before_number": 1, "before": 1, "after": 1,
             "before_by": street}  # fmt: skip
    assert _insert(Act, _like(tip, **close, by_id=street)) == "ck_statement_acts_two_people"
    done = closed(alpha, month)
    tip = queries.tip_of(month)
    assert tip is not None
    more = {**empty, "number": 3, "before_number": 2, "before_by": admin, "by_id": admin}
    wait = {"verb": "wait", "kind": "slip", "slip": "S", "note": "x"}
    assert _insert(Act, _like(tip, **more | wait)) == "fk_statement_acts_open"
    table = {
        "ck_statement_closings_sum": {"book": Decimal(6)},
        "ck_statement_closings_begin": {"book": Decimal(4), "begin": Decimal(1)},
        "uq_statement_closings_month": {"before_month": JUNE.replace(month=5)},
    }
    told = {name: _insert(Closing, _like(done, **wrong)) for name, wrong in table.items()}
    assert told == {name: name for name in table}
    for table_name in ("acts", "closings"):
        assert "permission denied" in refusal(f"DELETE FROM statement_{table_name}")


@inside
def test_a_month_with_an_open_line_cannot_be_closed_by_anybody(alpha: District) -> None:
    by_bank(alpha, "5", 3)
    month = read(alpha, (3, "5", "a"), (4, "1", "b"))
    assert sure(alpha, month) == 1
    tip = queries.tip_of(month)
    assert tip is not None
    empty = dict.fromkeys(("kind", "line_id", "amount", "gift_id", "line_number", "line_before",
                           "thing_number", "thing_before"))  # fmt: skip
    values = _like(tip, **empty, verb="close", number=2, before_number=1, before=1, after=1,
                   before_by=alpha.people["street"], by_id=alpha.people["admin"])  # fmt: skip
    names = ", ".join(f'"{name}"' for name in values)
    session.execute(sa.text(f"INSERT INTO statement_acts ({names}) VALUES"
                            f" ({', '.join(f':{name}' for name in values)})"), values)  # fmt: skip
    row = {"month": JUNE, "before_month": None, "number": 2, "is_open": False,
           "opening": Decimal(0), "closing": Decimal(6), "lines": 2, "book": Decimal(5),
           "own": Decimal(0), "unbooked": Decimal(1), "on_way": Decimal(0), "begin": Decimal(0),
           "at": tip.at}  # fmt: skip
    assert _insert(Closing, row) == "fk_statement_closings_explained"
    assert _insert(Closing, row | {"lines": 1}) == "fk_statement_closings_month"


@inside
def test_a_line_taken_back_must_be_the_same_thing(alpha: District) -> None:
    gift, other = by_bank(alpha, "5", 3), by_bank(alpha, "5", 3)
    month = read(alpha, (3, "5", "a"))
    match(alpha, month, 1, thing=f"gift:{gift.id}")
    tip = queries.tip_of(month)
    assert tip is not None
    back = {"verb": "back", "number": 2, "before_number": 1, "before": 1, "after": 0, "note": "x",
            "before_by": tip.by_id, "line_number": 2, "line_before": 1, "thing_number": 2,
            "thing_before": 1}  # fmt: skip
    wrong = _insert(Act, _like(tip, **back | {"gift_id": other.id}))
    assert wrong in {"fk_statement_acts_back", "fk_statement_acts_thing"}
    commands.take_back(line(month, 1), month, reason="x", actor=alpha.actor("street"))
