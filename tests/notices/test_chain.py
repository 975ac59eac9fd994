"""Which way leads to somebody: the account, an SMS, a mail, a call; and what it costs and waits."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import IntegrityError

from saas.accounts import commands as accounts
from saas.accounts.models import Person
from saas.kernel import clock
from saas.kernel.db import session
from saas.notices import commands, providers, queries, rules
from saas.notices.models import Allowance, CallTask, Delivery, Notice, Template
from saas.notices.words import step
from tests.notices.conftest import carry, deliveries, gateway
from tests.notices.kinds import ASKED, MOVED, PLAIN
from tests.notices.servers import Hall, MailBox
from tests.notices.test_mail import wants
from tests.support import District
from tests.territory.counting import counted

NUMBER = "13800004321"


def phone(district: District, who: str = "resident", number: str | None = NUMBER) -> None:
    """Give somebody a number."""
    with district.work():
        person = session.get_one(Person, district.people[who])
        accounts.change_person(
            person, name=person.name, login=person.login, phone=number,
            actor=district.actor("admin"),
        )  # fmt: skip


def ask(district: District, who: str = "resident", **more: Any) -> None:
    """A question that goes to a telephone."""
    with district.work():
        commands.notify(
            [district.people[who]], ASKED, path="/demands/x", about="demand:7",
            calls=district.unit("courtyard").id, what={"zh": "电梯", "en": "Lifts"}, **more,
        )  # fmt: skip


def allow(district: District, how: str = "once", messages: int = 1) -> None:
    """Let the account send."""
    with district.work():
        commands.allow_messages(
            ASKED, how=how, subject="o-1", messages=messages, actor=district.actor("resident")
        )


def ways(district: District) -> list[tuple[str, str, str | None]]:
    """Every delivery: by what, how it stands, why."""
    return [(one.channel, one.state, one.fault) for one in deliveries(district)]


def calls(district: District) -> list[tuple[str, str]]:
    """Every call: how it stands, and why somebody is to be called."""
    with district.work():
        return [(c.state, c.why) for c in session.scalars(sa.select(CallTask))]


def left(district: District) -> list[int]:
    """What the account may still send."""
    with district.work():
        return list(session.scalars(sa.select(Allowance.left).order_by(Allowance.id)))


def test_a_question_arrives_as_an_sms_that_is_signed_and_whole(
    app: Flask, alpha: District, hall: Hall
) -> None:
    phone(alpha)
    gateway(alpha, hall)
    ask(alpha)
    assert [one.state for one in carry(app, alpha)] == ["sent"]
    path, headers, body = hall.calls[0]
    given = hall.given()
    assert given["to"] == NUMBER
    assert (given["signature"], given["template"]) == ("alpha区", "tests.asked-zh_Hans_CN")
    assert given["text"] == "电梯需要您补充情况，请到居民服务网站回答"
    assert given["values"] == {"what": "电梯"}
    stamp = int(headers["X-Timestamp"])
    assert headers["X-Key-Id"] == "k-1"
    assert path == "/hook?from=saas"
    signed = rules.request_signature("s-1", "POST", path, stamp, body)
    assert headers["X-Signature"] == signed
    assert rules.request_signature("s-1", "POST", path, stamp, body + b" ") != signed
    (sent,) = deliveries(alpha)
    assert (sent.parts, sent.fen, sent.body, sent.endpoint) == (1, 5, None, "138****4321")
    assert calls(alpha) == []


def test_an_unfiled_template_is_given_to_no_provider_and_the_person_is_called(
    app: Flask, alpha: District, hall: Hall
) -> None:
    phone(alpha)
    gateway(alpha, hall)
    with alpha.work():
        session.execute(sa.update(Template).values(filing="asked"))
    ask(alpha)
    carry(app, alpha)
    assert hall.calls == []
    assert ways(alpha) == [("sms", "given_up", "not_filed")]
    assert calls(alpha) == [("open", "not_filed")]


def test_where_no_channel_leads_somebody_is_called_within_eight_working_hours(
    alpha: District,
) -> None:
    ask(alpha)
    ask(alpha)
    assert (ways(alpha), calls(alpha)) == ([], [("open", "no_way")])
    with alpha.work():
        (call,) = session.scalars(sa.select(CallTask))
        assert call.due_at > clock.now() + timedelta(hours=8)
        commands.done_about("demand:7")
    assert calls(alpha) == [("dropped", "no_way")]


def test_who_reads_it_here_is_called_no_more(alpha: District) -> None:
    for read_all in (False, True):
        ask(alpha)
        with alpha.work():
            resident = alpha.actor("resident")
            (notice, *_), _ = queries.inbox("unread", actor=resident)
            if read_all:
                commands.mark_all_read(actor=resident)
            else:
                commands.mark_read(notice)
    assert calls(alpha) == [("dropped", "no_way")] * 2


def test_the_account_comes_before_the_sms_and_each_permission_is_good_for_one(
    app: Flask, alpha: District, hall: Hall
) -> None:
    phone(alpha)
    gateway(alpha, hall)
    gateway(alpha, hall, "account")
    allow(alpha, messages=2)
    for _ in range(3):
        ask(alpha)
        carry(app, alpha)
    carry(app, alpha)
    assert ways(alpha) == [
        ("account", "sent", None), ("account", "sent", None), ("account", "given_up", "no_grant"),
        ("sms", "sent", None),
    ]  # fmt: skip
    assert left(alpha) == [0]
    assert [call[2] and "o-1" in call[2].decode() for call in hall.calls] == [True, True, False]


def test_what_is_allowed_for_long_is_not_counted_and_ends_when_the_account_says_so(
    app: Flask, alpha: District, hall: Hall
) -> None:
    gateway(alpha, hall, "account")
    allow(alpha, "long")
    for _ in range(2):
        ask(alpha)
        carry(app, alpha)
    assert left(alpha) == [1]
    hall.status, hall.answer = 409, b'{"code": "no_grant"}'
    ask(alpha)
    carry(app, alpha)
    assert ways(alpha)[-1] == ("account", "given_up", "no_grant")
    assert left(alpha) == [0]
    assert calls(alpha) == [("open", "no_grant")]


def test_a_permission_is_given_back_when_nothing_was_sent(
    app: Flask, alpha: District, hall: Hall
) -> None:
    gateway(alpha, hall, "account")
    allow(alpha)
    hall.status = 400
    ask(alpha)
    carry(app, alpha)
    assert ways(alpha) == [("account", "given_up", "refused")]
    assert left(alpha) == [1]


def test_nothing_can_be_left_below_zero(alpha: District) -> None:
    allow(alpha)

    def rob() -> None:
        with alpha.work():
            session.execute(sa.update(Allowance).values(left=-1))

    with pytest.raises(IntegrityError, match="ck_channel_grants_left"):
        rob()


def test_who_gets_a_mail_is_not_called_and_is_when_no_mail_arrives(
    app: Flask, alpha: District, box: MailBox
) -> None:
    wants(alpha, "resident")
    ask(alpha)
    assert calls(alpha) == []
    carry(app, alpha)
    assert ways(alpha) == [("mail", "sent", None)]
    box.answer = "550 no such user"
    ask(alpha)
    carry(app, alpha)
    assert ways(alpha)[-1] == ("mail", "given_up", "address_refused")
    assert calls(alpha) == [("open", "address_refused")]


def test_a_provider_that_is_down_is_tried_again_and_nothing_is_lost(
    app: Flask, alpha: District, hall: Hall
) -> None:
    phone(alpha)
    gateway(alpha, hall)
    hall.status = 503
    ask(alpha)
    carry(app, alpha)
    assert ways(alpha) == [("sms", "failed", "refused")]
    hall.status = 200
    carry(app, alpha, after=timedelta(minutes=2))
    assert ways(alpha) == [("sms", "sent", None)]
    assert {call[1].get("X-Key-Id") for call in hall.calls} == {"k-1"}
    assert len({hall.given()["key"]}) == 1


@pytest.mark.parametrize(
    ("status", "answer", "reason", "retry"),
    [
        (400, b"", "refused", False), (429, b"", "refused", True), (500, b"", "refused", True),
        (401, b"", "sign_in_refused", True), (302, b"", "redirected", False),
        (409, b'{"code": "no_grant"}', "no_grant", False), (409, b"nothing", "refused", False),
    ],
)  # fmt: skip
def test_the_contract_with_a_provider(
    app: Flask, alpha: District, hall: Hall, status: int, answer: bytes, reason: str, retry: bool
) -> None:
    hall.status, hall.answer = status, answer
    text = providers.Text("key-1", NUMBER, "T-1", "社区服务", "您好", (("what", "电梯"),))
    way = providers.SignedHttp(providers.Line(hall.url, "k", "s"), private=True)
    with alpha.work(), pytest.raises(providers.Undeliverable) as caught:
        way.send(text)
    assert (caught.value.reason, caught.value.retry) == (reason, retry)
    assert hall.given() == {
        "key": "key-1", "to": NUMBER, "template": "T-1", "signature": "社区服务",
        "text": "您好", "values": {"what": "电梯"},
    }  # fmt: skip


def test_at_night_it_waits_for_the_morning_and_a_code_does_not(
    app: Flask, alpha: District, hall: Hall
) -> None:
    phone(alpha)
    gateway(alpha, hall, quiet_from=time(21), quiet_to=time(8))
    night = datetime(2026, 11, 24, 15, 30, tzinfo=UTC)  # 23:30 there
    with clock.turned(night - clock.now()):
        ask(alpha)
        with alpha.work():
            commands.send_code(NUMBER, "sign_up")
    carry(app, alpha, after=night + timedelta(seconds=9) - clock.now())
    assert [(one.event, one.state) for one in deliveries(alpha)] == [
        ("tests.asked", "waiting"), ("notices.code", "sent"),
    ]  # fmt: skip
    assert deliveries(alpha)[0].next_try_at == datetime(2026, 11, 25, 0, tzinfo=UTC)
    carry(app, alpha, after=night + timedelta(hours=8, minutes=31) - clock.now())
    assert deliveries(alpha)[0].state == "sent"


def test_what_the_day_cannot_pay_goes_out_the_next_morning(
    app: Flask, alpha: District, hall: Hall
) -> None:
    phone(alpha)
    gateway(alpha, hall, day_fen=5)
    ask(alpha)
    ask(alpha)
    carry(app, alpha)
    assert ways(alpha) == [("sms", "sent", None), ("sms", "waiting", "capped")]
    with alpha.work():
        assert not queries.can_text()
    carry(app, alpha, after=timedelta(days=1, hours=9))
    assert [one.state for one in deliveries(alpha)] == ["sent", "sent"]


def test_somebody_without_an_account_is_sent_an_sms_or_called(
    app: Flask, alpha: District, hall: Hall
) -> None:
    def tell(number: str) -> None:
        with alpha.work():
            commands.tell_number(
                number, ASKED, path="/demands/x", about=f"demand:{number}", name="李阿姨",
                calls=alpha.unit("courtyard").id, what={"zh": "电梯"},
            )  # fmt: skip

    tell(NUMBER)
    assert calls(alpha) == [("open", "no_way")]
    gateway(alpha, hall)
    tell("13900000001")
    tell("08132201234")
    carry(app, alpha)
    assert hall.given()["to"] == "13900000001"
    assert ways(alpha) == [("sms", "sent", None)]
    assert len(calls(alpha)) == 2
    with alpha.work():
        raw = session.execute(sa.text("SELECT phone, name FROM call_tasks")).all()
        raw += session.execute(sa.text("SELECT phone, phone FROM deliveries")).all()
        assert all(NUMBER.encode() not in bytes(cell) for row in raw for cell in row)
        assert all("李".encode() not in bytes(cell) for row in raw for cell in row)


def test_telling_a_thousand_by_telephone_costs_a_fixed_number_of_statements(
    alpha: District, hall: Hall
) -> None:
    gateway(alpha, hall)

    def statements(number: int, first: int) -> int:
        with alpha.work():
            people = [
                {"name": "n", "created_at": clock.now(), "phone": f"139{first + n:08}"}
                for n in range(number)
            ]
            ids = session.scalars(sa.insert(Person).returning(Person.id), people).all()
            with counted() as sent:
                commands.notify(ids, ASKED, path="/rooms", about="demand:9", what={"zh": "x"})
        return len(sent)

    assert statements(1, 0) == statements(1000, 1) == 6


def test_hops_are_one_notice_that_grows_and_is_new_again(alpha: District) -> None:
    def move(who: str, day: int, about: str = "demand:7") -> None:
        at = datetime(2026, 11, day, 1, 30, tzinfo=UTC)
        with alpha.work(), clock.turned(at - clock.now()):
            person = [alpha.people["resident"]]
            way = [step(at, {"zh": who})]
            commands.notify(person, MOVED, path="/demands/x", about=about, what="电梯", way=way)

    def inbox() -> list[str]:
        with alpha.work():
            rows, _ = queries.inbox("unread", actor=alpha.actor("resident"))
            return [MOVED.text_with(row.facts, "Asia/Shanghai") for row in rows]

    move("甲社区", 20)
    move("丁社区", 21, about="demand:8")
    with alpha.work():
        commands.mark_all_read(actor=alpha.actor("resident"))
    move("乙街道", 23)
    move("民政局", 25)
    assert inbox() == ["11-20 09:30 甲社区 → 11-23 09:30 乙街道 → 11-25 09:30 民政局"]
    with alpha.work():
        assert session.scalar(sa.select(sa.func.count()).select_from(Notice)) == 2
        (newest, _), _ = queries.inbox("all", actor=alpha.actor("resident"))
        assert newest.about == "demand:7"
        commands.done_about("demand:7")
    for n in range(10):
        move(f"{n}号", 1 + n)
    assert inbox()[0].count("→") == 5


def test_a_test_provider_reaches_nobody_outside_a_demo_district(
    app: Flask, alpha: District, hall: Hall
) -> None:
    phone(alpha)
    gateway(alpha, hall, kind="test")
    since = clock.now()
    ask(alpha)
    carry(app, alpha)
    assert ways(alpha) == [("sms", "trapped", None)]
    assert hall.calls == []
    with alpha.work():
        assert session.scalars(sa.select(Delivery)).one().body
        assert queries.reached_at("demand:7", ASKED, since) is None
        assert PLAIN.short == ""


@pytest.mark.parametrize("number", ["13800138000", "13800004321", "10000001519", "100-0000-1519"])
def test_a_mobile_number_is_reached_by_short_texts_and_so_is_a_sample(number: str) -> None:
    assert rules.is_mobile(number)
    assert rules.is_sample(number) is (number != "13800138000")


@pytest.mark.parametrize("number", ["08135551234", "12345", "100-0000-15190", ""])
def test_what_is_no_mobile_number_is_not(number: str) -> None:
    assert not rules.is_mobile(number)
