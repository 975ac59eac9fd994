"""Mail: at once, once a day, later, not at all, and through a server that is down."""

from __future__ import annotations

import socket
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from flask import Flask

from saas.accounts import commands as accounts
from saas.accounts.models import Person
from saas.kernel import clock
from saas.kernel.context import SYSTEM
from saas.kernel.db import session
from saas.notices import channels, commands, rules, words
from saas.notices.models import Delivery, Notice, Reach
from tests.notices.conftest import Queued, carry, deliveries, run, use
from tests.notices.kinds import ANSWERED, DUE, PLAIN
from tests.notices.servers import MailBox
from tests.support import District
from tests.territory.counting import counted

MAIL = "lingjia@mail.example"


def wants(district: District, who: str, how: str = "each", **more: object) -> None:
    """How somebody is reached, as the form stores it."""
    given = {"digest_hour": 8, "quiet_from": None, "quiet_to": None, "locale": "zh_Hans_CN"}
    with district.work():
        commands.set_reach(
            mail=MAIL, forget_mail=False, wants_mail=how, actor=district.actor(who), **given | more
        )  # type: ignore[arg-type]


def tell(district: District, *who: str, kind: words.Kind = PLAIN, **more: object) -> None:
    """A notice for these people."""
    with district.work():
        ids = [district.people[one] for one in who]
        commands.notify(ids, kind, path="/demands/mine", **more)  # type: ignore[arg-type]


def _states(district: District) -> list[tuple[str, str | None]]:
    return [(one.state, one.fault) for one in deliveries(district)]


