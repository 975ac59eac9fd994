"""Gifts from a workbook: in and out, every fault at its cell, once."""

from __future__ import annotations

import io
import re
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from saas import sheets
from saas.funds import queries, seats, words, workbook
from saas.funds.models import Donor, Gift
from saas.kernel import clock
from saas.kernel.db import session
from saas.kernel.i18n import say
from tests.funds.making import confirmed, held, seated
from tests.support import District, Visitor

PLANTED = "欧阳植名"
_PATH = "/console/funds/workbook"
_NEW = {"amount": "12.50", "on": "2026-05-03", "name": PLANTED, "phone": "13900139000"}


def _row(**other: str) -> dict[str, str]:
    told = {"purpose": say(queries.purposes()["elders"].name), "way": str(words.WAY["event"]),
            "shown_as": str(words.SHOWN["anonymous"])}  # fmt: skip
    return _NEW | told | other


def _book(*rows: dict[str, str]) -> bytes:
    return sheets.book_of([sheets.page_of(workbook.TABLE, {}, rows)], "x", [], "Lists")


def _send(desk: Visitor, book: bytes, where: str = "host") -> Any:
    return desk.post(_PATH, form=_PATH, file=(io.BytesIO(book), "gifts.xlsx"), where=where)


def _sealed(text: str) -> str:
    found = re.search(r'name="rows" value="([^"]+)"', text)
    assert found, text[:3000]
    return found[1]


@pytest.mark.parametrize("where", ["host", "cash"])
def test_gifts_are_taken_over_once_and_stand_where_it_was_said(alpha: District, where: str) -> None:
    desk = alpha.client("street")
    with alpha.work():
        book = _book(_row(), _row(amount="7", on="2026-05-01"))
    page = _send(desk, book, where)
    assert page.status_code == 200, page.text[:3000]
    assert PLANTED not in page.text
    for _ in ("pressed", "pressed once more"):
        assert desk.post(f"{_PATH}/confirm", form=_PATH, rows=_sealed(page.text)).status_code == 302
    with alpha.work():
        gifts = session.scalars(sa.select(Gift).order_by(Gift.number)).all()
        assert [f"{one.amount} {one.shown}" for one in gifts] == ["7.00 ", "12.50 "]
        states = set(queries.states([one.id for one in gifts]).values())
        assert states == {{"host": "confirmed", "cash": "held"}[where]}
        assert {one.name for one in session.scalars(sa.select(Donor))} == {PLANTED}
        assert queries.money().check == 0
    assert "已经有一笔" in _send(desk, book, where).text, "it is said in the look"
    assert _send(desk, book, "").status_code == 422, "where the money is must be answered"


def test_what_goes_out_comes_in_again_unchanged_and_names_nobody(alpha: District) -> None:
    with alpha.work():
        confirmed(alpha, "5", name=PLANTED, shown_as="initial")
        held(alpha, "6")
    desk = alpha.client("street")
    data = desk.get(f"{_PATH}/file").data
    grid = str([sheet.grid for sheet in sheets.read_workbook(io.BytesIO(data))])
    assert PLANTED not in grid
    page = _send(desk, data)
    assert page.status_code == 200
    assert 'name="rows"' not in page.text, "nothing would change"


@pytest.mark.parametrize(("wrong", "key"), [
    ({"amount": "0.005"}, "no_amount"), ({"amount": "-1"}, "no_amount"), ({"amount": ""}, "empty"),
    ({"purpose": "x"}, "no_purpose"), ({"purpose": ""}, "empty"), ({"way": "x"}, "no_way"),
    ({"shown_as": "x"}, "no_shown"), ({"on": "2999-01-01"}, "in_the_future"),
    ({"campaign": "x"}, "no_campaign"), ({"point": "x"}, "no_point"), ({"number": "9"}, "no_gift"),
])  # fmt: skip
def test_every_fault_stands_at_its_cell(alpha: District, wrong: dict[str, str], key: str) -> None:
    with alpha.work():
        for row, keys in ((_row(), []), (_row(**wrong), [key])):
            _sheets, draft = sheets.receive(io.BytesIO(_book(row)), [workbook.TABLE], workbook.FILE)
            _planned, faults = workbook.looked_at(
                draft.rows["gifts"], alpha.actor("street"), where="host"
            )
            assert [one.key for one in faults] == keys
    assert not _stored(alpha)


