"""The rail: what stands in it for whom, in which groups, and that an office screen shows all."""

from __future__ import annotations

import re

import pytest

from tests.support import CAST, District

STAFF = [who for who, (role, _) in CAST.items() if role != "resident"]
#: A screen of 768 pixels, without the banner of sample data and the name of the district.
_ROOM, _PLACE, _HEAD = 768 - 46 - 58, 32, 28


def _rail(page: str) -> str:
    return page[page.index('<nav class="rail"') : page.index('<header class="topbar"')]


def _places(part: str) -> list[str]:
    return re.findall(r'class="rail__item" href="([^"]+)"', part)


def _folded(rail: str) -> list[str]:
    return re.findall(r'<details class="rail__group" data-rail-group>.*?</details>', rail, re.S)


def _height(rail: str) -> int:
    hidden = sum(len(_places(part)) for part in _folded(rail))
    return (len(_places(rail)) - hidden) * _PLACE + rail.count("rail__head") * _HEAD


@pytest.mark.parametrize("who", STAFF)
def test_the_rail_fits_a_screen_of_768_pixels_for_every_role(alpha: District, who: str) -> None:
    visitor = alpha.client(who)
    for url in set(_places(_rail(visitor.get("/units").text))) - {"/d/alpha/front"}:
        page = visitor.get(url.removeprefix("/d/alpha"), follow_redirects=True).text
        if 'class="rail"' in page:
            assert _height(_rail(page)) <= _ROOM, url


def test_the_group_of_the_page_is_open_and_every_place_stands_once(alpha: District) -> None:
    visitor = alpha.client("admin")
    rail = _rail(visitor.get("/audit").text)
    assert len(_places(rail)) == len(set(_places(rail))) > 16
    assert not any("/d/alpha/audit" in part for part in _folded(rail))
    at_work = _rail(visitor.get("/demands").text)
    assert any("/d/alpha/audit" in part for part in _folded(at_work)), "settings fold at work"
    assert "/d/alpha/people" not in "".join(_folded(at_work))


def test_groups_are_named_in_both_languages_and_one_place_needs_no_heading(
    alpha: District,
) -> None:
    visitor = alpha.client("admin")
    visitor.get("/language/zh_Hans_CN")
    heads = re.findall(r'rail__head"><span>([^<]+)', visitor.get("/units").text)
    assert heads == ["办理诉求", "坊与活动", "区划与人员", "组织与来访", "文化与展示", "设置"]
    visitor.get("/language/en")
    heads = re.findall(r'rail__head"><span>([^<]+)', visitor.get("/units").text)
    assert heads[0] == "Handling demands"
    steward = _rail(alpha.client("courtyard").get("/units").text)
    assert "文化与展示" not in steward, "the first page stands there by itself"


def test_the_sheet_of_the_phone_has_the_same_groups(alpha: District) -> None:
    page = alpha.client("admin").get("/units").text
    sheet = page[page.index('class="drawer__sheet"') :]
    assert page.count("drawer__head") == 6
    for url in _places(_rail(page)):
        assert f'class="menu__item" href="{url}"' in sheet, url
