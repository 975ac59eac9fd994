"""One-time codes: who gets one, how long it is good, how often it may be tried."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from saas.kernel import clock
from saas.kernel.crypto import lookup_hash
from saas.kernel.db import session
from saas.kernel.errors import Conflict, Invalid, TooMany
from saas.notices import commands, queries, rules, words
from saas.notices.models import Delivery, Template, TextCode
from saas.notices.providers import Line
from tests.notices.conftest import carry, deliveries, gateway, use
from tests.notices.servers import Hall
from tests.support import District

NUMBER = "13800001234"


@pytest.fixture
def district(alpha: District, hall: Hall) -> District:
    """A district whose texts go through a provider of its own, with everything filed."""
    gateway(alpha, hall)
    return alpha


def _send(district: District, number: str = NUMBER, purpose: str = "sign_up", **more: str) -> None:
    with district.work():
        commands.send_code(number, purpose, **more)


def _said(hall: Hall) -> str:
    found = re.search(r"\d{6}", hall.given()["text"])
    assert found
    return found[0]


def _check(district: District, code: str, purpose: str = "sign_up") -> bool:
    with district.work():
        return commands.check_code(NUMBER, purpose, code)


def test_a_code_arrives_is_right_once_and_stands_nowhere(
    app: Flask, district: District, hall: Hall
) -> None:
    _send(district, "138 0000 1234")
    assert [one.state for one in carry(app, district)] == ["sent"]
    code = _said(hall)
    with district.work():
        kept = session.scalars(sa.select(TextCode)).one()
        assert code not in f"{kept.code_hash}{kept.phone_hash}"
        assert kept.phone_hash == lookup_hash(NUMBER)
        sent = session.scalars(sa.select(Delivery)).one()
        assert (sent.secret, sent.body, sent.payload) == (None, None, None)
        assert sent.endpoint == "138****1234"
    assert not _check(district, code, "sign_in")
    assert _check(district, f" {code} ")
    assert not _check(district, code)


def test_five_wrong_ones_end_it_and_so_do_five_minutes_and_a_newer_one(
    app: Flask, district: District, hall: Hall
) -> None:
    _send(district)
    carry(app, district)
    first = _said(hall)
    for n in range(rules.CODE_TRIES):
        assert not _check(district, "x" * (n + 1))
    assert not _check(district, first)
    _send(district)
    carry(app, district)
    second = _said(hall)
    with clock.turned(timedelta(minutes=5)):
        assert not _check(district, second)
    _send(district)
    assert not _check(district, second) or _said(hall) == second
    carry(app, district)
    assert _check(district, _said(hall))


def test_a_number_and_an_address_get_only_so_many(district: District) -> None:
    for _ in range(rules.CODES_A_NUMBER):
        _send(district)
    with pytest.raises(TooMany):
        _send(district)
    for n in range(rules.CODES_AN_ADDRESS):
        _send(district, f"139{n:08}", address="hash")
    with pytest.raises(TooMany):
        _send(district, "13700000000", address="hash")
    _send(district, "13700000000", address="another")


@pytest.mark.parametrize("number", ["", "0813-2201234", "1380000123", "hello"])
def test_what_is_no_mobile_number_is_said_at_the_field(district: District, number: str) -> None:
    with pytest.raises(Invalid) as caught:
        _send(district, number)
    assert "phone" in caught.value.errors


def test_where_no_provider_is_live_nobody_is_promised_a_code(alpha: District, hall: Hall) -> None:
    with alpha.work():
        assert not queries.can_text()
    with pytest.raises(Conflict):
        _send(alpha)
    gateway(alpha, hall, kind="test")
    with alpha.work():
        assert not queries.can_text(), "nobody but administrators sees that outbox"
    gateway(alpha, hall)
    with alpha.work():
        assert queries.can_text()
        rows = session.scalars(sa.select(Template).where(Template.kind == words.CODE.name)).all()
        assert rows
        for row in rows:
            row.filing = "asked"
        session.flush()
        assert not queries.can_text()


def test_a_late_code_is_not_sent_any_more(app: Flask, district: District, hall: Hall) -> None:
    hall.status = 500
    _send(district)
    carry(app, district)
    (late,) = carry(app, district, after=timedelta(minutes=6))
    assert (late.state, late.fault) == ("given_up", "too_late")
    assert len(hall.calls) == 1
    assert deliveries(district)[0].fen is None


def test_a_line_is_read_from_the_operator_where_the_district_chose_it(
    app: Flask, alpha: District, hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    gateway(alpha, hall, kind="house")
    with alpha.work():
        assert queries.provider("sms") is None
    use(app, monkeypatch, sms_url=hall.url, sms_key_id="op", sms_secret="s")
    with alpha.work():
        assert queries.house_line() == Line(hall.url, "op", "s")
        assert queries.can_text()


def test_codes_for_strangers_leave_half_of_the_day_to_those_who_wait_for_an_answer(
    app: Flask, alpha: District, hall: Hall
) -> None:
    gateway(alpha, hall, day_fen=20)
    for n in range(4):
        with alpha.work():
            if queries.can_text():
                commands.send_code(f"139{n:08}", "sign_up")
        carry(app, alpha)
    with alpha.work():
        row = queries.provider("sms")
        assert row is not None
        assert queries.spent("sms", clock.today()) == 10, "two codes"
        assert queries.left(row, words.TEST.name) == 10
        assert not queries.can_text()
