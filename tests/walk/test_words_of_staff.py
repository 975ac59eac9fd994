"""What residents read is said in their own words: no page of theirs speaks as an office does."""

from __future__ import annotations

import html
import re
from collections import Counter
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask

from saas.kernel import clock
from saas.kernel.context import SYSTEM
from saas.themes import commands as themes
from tests.demands.working import act, file
from tests.support import District, Visitor
from tests.walk.parts import ours
from tests.walk.routes import address, routes

#: What clerks say to each other; a resident is told the same in plain words.
WORDS_OF_STAFF = (
    "受理", "承办", "办结", "转办", "流转", "挂起", "上报", "退回", "会办", "督办", "并案", "终结",
)  # fmt: skip
#: Written for programs or staff; figures have the names of the report that they prove, and what a
#: district writes itself is its own: guides quote the law, rooms name their services.
_OTHERS = (
    "/api", "/help", "/figures", "/enter", "/sign-in", "/language", "/letters", "/culture/calendar",
    "/guides/", "/rooms/",
)  # fmt: skip
_LINK = re.compile(r'<a\b[^>]*\bhref="(/[^"#]+)"')
_UNSEEN = re.compile(r"<(script|style|svg)\b.*?</\1>|<[^>]*>", re.DOTALL)
_MOST = 200


def _told_by(page: str) -> str:
    return html.unescape(_UNSEEN.sub(" ", page))


def _lived_through(district: District) -> list[str]:
    """A demand of the resident's in every state, by every act that the resident hears of."""
    codes = []
    ways = (
        (),
        (("courtyard", "accept"), ("courtyard", "suspend")),
        (("courtyard", "accept"), ("courtyard", "ask")),
        (("courtyard", "accept"), ("courtyard", "pass_up"), ("compound", "accept"),
         ("compound", "return_down"), ("courtyard", "accept"), ("courtyard", "resolve")),
        (("courtyard", "accept"), ("courtyard", "resolve"), ("resident", "reopen"),
         ("courtyard", "accept"), ("courtyard", "resolve"), ("resident", "confirm")),
        (("courtyard", "accept"), ("courtyard", "doubt"), ("compound", "uphold")),
        (("courtyard", "accept"), ("courtyard", "transfer")),
        (("resident", "withdraw"),),
    )  # fmt: skip
    more: dict[str, dict[str, Any]] = {
        "suspend": {"code": "parts", "until": clock.today() + timedelta(days=7)},
        "doubt": {"code": "beyond_reason"},
        "transfer": {"unit": "civil_affairs"},
    }
    for way in ways:
        demand = file(district)
        for who, verb in way:
            act(district, demand, who, verb, **more.get(verb, {}))
        codes.append(demand.code)
    return codes


def _walked(visitor: Visitor, root: str, starts: list[str]) -> dict[str, str]:
    """Address → what its page tells, from these on over every link; some of each path."""
    found: dict[str, str] = {}
    paths = Counter[str]()
    waiting = list(starts)
    while waiting and len(found) < _MOST:
        address = waiting.pop(0)
        path = urlsplit(address).path
        if address in found or path.startswith(_OTHERS) or paths[path] > 3:
            continue
        answer, paths[path] = visitor.get(address), paths[path] + 1
        if answer.mimetype != "text/html" or answer.status_code != 200:
            continue
        found[address] = _told_by(answer.text)
        links = [html.unescape(link) for link in _LINK.findall(answer.text)]
        waiting += [link.removeprefix(root) for link in links if link.startswith(f"{root}/")]
    return found


@pytest.mark.parametrize("who", [None, "resident", "neighbour"])
def test_no_page_of_residents_speaks_as_an_office_does(alpha: District, who: str | None) -> None:
    with alpha.work():
        ours(alpha)
        codes = _lived_through(alpha)
    starts = ["/", "/inbox", "/demands/mine", "/track", *(f"/track/{code}" for code in codes)]
    pages = _walked(alpha.client(who), alpha.root, starts)
    said = {
        (path, word, text[max(0, text.index(word) - 20) : text.index(word) + 20])
        for path, text in pages.items()
        for word in WORDS_OF_STAFF
        if word in text
    }
    assert len(pages) > 60
    assert not said
    if who == "resident":
        assert all(f"/demands/{code}" in pages for code in codes)


