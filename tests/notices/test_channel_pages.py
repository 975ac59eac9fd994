"""The pages of channels: who carries, what it says, what was kept; and the calls of a unit."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from saas.demands.case.models import Demand
from saas.kernel import clock
from saas.kernel.audit import AuditEntry
from saas.kernel.db import session
from saas.notices import commands, queries, rules, words
from saas.notices.models import CallTask, Provider
from tests.demands.working import act, file
from tests.notices.conftest import carry, gateway, use
from tests.notices.kinds import ASKED
from tests.notices.servers import Hall
from tests.notices.test_chain import ask, phone
from tests.support import District

SMS = "/channels/sms"
GIVEN = {
    "kind": "own", "active": "1", "url": "https://sms.example/send", "key_id": "k-9",
    "secret": "very-secret", "part": "0.05", "day": "20", "quiet_from": "21:00",
    "quiet_to": "08:00",
}  # fmt: skip


def _provider(district: District) -> Provider | None:
    with district.work():
        found = session.scalar(sa.select(Provider))
        session.expunge_all()
    return found


def test_an_administrator_sets_a_provider_and_never_sees_its_secret_again(alpha: District) -> None:
    admin = alpha.client("admin")
    assert "还没有人" not in admin.get("/channels").text
    assert admin.post(SMS, form=SMS, **GIVEN).status_code == 302
    row = _provider(alpha)
    assert row is not None
    assert (row.url, row.part_fen, row.day_fen) == ("https://sms.example/send", 5, 2000)
    again = admin.get(SMS)
    assert "very-secret" not in again.text
    assert admin.post(SMS, form=SMS, **GIVEN | {"secret": ""}).status_code == 302
    with alpha.work():
        assert session.scalars(sa.select(Provider)).one().secret == "very-secret"
        raw = session.execute(sa.text("SELECT secret FROM message_providers")).scalar_one()
        assert b"very-secret" not in bytes(raw)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"url": "http://sms.example"}, "url"), ({"url": "https://10.0.0.1/"}, "url"),
        ({"url": ""}, "url"), ({"key_id": ""}, "key_id"), ({"secret": ""}, "secret"),
        ({"part": "x"}, "part"), ({"day": "-1"}, "day"), ({"quiet_to": ""}, "quiet_to"),
        ({"kind": "house"}, "kind"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_provider_is_said_at_its_field(
    alpha: District, wrong: dict[str, str], field: str
) -> None:
    answer = alpha.client("admin").post(SMS, form=SMS, **GIVEN | wrong)
    assert answer.status_code == 422
    assert f'id="e-{field}"' in answer.text
    assert _provider(alpha) is None


def _template(kind: str = "notices.code", locale: str = "zh_Hans_CN") -> str:
    return f"{SMS}/templates/{kind}/{locale}"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("您的验证码是{code}，见 https://evil.example/", "只能写居民服务网站"),
        ("您的验证码是{code}，见 https://shequ.example/d/alpha/{code}", "网址里不能有变量"),
        ("见 http://{code}", "网址里不能有变量"),
        ("见 www.evil.cn", "只能写居民服务网站"),
        ("见 evil.cn/a", "只能写居民服务网站"),
        ("见 https://shequ.example/d/alpha 或 https://shequ.example/d/alpha", "一条里只能有一个"),
        ("您的验证码是{number}", "只能用下面列出的变量"),
        ("您的验证码是{code", "花括号"),
        ("", "e-text"),
    ],
)
def test_a_template_that_could_lead_elsewhere_is_refused_at_the_field(
    app: Flask, alpha: District, monkeypatch: pytest.MonkeyPatch, text: str, why: str
) -> None:
    use(app, monkeypatch, public_url="https://shequ.example/")
    url = _template()
    answer = alpha.client("admin").post(url, form=url, text=text, signature="社区服务")
    assert answer.status_code == 422
    assert why in answer.text


def test_a_template_names_the_site_itself_and_is_filed_anew_after_a_change(
    app: Flask, alpha: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(app, monkeypatch, public_url="https://shequ.example/")
    admin, url = alpha.client("admin"), _template("tests.asked")
    assert (
        "【alpha区】{what}需要您补充情况，请到https://shequ.example/d/alpha回答"
        in admin.get(url).text
    )
    text = "{what}有新情况，请到 https://shequ.example/d/alpha 查看。"
    assert admin.post(url, form=url, text=text, signature="社区服务").status_code == 302
    filing = f"{url}/filing"
    missing = admin.post(filing, form=filing, filing="filed", filed_no="")
    assert (missing.status_code, 'id="e-filed_no"' in missing.text) == (422, True)
    assert admin.post(filing, form=filing, filing="filed", filed_no="T-1").status_code == 302
    assert "T-1" in admin.get(f"{SMS}/templates").text
    admin.post(url, form=url, text=text, signature="社区服务")
    with alpha.work():
        assert queries.template("sms", ASKED).filing == "filed", "nothing was changed"
    admin.post(url, form=url, text=f"{text}谢谢", signature="社区服务")
    with alpha.work():
        assert queries.template("sms", ASKED).filing == "draft"


@pytest.mark.parametrize("signature", ["", "社", "一二三四五六七八九十一二三", "【社区】"])
def test_a_signature_has_two_to_twelve_characters(alpha: District, signature: str) -> None:
    url = _template()
    answer = alpha.client("admin").post(url, form=url, text="{code}", signature=signature)
    assert (answer.status_code, 'id="e-signature"' in answer.text) == (422, True)


@pytest.mark.parametrize(("letters", "parts"), [(0, 1), (70, 1), (71, 2), (134, 2), (135, 3)])
def test_an_sms_is_counted_in_parts_of_seventy_and_sixty_seven(letters: int, parts: int) -> None:
    assert rules.parts_of("字" * letters) == parts
    assert rules.parts_of("𠀀" * 35 + "字") == 2


def test_every_text_of_the_product_can_be_filed_as_it_is(alpha: District) -> None:
    with alpha.work():
        for row in queries.templates("sms"):
            kind = words.kind_of(row.kind)
            assert rules.text_faults(row.text, kind.slots, None) == [], row.text
            whole = rules.signed_text(row.signature, row.text)
            assert row.locale == "en" or rules.parts_of(whole) == 1, whole
            assert 2 <= len(row.signature) <= 12


def test_only_who_looks_after_the_district_sees_channels(alpha: District, beta: District) -> None:
    for path in ("/channels", SMS, f"{SMS}/templates", _template(), "/channels/outbox"):
        assert alpha.client("admin").get(path).status_code == 200
        assert alpha.client("street").get(path).status_code in {403, 404}
    for path in (
        "/channels/mail",
        f"{SMS}/templates/tests.plain/zh_Hans_CN",
        _template(locale="x"),
    ):
        assert alpha.client("admin").get(path).status_code == 404


def test_the_outbox_shows_what_was_kept_and_no_number_but_a_sample(
    app: Flask, alpha: District, hall: Hall
) -> None:
    gateway(alpha, hall, kind="test")
    with alpha.work():
        for number in ("13800004321", "13912345678"):
            commands.tell_number(number, ASKED, path="/x", about="demand:1", what={"zh": "电梯"})
    carry(app, alpha)
    page = alpha.client("admin").get("/channels/outbox").text
    assert "【alpha区】电梯需要您补充情况" in page
    assert "13800004321" in page
    assert "139****5678" in page
    assert "13912345678" not in page
    assert "没有人收到" in page


def test_a_test_goes_to_who_asks_for_it(app: Flask, alpha: District, hall: Hall) -> None:
    admin = alpha.client("admin")
    assert admin.post(f"{SMS}/test", form="/channels").status_code == 409
    gateway(alpha, hall)
    assert admin.post(f"{SMS}/test", form="/channels").status_code == 409
    phone(alpha, "admin", "13800007777")
    assert admin.post(f"{SMS}/test", form="/channels").status_code == 302
    carry(app, alpha)
    assert hall.given()["to"] == "13800007777"


def test_a_resident_sees_in_plain_words_how_the_telephone_is_reached(
    alpha: District, hall: Hall
) -> None:
    resident = alpha.client("resident")
    assert "本区还不发短信" in resident.get("/inbox/settings").text
    gateway(alpha, hall)
    assert "您没有登记手机号码" in resident.get("/inbox/settings").text
    phone(alpha)
    assert "会发短信到 138****4321" in resident.get("/inbox/settings").text
    gateway(alpha, hall, "account", kind="test")
    page = resident.get("/inbox/settings").text
    assert "还没有订阅" in page
    resident.post("/inbox/settings/account", form="/inbox/settings", allow="yes")
    assert re.search(r"公众号还可以给您发 \d+ 条消息", resident.get("/inbox/settings").text)
    resident.post("/inbox/settings/account", form="/inbox/settings", allow="no")
    assert "还没有订阅" in resident.get("/inbox/settings").text


def test_who_has_filed_is_asked_for_a_message_of_the_account_once(
    alpha: District, hall: Hall
) -> None:
    with alpha.work():
        code = file(alpha).code
    resident, path = alpha.client("resident"), f"/demands/{code}"
    assert "要不要用公众号通知您" not in resident.get(path).text
    gateway(alpha, hall, "account", kind="test")
    assert "要不要用公众号通知您" in resident.get(path).text
    back = resident.post("/inbox/settings/account", form=path, allow="yes", back=f"/d/alpha{path}")
    assert back.location.endswith(path)
    assert "要不要用公众号通知您" not in resident.get(path).text


# Calls


def _asked(alpha: District, **given: Any) -> tuple[str, int]:
    """The code of a demand with a question, and the call that it needs."""
    with alpha.work():
        demand = file(alpha)
        for name, value in given.items():
            setattr(demand, name, value)
        act(alpha, demand, "courtyard", "accept")
        act(alpha, demand, "courtyard", "ask", reason="是哪个单元？")
        session.flush()
        return demand.code, session.scalars(sa.select(CallTask.id)).one()


def _audited(alpha: District) -> list[str]:
    with alpha.work():
        query = sa.select(AuditEntry.action).where(AuditEntry.thing == "call")
        return list(session.scalars(query.order_by(AuditEntry.id)))


def test_a_steward_finds_whom_to_call_what_to_say_and_notes_the_answer(alpha: District) -> None:
    phone(alpha)
    code, call_id = _asked(alpha)
    steward, path = alpha.client("courtyard"), f"/demands/calls/{call_id}"
    listed = steward.get("/demands/calls").text
    assert f"{path}" in listed
    page = steward.get(path).text
    assert "是哪个单元？" in page
    assert "13800004321" not in page
    shown = steward.post(f"{path}/number", form=path)
    assert "tel:13800004321" in shown.text
    steward.post(path, form=path, how="missed")
    assert "打过 1 次" in steward.get(f"/demands/{code}").text
    empty = steward.post(path, form=path, how="reached", answer=" ")
    assert (empty.status_code, 'id="e-answer"' in empty.text) == (422, True)
    assert steward.post(path, form=path, how="reached", answer="三单元").status_code == 302
    assert path not in steward.get("/demands/calls").text
    assert path in steward.get("/demands/calls?state=reached").text
    assert "三单元" in steward.get(f"/demands/{code}").text
    assert steward.post(path, form=path, how="missed").status_code == 422
    assert _audited(alpha) == [
        "notices.show_number", "notices.call_missed", "notices.call_reached",
    ]  # fmt: skip
    with alpha.work():
        raw = session.execute(sa.text("SELECT answer FROM call_tasks")).scalar_one()
        assert "三单元".encode() not in bytes(raw)


def test_a_call_is_there_for_the_people_of_its_unit_and_those_above_alone(
    alpha: District, beta: District
) -> None:
    _, call_id = _asked(alpha)
    path = f"/demands/calls/{call_id}"
    for who, status in (("courtyard", 200), ("street", 200), ("resident", 403), ("keeper", 403)):
        assert alpha.client(who).get(path).status_code in {status, 404 if status == 403 else status}
    assert beta.client("courtyard").get(path).status_code == 404
    assert beta.client("courtyard").post(f"{path}/number", form="/demands").status_code == 404


def test_a_caller_without_a_number_is_to_be_visited(alpha: District) -> None:
    _, call_id = _asked(alpha)
    path = f"/demands/calls/{call_id}"
    answer = alpha.client("courtyard").post(f"{path}/number", form=path)
    assert "请上门或留条" in answer.text


def test_a_call_is_moot_when_the_resident_answers_or_the_question_is_taken_back(
    alpha: District,
) -> None:
    for verb, who in (("answer", "resident"), ("resume", "courtyard")):
        _, call_id = _asked(alpha)
        with alpha.work():
            call = session.get_one(CallTask, call_id)
            demand = session.get_one(Demand, int(call.about.rpartition(":")[2]))
            act(alpha, demand, who, verb)
            session.refresh(call)
            assert call.state == "dropped"
            session.delete(call)


def test_a_late_call_is_marked_and_counted(alpha: District) -> None:
    ask(alpha)
    with alpha.work(), clock.turned(timedelta(days=10)):
        (call,) = session.scalars(sa.select(CallTask))
        assert queries.is_late(call, clock.now())
        assert queries.count_calls(("",)) == 1
