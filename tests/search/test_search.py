"""One box over everything that somebody may see, and nothing that they may not."""

from __future__ import annotations

import re
from html import unescape
from itertools import count
from urllib.parse import quote

import pytest

from saas.demands import commands as demands
from saas.demands.knowledge import commands as knowledge_commands
from saas.domains import DOMAINS
from saas.kernel.context import SYSTEM
from saas.rooms import commands as rooms
from saas.rooms import queries as room_queries
from saas.territory import commands as territory
from tests.support import CAST, District
from tests.territory.counting import counted

_count = count()
_HITS = re.compile(r'<li><a class="row-link" href="([^"]+)">(.*?)</a>')


def _hits(district: District, who: str | None, typed: str) -> dict[str, str]:
    """Address to name of what is found, in the order of the page."""
    page = district.client(who).get(f"/search?q={quote(typed)}")
    assert page.status_code == 200
    return {url: unescape(name) for url, name in _HITS.findall(page.text)}


def _file(district: District, words: str) -> str:
    with district.work():
        return demands.file_demand(
            category="rubbish",
            unit=district.unit("courtyard"),
            words=words,
            submission=f"search-submission-{next(_count):08}",
            actor=district.actor("resident"),
        ).code


def test_staff_find_demands_people_units_rooms_settings_and_help(alpha: District) -> None:
    code = _file(alpha, "北门路灯不亮")
    found = {typed: _hits(alpha, "admin", typed) for typed in ("路灯", "alpha", "诉求", "人员")}
    root = alpha.root
    assert found["路灯"][f"{root}/demands/{code}"] == "北门路灯不亮"
    assert f"{root}/people/{alpha.people['street']}" in found["alpha"]
    assert f"{root}/units/courtyard_one" in found["alpha"]
    assert f"{root}/demands" in found["诉求"]
    assert any(url.startswith(f"{root}/help/") for url in found["诉求"])
    assert f"{root}/people" in found["人员"]


@pytest.mark.parametrize("shape", ["{0}", " {0} ", "{1}", "{2}-{3}", "{2} {3}\u200b"])
def test_a_code_that_was_typed_in_any_way_comes_first(alpha: District, shape: str) -> None:
    code = _file(alpha, "第一件")
    _file(alpha, f"与 {code} 有关的另一件")
    typed = shape.format(code, code.upper(), code[:4], code[4:])
    found = _hits(alpha, "officer", typed)
    assert next(iter(found)) == f"{alpha.root}/demands/{code}"
    page = alpha.client("officer").get(f"/search?q={quote(typed)}").text
    assert "完全匹配" in page


def test_residents_find_rooms_help_and_their_own_demands_alone(alpha: District) -> None:
    code = _file(alpha, "我家门口的路灯")
    with alpha.work():
        room = room_queries.structure_of(alpha.unit("street")).rooms[0].name["zh"]
    assert f"{alpha.root}/demands/{code}" in _hits(alpha, "resident", "路灯")
    assert f"{alpha.root}/demands/{code}" in _hits(alpha, "resident", code)
    for who in ("neighbour", None):
        assert f"{alpha.root}/demands/{code}" not in _hits(alpha, who, "路灯")
        assert f"{alpha.root}/demands/{code}" not in _hits(alpha, who, code)
    for who in ("resident", None):
        assert any("/rooms/street_one/" in url for url in _hits(alpha, who, room))
        urls = _hits(alpha, who, "alpha")
        assert not any("/people" in url or "/units" in url for url in urls)


def test_nothing_is_found_that_the_reader_cannot_open(alpha: District) -> None:
    _file(alpha, "alpha 路灯")
    with alpha.work():
        admin = alpha.actor("admin")
        answer = knowledge_commands.write_answer(
            question="alpha 路灯归谁管", answer="归路灯所。", category="rubbish", actor=admin
        )
        knowledge_commands.publish_answer(answer, read=True, actor=admin)
    for who in (*CAST, None):
        reader = alpha.client(who)
        found = {
            url: typed
            for typed in ("alpha", "路灯", "诉求", "坊", "one")
            for url in _hits(alpha, who, typed)
        }
        for url, typed in found.items():
            answered = reader.get(url.removeprefix(alpha.root))
            assert answered.status_code in (200, 302), (who, typed, url)


def test_a_neighbour_with_equal_keys_is_never_found(alpha: District, beta: District) -> None:
    with beta.work():
        street = beta.unit("street")
        territory.add_unit(
            code="hidden_place", kind="community", name={"zh": "邻区密所"}, parent=street,
            actor=SYSTEM,
        )  # fmt: skip
        platform = room_queries.structure_of(street).platforms[0]
        rooms.add_room(
            street, platform=platform, code="hidden_room", name={"zh": "邻区密坊"}, seal="密",
            actor=SYSTEM,
        )  # fmt: skip
    code = _file(beta, "邻区密事")
    assert len(_hits(beta, "admin", "邻区密")) == 3
    for who in ("admin", "officer", "resident", None):
        for typed in ("邻区密", code, "hidden_place", "hidden_room", "beta"):
            assert not [url for url, name in _hits(alpha, who, typed).items() if "邻" in name]
            assert f"{alpha.root}/demands/{code}" not in _hits(alpha, who, typed)


@pytest.mark.parametrize("typed", ["路灯　北门", "北门路\u200b灯", "ｎｏｒｔｈ ＧＡＴＥ"])
def test_words_are_found_however_they_are_typed(alpha: District, typed: str) -> None:
    code = _file(alpha, "北门路灯，North gate")
    assert f"{alpha.root}/demands/{code}" in _hits(alpha, "officer", typed)


@pytest.mark.parametrize("typed", ["", "\u200b", "%", "绝无此物"])
def test_nothing_asked_or_nothing_there_is_said_kindly(alpha: District, typed: str) -> None:
    _file(alpha, "路灯")
    assert not _hits(alpha, "officer", typed)


def test_the_box_is_in_the_console_and_its_questions_are_few(alpha: District) -> None:
    officer = alpha.client("officer")
    page = officer.get("/demands").text
    assert f'<form class="topbar__search" action="{alpha.root}/search" method="get"' in page
    officer.get("/search?q=alpha")
    with counted() as before:
        officer.get("/search?q=alpha")
    for number in range(5):
        _file(alpha, f"alpha {number}")
    with counted() as after:
        officer.get("/search?q=alpha")
    asked = [text for text in after if text.startswith("SELECT")]
    assert len(before) == len(after)
    assert len(asked) == 27, "\n".join(asked)


def test_every_finder_has_a_place_of_its_own() -> None:
    orders = [finder.order for finder in DOMAINS.finders]  # type: ignore[attr-defined]
    assert len(set(orders)) == len(orders)