def _slip_of(district: District) -> tuple[Visitor, str]:
    """Somebody without an account whose demand was resolved, with its slip on this device."""
    guest = district.client()
    sent = {"category": "rubbish", "unit": "courtyard_one", "words": "院门口垃圾两天没有清运"}
    answer = guest.post(
        "/demands/new/rubbish/courtyard_one", **sent, submission="one-time-key-0009"
    )
    return guest, answer.location.split("/demands/")[1].split("/")[0]


def _work(district: District, code: str, *verbs: str) -> None:
    for verb in verbs:
        sent = {"verb": verb, "reason": "已经清运，请看照片"}
        assert district.client("courtyard").post(f"/demands/{code}", **sent).status_code == 302


def test_whose_turn_it_is_stands_first_on_the_home_page_and_is_answered_in_two_words(
    alpha: District,
) -> None:
    guest, code = _slip_of(alpha)
    assert "等您" not in guest.get("/").text
    _work(alpha, code, "accept", "ask")
    home = guest.get("/").text
    assert home.index("等您回答") < home.index('class="hero"'), "before anything else"
    assert guest.post(f"/demands/{code}", verb="answer", reason="在北门").status_code == 302
    assert "等您回答" not in guest.get("/").text
    _work(alpha, code, "resolve")
    assert "请您看看办好没有" in guest.get("/").text
    assert "请您看看办好没有" not in alpha.client().get("/").text
    page = guest.get(f"/demands/{code}").text
    assert "已经清运，请看照片" in page
    for word in ("解决了", "还没解决"):
        assert re.search(rf"btn--large[^>]*>.{{0,200}}{word}", page, re.DOTALL), word
    assert guest.post(f"/demands/{code}", verb="reopen").status_code == 422
    assert guest.post(f"/demands/{code}", verb="reopen", reason="又堆满了").status_code == 302
    assert "您说还没解决" in guest.get(f"/demands/{code}").text
    _work(alpha, code, "accept", "resolve")
    assert guest.post(f"/demands/{code}", verb="confirm").status_code == 302
    assert "您说解决了" in guest.get(f"/demands/{code}").text
    assert "看看办好没有" not in guest.get("/").text


def test_why_it_waits_stands_beside_the_day_on_which_it_goes_on(alpha: District) -> None:
    with alpha.work():
        demand = file(alpha)
        act(alpha, demand, "courtyard", "accept")
        later = clock.today() + timedelta(days=7)
        act(alpha, demand, "courtyard", "suspend", code="parts", until=later, reason="等配件到货")
        code = demand.code
    page = alpha.client("resident").get(f"/demands/{code}").text
    first = page[page.index('class="where"') : page.index("</dl>")]
    assert "等配件到货" in first


def test_a_resident_with_an_account_is_asked_on_the_home_page_too(alpha: District) -> None:
    with alpha.work():
        codes = _lived_through(alpha)
    home = _told_by(alpha.client("resident").get("/").text)
    assert "有 2 件事等您一句话" in home
    for code in (codes[2], codes[3]):
        assert f'href="/d/alpha/demands/{code}"' in alpha.client("resident").get("/").text


#: How the culture of the demo calls things; its pages of the culture itself have them to change.
_POETRY = re.compile("灯坊|灯台|灯印|聚灯|掌灯|[盏串架街城]灯 · ")


@pytest.mark.parametrize("who", ["admin", "courtyard"])
def test_who_works_here_reads_plain_words_whatever_the_culture_says(
    app: Flask, alpha: District, who: str
) -> None:
    parts = ours(alpha)
    with alpha.work():
        themes.apply_shipped("daan", ["words", "levels"], actor=SYSTEM)
    assert "灯坊" in alpha.client().get("/rooms").text, "residents are told as the culture says it"
    staff, read = alpha.client(who), 0
    for rule in routes(app, "GET"):
        if rule.rule.startswith((*_OTHERS, "/culture", "/setup/culture", "/open311")):
            continue
        page = staff.get(address(rule, parts))
        if page.mimetype == "text/html" and 'class="console"' in page.text:
            read += 1
            assert not _POETRY.findall(_told_by(page.text)), rule.rule
    assert read > 20
