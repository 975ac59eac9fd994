"""What a pack tells of its own place comes along at home; anywhere else it is chosen apart."""

from __future__ import annotations

import pytest

from saas.kernel.context import SYSTEM
from saas.kernel.errors import Invalid
from saas.onboarding.checks import place
from saas.themes import commands, queries
from saas.themes.rules.places import at_home, bound_of, without
from saas.themes.schemas import content
from tests.support import District
from tests.themes.test_editions import before_palette

TOLD = ("stories", "people", "routes", "rooms", "levels", "words", "place")


@pytest.mark.parametrize("code", [c for c in queries.codes() if c != "plain"])
def test_every_pack_of_a_place_says_where_it_is_at_home_and_what_is_bound(code: str) -> None:
    pack = queries.pack(code)
    assert pack.home
    assert set(TOLD) <= set(pack.bound)
    bare = queries.pack(code, ())
    assert not bare.has_culture
    assert (bare.palette, bare.frames, bare.drawings) == (pack.palette, pack.frames, pack.drawings)
    assert queries.pack(code, pack.bound) == pack


@pytest.mark.parametrize("code", queries.codes())
def test_a_pack_without_any_one_section_is_still_a_whole_pack(code: str) -> None:
    pack = queries.pack(code)
    for one in bound_of(pack):
        bare = without(pack, {one.section})
        queries.read_pack(content(bare), bare.drawings)


def test_home_is_known_by_the_official_code_and_without_one_by_the_line_of_the_place() -> None:
    pack = queries.pack("cuiping")
    assert at_home(pack, "511502", {"zh": "随便"})
    assert at_home(pack, "511502000000", {"zh": "随便"})
    assert not at_home(pack, "511302", {"zh": "翠屏区"}), "another district of that name"
    assert at_home(pack, "", {"zh": "翠屏区"})
    assert not at_home(pack, "", {"zh": "顺庆区"})
    assert not at_home(pack, "", {"zh": ""})


def test_another_district_gets_the_look_and_nothing_of_the_place(alpha: District) -> None:
    admin = alpha.client("admin")
    chosen = admin.post("/culture/edit/apply", form="/culture/edit", source="cuiping")
    assert chosen.status_code == 302
    for path in ("/", "/rooms", "/culture"):
        page = alpha.client().get(path).text
        assert "/look/cuiping/" in page
        for foreign in ("宜宾", "赵一曼", "燃面", "六个渡口"):
            assert foreign not in page, (path, foreign)
    with alpha.work():
        assert queries.words() == {}
        assert place.check()[0].state == "ok"


def test_what_comes_is_shown_by_name_and_taken_by_a_tick(alpha: District) -> None:
    admin = alpha.client("admin")
    admin.post("/culture/edit/apply", form="/culture/edit", source="cuiping")
    page = admin.get("/culture/edit/sections").text
    for named in ("赵一曼", "燃面食坊", "四川省宜宾市翠屏区"):
        assert named in page
    assert "checked" not in page.split('class="bound-list"')[1].split("</ul>")[0]
    sent = {"look": "cuiping", "chosen": "1", "sections[]": ["stories", "rooms"]}
    assert admin.post("/culture/edit/sections", form="/culture/edit", **sent).status_code == 302
    assert "燃面食坊" in alpha.client().get("/rooms").text
    with alpha.work():
        shown = queries.current_pack()
        assert shown.stories
        assert not shown.people
        assert not any(story.people for story in shown.stories)
        found = {f.facts["section"]: f for f in place.check()}
        assert set(found) == {"stories", "rooms"}
        assert found["rooms"].state == "gap"
        assert found["rooms"].key == "place:cuiping:rooms"
        assert {"zh": "燃面食坊", "en": "Noodle Canteen"} in found["rooms"].facts["named"]
        with pytest.raises(Invalid):
            commands.apply_shipped("cuiping", ["palette"], actor=SYSTEM)


def test_foreign_stories_in_an_edition_of_ones_own_are_found_too(alpha: District) -> None:
    with alpha.work():
        commands.apply_shipped("daan", ["stories"], actor=SYSTEM)
        commands.begin("daan", actor=SYSTEM)
        values = {"palette": before_palette("#1f4e79")}
        seen = queries.section_mark(queries.access_draft().content, values)
        commands.change(values, seen=seen, actor=SYSTEM)
        number = commands.publish("ours", actor=SYSTEM).number
        commands.apply(number, actor=SYSTEM)
        assert {f.facts["section"] for f in place.check()} == {"stories"}


def test_a_choice_of_before_stays_whole(alpha: District) -> None:
    with alpha.work():
        commands._choose(SYSTEM, shipped="daan")
        assert queries.current_pack() == queries.pack("daan")
        assert queries.taken_of(queries.pack("daan")) == list(queries.pack("daan").bound)