def _stored(alpha: District) -> int:
    with alpha.work():
        return queries.count(Gift)


def test_a_gift_never_changes_and_a_box_is_no_cash_of_a_list(alpha: District) -> None:
    with alpha.work():
        held(alpha, "6")
        there = workbook.filled()[0]
        for row, where, key in ((there | {"amount": "7"}, "host", "fixed"),
                                (_row(way=str(words.WAY["box"])), "cash", "not_cash"),
                                (_row(shown_as=str(words.SHOWN["name"]), name=""), "host",
                                 "no_name")):  # fmt: skip
            _sheets, draft = sheets.receive(io.BytesIO(_book(row)), [workbook.TABLE], workbook.FILE)
            _planned, faults = workbook.looked_at(
                draft.rows["gifts"], alpha.actor("street"), where=where
            )
            assert [one.key for one in faults] == [key]
    for who in ("keeper", "resident", None):
        assert alpha.client(who).get(f"{_PATH}/file").status_code != 200


def _seats(district: District, *rows: dict[str, str]) -> tuple[list[Any], list[str]]:
    book = sheets.book_of([sheets.page_of(seats.TABLE, {}, rows)], "x", [], "Lists")
    _sheets, draft = sheets.receive(io.BytesIO(book), [seats.TABLE], seats.FILE)
    planned, faults = seats.looked_at(draft.rows["committee"], district.actor("street"))
    return planned, [one.key for one in faults]


def test_the_committee_goes_out_and_in_unchanged_and_takes_up_who_sat_there(
    alpha: District,
) -> None:
    with alpha.work():
        seated(alpha)
        chair, member = str(words.SEAT["chair"]), str(words.SEAT["member"])
        planned, faults = _seats(alpha, *seats.filled())
        assert (faults, {one.state for one in planned}) == ([], {"same"})
        then = {"person": "keeper", "seat": member, "since": "2024-01-05", "until": "2025-01-05"}
        for wrong, key in (
            ({}, ""), ({"person": "nobody"}, "no_person"), ({"seat": "x"}, "no_seat"),
            ({"person": ""}, "empty"), ({"until": "2023-01-01"}, "order"),
            ({"until": "", "seat": chair}, "taken"), ({"person": "resident", "until": ""}, "twice"),
            ({"number": "999"}, "no_number"), ({"since": "2999-01-01"}, "in_the_future"),
        ):  # fmt: skip
            assert _seats(alpha, then | wrong)[1] == ([key] if key else []), wrong
        assert _seats(alpha, then, then)[1] == ["twice"]
        left = next(row for row in seats.filled() if row["person"] == "compound")
        assert _seats(alpha, left | {"seat": chair})[1] == ["fixed"]
        left |= {"until": clock.today().isoformat()}
        assert _seats(alpha, left)[1] == []
        for again in (2, 0):
            assert seats.take_over([then, left], actor=alpha.actor("street")) == again
        assert len(queries.members(clock.today())) == 4
        assert len(queries.members(date(2024, 6, 1))) == 1
        assert _seats(alpha, *seats.filled())[1] == []
    desk = alpha.client("street")
    for path in ("", "/file"):
        assert desk.get(f"/console/funds/seats{path}").status_code == 200
    data = desk.get("/console/funds/seats/file").data
    page = desk.post("/console/funds/seats", form="/console/funds/seats",
                     file=(io.BytesIO(data), "committee.xlsx"))  # fmt: skip
    assert page.status_code == 200
    assert 'name="rows"' not in page.text, "nothing would change"
    assert alpha.client("keeper").get("/console/funds/seats/file").status_code != 200
