"""The start page: where who works here lands, what it counts, and where every number leads."""

from __future__ import annotations

import re
from html import unescape
from itertools import count

import pytest

from saas.demands import commands as demands
from saas.domains import DOMAINS
from saas.kernel import clock
from tests.support import CAST, District
from tests.territory.counting import counted

STAFF = [who for who, (role, _) in CAST.items() if role != "resident"]
_ONE = count()
_NUMBER = re.compile(
    r'<a class="(?:tile|desk__number)[^>]*?href="([^"]+)" data-count[^>]*>(.*?)</a>', re.S
)
_PAGER = re.compile(r'<nav class="pager"[^>]*><span>\s*(\d+)')
_CHIP = re.compile(
    r'aria-current="true">[^<]*<b>(\d+)</b></a></li>(?!.*aria-current="true">)', re.S
)


def _length(url: str, page: str) -> int:
    """How many the list at ``url`` says it has."""
    said = (_CHIP if "/console/rooms" in url else _PAGER).findall(page)
    return int(said[-1]) if said else page.count('class="row-link"')


def _file(district: District, words: str = "院门口垃圾两天没有清运") -> str:
    with district.work():
        return demands.file_demand(
            category="rubbish",
            unit=district.unit("courtyard"),
            words=words,
            submission=f"workbench-submission-{next(_ONE):06}",
            actor=district.actor("resident"),
        ).code


def _start(district: District, who: str, locale: str = "en") -> str:
    visitor = district.client(who)
    visitor.get(f"/language/{locale}")
    answer = visitor.get("/work")
    assert answer.status_code == 200
    return answer.text


def _numbers(page: str) -> dict[str, int]:
    found = _NUMBER.findall(page)
    return {
        unescape(url): int(re.findall(r"\d+", re.sub(r"<[^>]+>", " ", text))[0])
        for url, text in found
    }


@pytest.mark.parametrize("who", STAFF)
def test_who_works_here_lands_on_the_start_page_and_the_logo_leads_there(
    alpha: District, who: str
) -> None:
    visitor = alpha.client(who)
    assert visitor.get("/").location == "/d/alpha/work"
    page = visitor.get("/work").text
    assert 'class="brand" href="/d/alpha/"' in page
    assert 'href="/d/alpha/work" aria-current="page"' in page


def test_a_resident_and_a_visitor_have_none(alpha: District) -> None:
    assert alpha.client("resident").get("/work").status_code == 404
    assert "/sign-in" in (alpha.client().get("/work").location or "")


def test_what_waits_stands_there_by_name_for_whose_queue_it_is(alpha: District) -> None:
    code = _file(alpha)
    mine = _start(alpha, "courtyard")
    assert f"/d/alpha/demands/{code}" in mine
    assert _numbers(mine)["/d/alpha/demands?list=mine"] >= 1
    street = _start(alpha, "street")
    assert f"/d/alpha/demands/{code}" not in street, "it waits at the courtyard"
    assert _numbers(street)["/d/alpha/demands?list=area"] >= 1
    assert "/demands?" not in _start(alpha, "keeper").split('id="main"')[1]


@pytest.mark.parametrize("who", STAFF)
def test_every_number_leads_to_a_list_of_as_many(alpha: District, who: str) -> None:
    _file(alpha)
    visitor, numbers = alpha.client(who), _numbers(_start(alpha, who))
    for url, number in numbers.items():
        answer = visitor.get(url.removeprefix("/d/alpha").partition("#")[0])
        assert answer.status_code == 200, url
        if "/demands?" in url or "/console/rooms" in url:
            assert _length(url, answer.text) == number, url


def test_streets_have_a_line_each_with_what_is_late(
    alpha: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    with alpha.work():
        from saas.kernel.context import SYSTEM
        from saas.territory import commands as territory
        from saas.territory import queries as units

        root = units.root()
        assert root
        if not units.unit_coded("street_two"):
            territory.add_unit(
                parent=root, kind="street", code="street_two", name={"zh": "二街"}, actor=SYSTEM
            )
    _file(alpha)
    before = _numbers(_start(alpha, "officer"))
    late = "/d/alpha/demands?list=area&due=late&within=street_one"
    living = "/d/alpha/demands?list=area&within=street_one"
    assert before[living] >= 1
    assert before["/d/alpha/demands?list=area&within=street_two"] == 0
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now.replace(year=now.year + 1))
    after = _numbers(_start(alpha, "officer"))
    assert after[late] == after[living] == before[living]
    assert "within=" not in _start(alpha, "street"), "one street needs no table"


def test_what_is_well_folds_into_one_line(alpha: District) -> None:
    page = _start(alpha, "admin")
    well = page[page.index("desk__well") :].split("</p>")[0]
    for card in ("Registrations of residents", "Messages sent"):
        assert card in well
        assert f">{card}</h2>" not in page
    assert ">Vacant posts</h2>" in page or "Vacant posts" in well


def test_the_plan_is_there_for_who_has_one_street(alpha: District) -> None:
    assert _start(alpha, "street").count('class="plan__drawing"') == 1
    assert "plan__drawing" not in _start(alpha, "keeper"), "a keeper sees the own rooms"
    assert "今天的功能坊" in _start(alpha, "street", "zh_Hans_CN")


def test_every_card_is_said_by_its_domain_and_needs_a_declared_permission() -> None:
    cards = list(DOMAINS.cards)
    assert len({card.code for card in cards}) == len(cards) >= 8
    for card in cards:
        assert card.needs in DOMAINS.permissions, card.code


@pytest.mark.parametrize("who", STAFF)
def test_it_asks_little_of_the_database_however_much_waits(alpha: District, who: str) -> None:
    _file(alpha)
    _start(alpha, who)
    with counted() as before:
        _start(alpha, who)
    for number in range(6):
        _file(alpha, f"第 {number} 件，楼道灯不亮")
    with counted() as after:
        _start(alpha, who)
    assert len(after) == len(before) <= 20 + 2 * len(DOMAINS.cards), "two questions a card"
