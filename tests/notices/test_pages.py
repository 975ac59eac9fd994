"""The inbox and its bell, settings, and who may see what was delivered."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from saas.kernel import clock
from saas.notices import commands
from tests.notices.conftest import carry, deliveries
from tests.notices.kinds import ANSWERED, DUE, PLAIN
from tests.notices.servers import MailBox
from tests.notices.test_mail import MAIL, tell, wants
from tests.support import District, Visitor
from tests.territory.counting import counted


def _ids(page: str) -> list[str]:
    return re.findall(r'data-notice="(\d+)"', page)


def _bell(visitor: Visitor, path: str = "/rooms") -> str:
    found = re.search(r'class="bell".*?</a>', visitor.get(path).text, re.DOTALL)
    assert found
    number = re.search(r'class="badge">([^<]+)<', found[0])
    return number[1] if number else ""


@pytest.mark.parametrize("who", ["street", "resident"])
def test_the_inbox_lists_the_newest_first_and_opening_reads_it(alpha: District, who: str) -> None:
    tell(alpha, who, kind=ANSWERED, what="甲")
    tell(alpha, who, kind=DUE, what="乙", until="明天", about="demand:1")
    visitor = alpha.client(who)
    page = visitor.get("/inbox").text
    assert page.index("即将到期：乙") < page.index("已答复：甲")
    assert "截止 明天" in page
    assert ("console" in page) == (who == "street")
    assert page.count("inbox__row--unread") == 2
    assert _bell(visitor) == "2"
    newest = _ids(page)[0]
    opened = visitor.post(f"/inbox/{newest}/open", form="/inbox")
    assert opened.status_code == 302
    assert opened.location.endswith("/d/alpha/demands/mine")
    assert _bell(visitor) == "1"
    assert _ids(visitor.get("/inbox?list=unread").text) == _ids(page)[1:]
    assert _ids(visitor.get("/inbox?list=todo").text) == [newest]
    with alpha.work():
        commands.done_about("demand:1")
    assert _ids(visitor.get("/inbox?list=todo").text) == []
    assert "已办" in visitor.get("/inbox").text


def test_a_notice_can_be_kept_unread_read_in_place_and_all_be_read(alpha: District) -> None:
    for _ in range(3):
        tell(alpha, "street")
    visitor = alpha.client("street")
    one = _ids(visitor.get("/inbox").text)[0]
    back = visitor.post(f"/inbox/{one}/read", form="/inbox", list="unread", page="1")
    assert back.location.endswith("/inbox?list=unread&page=1")
    assert _bell(visitor) == "2"
    visitor.post(f"/inbox/{one}/unread", form="/inbox")
    assert _bell(visitor) == "3"
    visitor.post("/inbox/read-all", form="/inbox")
    assert _bell(visitor) == ""
    assert "inbox__row--unread" not in visitor.get("/inbox").text


def test_reading_by_a_link_changes_nothing(alpha: District) -> None:
    tell(alpha, "street")
    visitor = alpha.client("street")
    one = _ids(visitor.get("/inbox").text)[0]
    assert visitor.get(f"/inbox/{one}/open").status_code == 302, "an act is no page"
    assert _bell(visitor) == "1"


def test_a_notice_is_not_there_for_anybody_else(alpha: District, beta: District) -> None:
    tell(alpha, "street")
    one = _ids(alpha.client("street").get("/inbox").text)[0]
    for visitor in (alpha.client("admin"), beta.client("street"), beta.client("admin")):
        assert visitor.post(f"/inbox/{one}/open", form="/inbox").status_code == 404
        assert visitor.post(f"/inbox/{one}/read", form="/inbox").status_code == 404
        assert _ids(visitor.get("/inbox").text) == []
    assert "/sign-in" in alpha.client().get("/inbox").location


def test_an_empty_inbox_says_what_will_be_here(alpha: District) -> None:
    visitor = alpha.client("resident")
    for path in ("/inbox", "/inbox?list=unread", "/inbox?list=todo"):
        assert 'class="empty"' in visitor.get(path).text
    assert visitor.get("/inbox?list=nonsense").status_code == 200


def test_a_long_inbox_has_pages(alpha: District) -> None:
    with alpha.work():
        for _ in range(65):
            commands.notify([alpha.people["street"]], PLAIN, path="/rooms")
    visitor = alpha.client("street")
    assert [len(_ids(visitor.get(f"/inbox?page={n}").text)) for n in (1, 2, 3)] == [30, 30, 5]
    assert _bell(visitor) == "65"
    with alpha.work():
        for _ in range(40):
            commands.notify([alpha.people["street"]], PLAIN, path="/rooms")
    assert _bell(visitor) == "99+"


def test_the_bell_costs_one_statement_and_a_stranger_nothing(alpha: District) -> None:
    stranger, visitor = alpha.client(), alpha.client("resident")
    stranger.get("/rooms")
    visitor.get("/rooms")
    with counted() as before:
        stranger.get("/rooms")
    assert not [statement for statement in before if "notices" in statement]
    assert 'class="bell"' not in stranger.get("/rooms").text
    with counted() as after:
        visitor.get("/rooms")
    assert len([statement for statement in after if "notices" in statement]) == 1


def test_the_inbox_costs_the_same_however_full_it_is(alpha: District) -> None:
    visitor = alpha.client("street")
    tell(alpha, "street")
    with counted() as few:
        visitor.get("/inbox")
    for _ in range(20):
        tell(alpha, "street")
    with counted() as many:
        visitor.get("/inbox")
    assert len(few) == len(many)


_GOOD = {
    "mail": MAIL,
    "wants_mail": "digest",
    "digest_hour": "18",
    "quiet_from": "22:00",
    "quiet_to": "07:00",
    "locale": "en",
}


def test_settings_are_stored_and_the_address_is_shown_masked(alpha: District) -> None:
    visitor = alpha.client("resident")
    assert visitor.post("/inbox/settings", form="/inbox/settings", **_GOOD).status_code == 302
    page = visitor.get("/inbox/settings").text
    assert MAIL not in page
    assert "l***@mail.example" in page
    assert 'value="22:00"' in page
    assert '<option value="18" selected' in page
    kept = visitor.post("/inbox/settings", form="/inbox/settings", **{**_GOOD, "mail": ""})
    assert kept.status_code == 302
    gone = {**_GOOD, "mail": "", "forget_mail": "1"}
    assert visitor.post("/inbox/settings", form="/inbox/settings", **gone).status_code == 422
    gone["wants_mail"] = "off"
    assert visitor.post("/inbox/settings", form="/inbox/settings", **gone).status_code == 302
    assert "l***@" not in visitor.get("/inbox/settings").text


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"mail": "nobody"}, "mail"),
        ({"mail": "a@b@c.example"}, "mail"),
        ({"mail": "名字@mail.example"}, "mail"),
        ({"mail": "a@mail.example\r\nBcc:x@y.example"}, "mail"),
        ({"mail": f"{'a' * 200}@mail.example"}, "mail"),
        ({"mail": ""}, "mail"),
        ({"wants_mail": "hourly"}, "wants_mail"),
        ({"digest_hour": "24"}, "digest_hour"),
        ({"digest_hour": "x"}, "digest_hour"),
        ({"quiet_from": ""}, "quiet_to"),
        ({"quiet_to": "22:00"}, "quiet_to"),
        ({"quiet_to": "7"}, "quiet_to"),
        ({"quiet_to": "07:00+01"}, "quiet_to"),
        ({"locale": "fr"}, "locale"),
    ],
)
def test_settings_that_cannot_be_are_refused_at_their_field(
    alpha: District, wrong: dict[str, str], field: str
) -> None:
    visitor = alpha.client("resident")
    answer = visitor.post("/inbox/settings", form="/inbox/settings", **_GOOD | wrong)
    assert answer.status_code == 422
    assert f'href="#f-{field}"' in answer.text
    assert "l***@" not in visitor.get("/inbox/settings").text


def test_a_test_mail_arrives_and_cannot_be_asked_for_without_end(
    app: Flask, alpha: District, box: MailBox
) -> None:
    visitor = alpha.client("resident")
    assert visitor.post("/inbox/settings/test", form="/inbox").status_code == 409
    wants(alpha, "resident", "off")
    answers = [visitor.post("/inbox/settings/test", form="/inbox").status_code for _ in range(6)]
    assert answers == [302] * 5 + [429]
    assert {one.state for one in carry(app, alpha)} == {"sent"}
    assert len(box.taken) == 5
    assert box.taken[0]["To"] == MAIL


@pytest.mark.parametrize("who", ["street", "resident", "auditor", "keeper"])
def test_deliveries_and_webhooks_are_for_those_who_look_after_the_district(
    alpha: District, who: str
) -> None:
    wants(alpha, "street")
    tell(alpha, "street")
    (one,) = deliveries(alpha)
    visitor, admin = alpha.client(who), alpha.client("admin")
    for path in ("/deliveries", f"/deliveries/{one.id}", "/webhooks", "/webhooks/new"):
        assert visitor.get(path).status_code == 403
        assert admin.get(path).status_code == 200
    assert visitor.post(f"/deliveries/{one.id}/again", form="/inbox").status_code == 403
    assert admin.get("/deliveries/999999").status_code == 404
    assert admin.get("/webhooks/999999").status_code == 404
    assert admin.get("/deliveries?list=nonsense").status_code == 200


def test_the_list_of_deliveries_names_nobody_and_has_filters(alpha: District) -> None:
    wants(alpha, "street")
    tell(alpha, "street", kind=DUE, what="甲", until=clock.now())
    admin = alpha.client("admin")
    page = admin.get("/deliveries?list=waiting&channel=mail").text
    assert "即将到期：甲" in page
    assert "a**" in page
    assert "alpha street" not in page
    assert MAIL not in page
    assert "即将到期：甲" not in admin.get("/deliveries?list=waiting&channel=webhook").text
    assert "即将到期：甲" not in admin.get("/deliveries").text


def test_what_admins_do_with_the_ways_stands_in_the_audit_list(alpha: District) -> None:
    visitor = alpha.client("admin")
    visitor.post("/inbox/settings", form="/inbox/settings", **_GOOD)
    page = visitor.get("/audit").text
    assert "修改通知设置" in page
    assert MAIL not in page