def test_a_notice_arrives_as_a_mail_in_the_words_of_its_reader(
    app: Flask, alpha: District, box: MailBox, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(app, monkeypatch, public_url="https://shequ.example/")
    wants(alpha, "street")
    wants(alpha, "admin", locale="en")
    noon = datetime(2026, 11, 23, 4, tzinfo=UTC)
    what = {"zh": "院门口的垃圾", "en": "Rubbish at the gate"}
    tell(alpha, "street", "admin", "resident", kind=DUE, what=what, until=noon)
    assert {one.state for one in carry(app, alpha)} == {"sent"}
    first, second = box.taken
    assert first["To"] == MAIL
    assert first["From"] == "alpha区 <no-reply@districts.example>"
    assert "院门口的垃圾" in first["Subject"]
    assert "紧急" in first["Subject"]
    assert first["Importance"] == "high"
    text = first.get_content()
    assert "截止 2026-11-23 12:00" in text
    assert "https://shequ.example/d/alpha/demands/mine" in text
    assert "https://shequ.example/d/alpha/inbox/settings" in text
    assert "Rubbish at the gate" in second["Subject"]
    keys = [one.key for one in deliveries(alpha)]
    assert [letter["Message-ID"] for letter in box.taken] == [
        f"<{key}@districts.example>" for key in keys
    ]
    assert [one.endpoint for one in deliveries(alpha)] == ["l***@mail.example"] * 2
    carry(app, alpha, after=timedelta(days=2))
    assert len(box.taken) == 2


def test_one_job_is_queued_for_all_and_none_where_nobody_is_to_hear(
    alpha: District, queued: Queued
) -> None:
    tell(alpha, "street", "admin")
    assert queued == []
    wants(alpha, "street")
    wants(alpha, "admin")
    tell(alpha, "street", "admin", "resident")
    ((name, at, args),) = queued
    assert (name, args) == ("notices.deliver", {"ids": [one.id for one in deliveries(alpha)]})
    assert at is not None
    assert len(args["ids"]) == 2


def test_a_thousand_readers_of_mail_cost_a_fixed_number_of_statements(alpha: District) -> None:
    def statements(number: int) -> int:
        with alpha.work():
            people = [{"name": "n", "created_at": clock.now()} for _ in range(number)]
            ids = session.scalars(sa.insert(Person).returning(Person.id), people).all()
            ways = [
                {"person_id": one, "mail": MAIL, "wants_mail": "each", "digest_hour": 8,
                 "locale": "en"} for one in ids
            ]  # fmt: skip
            session.execute(sa.insert(Reach), ways)
            with counted() as sent:
                assert commands.notify(ids, PLAIN, path="/rooms") == number
        return len(sent)

    assert statements(1) == statements(1000) == 4


def test_a_dead_server_loses_nothing_and_sending_again_works_when_it_is_back(
    app: Flask, alpha: District, box: MailBox, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        use(app, monkeypatch, smtp_url=f"smtp://127.0.0.1:{nobody.getsockname()[1]}")
        wants(alpha, "street")
        wants(alpha, "admin")
        tell(alpha, "street", "admin")
        for hours in (0, 1, 2, 3, 6):
            carry(app, alpha, after=timedelta(hours=hours))
            assert _states(alpha) == [("failed", "unreachable")] * 2
        carry(app, alpha, after=timedelta(hours=20))
    assert _states(alpha) == [("given_up", "unreachable")] * 2
    admin = alpha.client("admin")
    page = admin.get("/deliveries").text
    assert "无法连接对方" in page
    assert "l***@mail.example" in page
    assert MAIL not in page
    assert alpha.client("street").get("/inbox").text.count("data-notice=") == 1

    use(app, monkeypatch, smtp_url=box.url)
    first, second = deliveries(alpha)
    again = admin.post(f"/deliveries/{first.id}/again", form="/deliveries")
    assert again.status_code == 302
    carry(app, alpha)
    assert _states(alpha) == [("sent", None), ("given_up", "unreachable")]
    assert len(box.taken) == 1
    assert f"/deliveries/{first.id}" not in admin.get("/deliveries").text
    assert f"/deliveries/{second.id}" in admin.get("/deliveries").text
    refused = admin.post(f"/deliveries/{first.id}/again", form="/deliveries")
    assert refused.status_code == 409


def test_a_run_tries_again_at_the_time_of_the_next_try(
    app: Flask, alpha: District, box: MailBox, queued: Queued
) -> None:
    box.answer = "450 later"
    wants(alpha, "street")
    tell(alpha, "street")
    (one,) = carry(app, alpha)
    assert (one.state, one.fault, one.answer, one.tries) == ("failed", "address_refused", 450, 1)
    assert queued[-1] == ("notices.deliver", one.next_try_at, {"ids": [one.id]})
    carry(app, alpha)
    assert deliveries(alpha)[0].tries == 1
    box.answer = "250 OK"
    (one,) = carry(app, alpha, after=timedelta(minutes=2))
    assert (one.state, one.fault, one.tries) == ("sent", None, 2)


def test_an_address_that_the_server_refuses_for_good_is_given_up_at_once(
    app: Flask, alpha: District, box: MailBox
) -> None:
    box.answer = "550 nobody by that name"
    wants(alpha, "street")
    tell(alpha, "street")
    (one,) = carry(app, alpha)
    assert (one.state, one.fault, one.answer) == ("given_up", "address_refused", 550)
    assert "(550)" in alpha.client("admin").get("/deliveries").text


def test_a_message_that_breaks_does_not_hold_up_the_others(
    app: Flask, alpha: District, box: MailBox, monkeypatch: pytest.MonkeyPatch
) -> None:
    wants(alpha, "street")
    wants(alpha, "admin")
    tell(alpha, "street")
    tell(alpha, "admin", kind=ANSWERED, what="X")
    written = channels.SmtpMail._written

    def burst(self: channels.SmtpMail, mail: channels.Mail) -> object:
        if "X" not in mail.subject:
            raise KeyError("burst")
        return written(self, mail)

    monkeypatch.setattr(channels.SmtpMail, "_written", burst)
    carry(app, alpha)
    assert _states(alpha) == [("failed", "broken"), ("sent", None)]


def test_nothing_is_open_in_the_database_while_the_server_is_waited_for(
    app: Flask, alpha: District, box: MailBox, monkeypatch: pytest.MonkeyPatch
) -> None:
    wants(alpha, "street")
    tell(alpha, "street")
    seen: list[bool] = []
    monkeypatch.setattr(
        channels.SmtpMail, "send", lambda self, mail: seen.append(session().in_transaction())
    )
    carry(app, alpha)
    assert seen == [False]


def test_a_worker_that_died_leaves_what_it_had_taken_to_the_next(
    app: Flask, alpha: District, box: MailBox, monkeypatch: pytest.MonkeyPatch, queued: Queued
) -> None:
    class Killed(BaseException):
        pass

    def die(self: channels.SmtpMail, mail: channels.Message) -> None:
        raise Killed

    wants(alpha, "street")
    tell(alpha, "street")
    with monkeypatch.context() as patch:
        patch.setattr(channels.SmtpMail, "send", die)
        with pytest.raises(Killed):
            carry(app, alpha)
    carry(app, alpha)
    assert box.taken == []
    assert queued[-1][1] == deliveries(alpha)[0].next_try_at
    carry(app, alpha, after=rules.LEASE)
    assert _states(alpha) == [("sent", None)]
    assert len(box.taken) == 1


def test_a_stray_whose_run_never_came_is_picked_up_by_another(
    app: Flask, alpha: District, box: MailBox, queued: Queued
) -> None:
    wants(alpha, "street")
    tell(alpha, "street")
    stray = deliveries(alpha)[0].id
    queued.clear()
    run(app, alpha, "notices.deliver", ids=[])
    assert queued == []
    run(app, alpha, "notices.deliver", after=timedelta(hours=2), ids=[])
    assert [args for _, _, args in queued] == [{"ids": [stray]}]


def test_quiet_hours_delay_a_mail_to_their_end(
    app: Flask, alpha: District, box: MailBox, queued: Queued
) -> None:
    here = clock.now().astimezone(ZoneInfo("Asia/Shanghai"))
    begins = (here - timedelta(hours=1)).time().replace(second=0, microsecond=0)
    ends = (here + timedelta(hours=2)).time().replace(second=0, microsecond=0)
    wants(alpha, "street", quiet_from=begins, quiet_to=ends)
    tell(alpha, "street")
    (one,) = deliveries(alpha)
    assert one.next_try_at is not None
    assert one.next_try_at.astimezone(here.tzinfo).time() == ends
    assert queued[-1][1] == one.next_try_at
    carry(app, alpha, after=timedelta(hours=1))
    assert box.taken == []
    carry(app, alpha, after=timedelta(hours=2))
    assert len(box.taken) == 1


def test_a_second_try_rests_in_quiet_hours_that_have_begun_since(
    app: Flask, alpha: District, box: MailBox
) -> None:
    here = clock.now().astimezone(ZoneInfo("Asia/Shanghai"))
    wants(alpha, "street")
    tell(alpha, "street")
    with alpha.work():
        commands.set_reach(
            mail="", forget_mail=False, wants_mail="each", digest_hour=8, locale="en",
            quiet_from=(here - timedelta(hours=1)).time(),
            quiet_to=(here + timedelta(hours=1)).time(), actor=alpha.actor("street"),
        )  # fmt: skip
    (one,) = carry(app, alpha)
    assert (one.state, one.tries, len(box.taken)) == ("waiting", 0, 0)
    (one,) = carry(app, alpha, after=timedelta(hours=1, minutes=1))
    assert (one.state, one.tries, len(box.taken)) == ("sent", 1, 1)


def test_what_is_no_longer_needed_is_not_sent(app: Flask, alpha: District, box: MailBox) -> None:
    for who in ("street", "admin", "keeper", "courtyard", "compound", "neighbour"):
        wants(alpha, who)
        tell(alpha, who, about=f"thing:{who}")
    with alpha.work():
        street, admin = alpha.actor("street"), alpha.actor("admin")
        commands.mark_all_read(actor=street)
        commands.done_about("thing:admin")
        for who, forget, how in (("keeper", True, "off"), ("courtyard", False, "off")):
            commands.set_reach(
                mail="", forget_mail=forget, wants_mail=how, digest_hour=8, quiet_from=None,
                quiet_to=None, locale="en", actor=alpha.actor(who),
            )  # fmt: skip
        assert admin.id
        neighbour = session.get_one(Person, alpha.people["neighbour"])
        accounts.disable_person(neighbour, reason="moved", actor=SYSTEM)
    carry(app, alpha)
    assert _states(alpha) == [
        ("spared", "seen"),
        ("spared", "seen"),
        ("spared", "no_address"),
        ("spared", "not_wanted"),
        ("sent", None),
        ("spared", "shut_out"),
    ]
    assert len(box.taken) == 1
    assert "已停用" in alpha.client("admin").get("/deliveries?list=spared").text


def test_a_digest_is_one_mail_a_day_with_what_is_unread(
    app: Flask, alpha: District, box: MailBox, queued: Queued
) -> None:
    wants(alpha, "street", "digest")
    wants(alpha, "admin", "digest", digest_hour=20)
    tell(alpha, "street", "admin", kind=ANSWERED, what="甲")
    tell(alpha, "street", kind=ANSWERED, what="乙")
    assert deliveries(alpha) == []
    assert sorted(args["hour"] for name, _, args in queued if name == "notices.digest") == [8, 20]
    due = next(at for _, at, args in queued if args["hour"] == 8)
    assert due is not None
    assert due.astimezone(ZoneInfo("Asia/Shanghai")).time() == time(8)

    run(app, alpha, "notices.digest", hour=8)
    carry(app, alpha)
    (letter,) = box.taken
    assert letter["Subject"] == "2 条未读通知"
    assert letter.get_content().splitlines()[:2] == ["· 已答复：乙", "· 已答复：甲"]

    run(app, alpha, "notices.digest", hour=8)
    assert len(deliveries(alpha)) == 1, "nothing new, no second mail"
    tell(alpha, "street", kind=DUE, what="丙", until="明天")
    run(app, alpha, "notices.digest", hour=8)
    carry(app, alpha)
    assert box.taken[1]["Subject"] == "3 条未读通知"
    assert box.taken[1].get_content().startswith("· 即将到期：丙"), "the urgent first"


def test_a_digest_of_what_was_read_meanwhile_is_not_sent(
    app: Flask, alpha: District, box: MailBox
) -> None:
    wants(alpha, "street", "digest")
    tell(alpha, "street")
    run(app, alpha, "notices.digest", hour=8)
    with alpha.work():
        commands.mark_all_read(actor=alpha.actor("street"))
    carry(app, alpha)
    assert _states(alpha) == [("spared", "seen")]


def test_a_long_digest_says_how_much_more_there_is(
    app: Flask, alpha: District, box: MailBox
) -> None:
    wants(alpha, "street", "digest")
    for number in range(35):
        tell(alpha, "street", kind=ANSWERED, what=number)
    run(app, alpha, "notices.digest", hour=8)
    carry(app, alpha)
    text = box.taken[0].get_content()
    assert text.count("· ") == 30
    assert "另有 5 条" in text


def test_without_a_server_a_mail_is_kept_to_look_at_and_can_be_sent_later(
    app: Flask, alpha: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    wants(alpha, "street")
    tell(alpha, "street", kind=ANSWERED, what="院门")
    (one,) = carry(app, alpha)
    assert (one.state, one.endpoint) == ("trapped", "l***@mail.example")
    admin = alpha.client("admin")
    assert "尚未配置邮件服务器" in admin.get("/deliveries").text
    assert f"/deliveries/{one.id}" in admin.get("/deliveries?list=trapped").text
    assert "已答复：院门" in admin.get(f"/deliveries/{one.id}").text
    assert admin.post(f"/deliveries/{one.id}/again", form="/deliveries").status_code == 302
    assert deliveries(alpha)[0].state == "waiting"


def test_nothing_leaves_a_demo_district(
    app: Flask, alpha: District, box: MailBox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(alpha.tenant), "is_demo", True)
    wants(alpha, "street")
    tell(alpha, "street")
    carry(app, alpha)
    assert _states(alpha) == [("trapped", None)]
    assert box.taken == []


def test_a_mail_that_cannot_be_opened_any_more_is_given_up(
    app: Flask, alpha: District, box: MailBox
) -> None:
    wants(alpha, "street")
    tell(alpha, "street")
    with alpha.work():
        session.execute(sa.text("UPDATE reaches SET mail = '\\x00112233445566778899aabbccddeeff'"))
    carry(app, alpha)
    assert _states(alpha) == [("given_up", "unreadable")]


def test_no_header_can_be_smuggled_into_a_mail(app: Flask, alpha: District, box: MailBox) -> None:
    wants(alpha, "street")
    tell(alpha, "street", kind=ANSWERED, what="X\r\nBcc: all@mail.example\r\n\r\nhello")
    carry(app, alpha)
    assert box.taken[0]["Bcc"] is None
    assert "Bcc: all@mail.example" in box.taken[0]["Subject"]


def test_addresses_are_sealed_and_in_no_delivery(app: Flask, alpha: District, box: MailBox) -> None:
    wants(alpha, "street")
    tell(alpha, "street")
    carry(app, alpha)
    with alpha.work():
        for table in (Reach, Delivery, Notice):
            rows = session.execute(sa.text(f"SELECT t::text FROM {table.__tablename__} t"))
            for (row,) in rows:
                assert "lingjia" not in row
                assert b"lingjia".hex() not in row
