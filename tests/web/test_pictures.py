"""The pictures hold for any numbers: nothing overlaps or is lost, the way is told in order."""

from __future__ import annotations

import math

import pytest

from saas.web.pictures import LadderLevel, LadderMove, PlanNode, ladder, plan
from saas.web.pictures.lines import balanced, width_of, wrap
from saas.web.pictures.plan import PLATFORM_SEAL, ROOM_SEAL, Plan, Spot

CENTRE = PlanNode("centre", "社区治理创新支持中心", "治", "/c")


def make_plan(platforms: int, rooms: int, loose: int = 0) -> Plan:
    """A plan with rooms shared out evenly, and some that belong to no platform."""
    halls = [PlanNode(f"p{i}", f"第{i}平台", "台", f"/p{i}") for i in range(platforms)]
    inside = [
        PlanNode(f"r{i}", f"邻里坊{i}", "邻", f"/r{i}", group=f"p{i * platforms // rooms}")
        for i in range(rooms)
    ]
    outside = [PlanNode(f"x{i}", "便民坊", "便", "/x") for i in range(loose)]
    return plan(CENTRE, halls, inside + outside)


def spots(picture: Plan) -> list[Spot]:
    """Everything that has a seal."""
    halls = [one.platform for one in picture.sectors if one.platform]
    return [picture.centre, *halls, *(room for one in picture.sectors for room in one.rooms)]


NUMBERS = [(5, 19), (3, 9), (1, 2), (6, 30), (0, 0), (2, 0), (1, 1), (12, 60)]


def shaped(picture: Plan, shape: str) -> Plan:
    """The wide one for a desk, or the tall one for a telephone."""
    tall = picture if shape == "wide" else picture.tall
    assert tall is not None
    return tall


@pytest.mark.parametrize("shape", ["wide", "tall"])
@pytest.mark.parametrize(("platforms", "rooms"), NUMBERS)
def test_a_plan_shows_every_platform_and_room_once_inside_its_frame(
    platforms: int, rooms: int, shape: str
) -> None:
    picture = shaped(make_plan(platforms, rooms), shape)
    assert len(spots(picture)) == 1 + platforms + rooms
    assert len({spot.node.key for spot in spots(picture)}) == 1 + platforms + rooms
    for spot in spots(picture):
        assert spot.size / 2 <= spot.x <= picture.width - spot.size / 2
        assert spot.size / 2 <= spot.y <= picture.height - spot.size / 2
        assert all(line.y < picture.height for line in spot.label)


@pytest.mark.parametrize("shape", ["wide", "tall"])
@pytest.mark.parametrize(("platforms", "rooms"), NUMBERS)
def test_no_two_seals_of_a_plan_touch(platforms: int, rooms: int, shape: str) -> None:
    placed = spots(shaped(make_plan(platforms, rooms), shape))
    for index, one in enumerate(placed):
        for other in placed[index + 1 :]:
            apart = math.dist((one.x, one.y), (other.x, other.y))
            assert apart > (one.size + other.size) / 2, (one.node.key, other.node.key)


def test_the_plan_of_a_telephone_can_be_read_at_320_pixels() -> None:
    picture = shaped(make_plan(5, 19), "tall")
    assert picture.width <= 340, "14 units of letters are 12 pixels there"
    for spot in spots(picture):
        for line in spot.label:
            half = width_of(line.text) * 7
            assert half <= line.x <= picture.width - half
    rooms = [room for sector in picture.sectors for room in sector.rooms]
    for one in rooms:
        below = [other for other in rooms if abs(other.x - one.x) < 40 and other.y > one.y]
        assert all(other.y - other.size / 2 > one.label[-1].y for other in below)


def test_rooms_without_a_platform_stand_last_and_lead_to_the_centre() -> None:
    picture = make_plan(2, 4, loose=3)
    last = picture.sectors[-1]
    assert last.platform is None
    assert [room.node.seal for room in last.rooms] == ["便"] * 3
    assert all(path.startswith(f"M{picture.centre.x} {picture.centre.y}") for path in last.paths)


def test_a_planned_room_says_so_in_words_and_an_open_one_does_not() -> None:
    planned = PlanNode("a", "食坊", "食", "/a", status="planned", word="筹备中")
    opened = PlanNode("b", "学坊", "学", "/b", status="good", word="开放")
    first, second = plan(CENTRE, [], [planned, opened]).sectors[0].rooms
    assert first.word is not None
    assert first.word.text == "筹备中"
    assert second.word is None
    assert "开放" in second.title


def test_a_note_carries_all_its_lines_and_stands_in_the_middle() -> None:
    told = ("坊主 林秀英", "周一至周五 09:00–17:30", "今天 3 场")
    picture = plan(CENTRE, [], [PlanNode("a", "食坊", "食", "/a", note=told)])
    note = picture.sectors[0].rooms[0].note
    assert note is not None
    assert [line.text for line in note.lines] == ["食坊", *told]
    assert note.x < picture.centre.x < note.x + note.width
    assert note.y < picture.centre.y < note.y + note.height
    assert picture.centre.note is None


def test_long_names_are_broken_evenly_and_never_lose_a_character() -> None:
    assert balanced("社区治理创新支持中心", 9) == ("社区治理创", "新支持中心")
    assert (
        "".join(wrap("华大苑小区一期二期三期业主代表大会", 7, 9))
        == "华大苑小区一期二期三期业主代表大会"
    )
    assert wrap("Return to the compound", 8, 9) == ("Return to the", "compound")
    assert wrap("盐井巷 3 号院 · 王桂芳", 8.4) == ("盐井巷 3 号院 ·", "王桂芳")
    assert wrap("请补充照片，谢谢", 6) == ("请补充照片，", "谢谢")
    assert wrap("一二三四五六七八九十", 3, 2) == ("一二三", "四五…")
    assert width_of("院落 A") == pytest.approx(3.12)


LEVELS = [LadderLevel(key, key.upper()) for key in ("yard", "compound", "community", "street")]


def move(level: str, act: str = "上报", now: bool = False) -> LadderMove:
    """One stay with a holder."""
    return LadderMove(level, f"{level} 办", "2 小时", act, "需要协调", "周五前" if now else "", now)


def test_a_ladder_rises_from_bottom_left_to_top_right_one_step_a_level() -> None:
    picture = ladder(LEVELS, [move("yard"), move("compound", now=True)])
    assert [step.name for step in picture.steps] == [level.name for level in LEVELS]
    assert [step.x for step in picture.steps] == sorted(step.x for step in picture.steps)
    heights = [step.y for step in picture.steps]
    assert heights == sorted(heights, reverse=True)
    assert [step.state for step in picture.steps] == ["done", "now", "never", "never"]


def test_a_return_is_drawn_going_down_and_every_stay_keeps_its_place_in_time() -> None:
    way = [
        move("yard", "提出"),
        move("compound"),
        move("yard", "退回"),
        move("compound"),
        move("community", now=True),
    ]
    picture = ladder(LEVELS, way)
    assert [arc.way for arc in picture.arcs] == ["rise", "fall", "rise", "rise"]
    assert picture.arcs[1].label.text == "退回"
    assert [stay.state for stay in picture.stays] == ["done"] * 4 + ["now", "never"]
    assert [dot.now for dot in picture.dots] == [False] * 4 + [True]
    assert picture.dots[2].x > picture.dots[0].x
    assert picture.told.index("提出") < picture.told.index("退回")


@pytest.mark.parametrize("count", [1, 2, 5, 9])
def test_nothing_of_a_ladder_leaves_its_frame(count: int) -> None:
    levels = [LadderLevel(f"l{i}", f"第{i}级") for i in range(count)]
    there_and_back = [f"l{i}" for i in range(count)] + [f"l{i}" for i in reversed(range(count - 1))]
    picture = ladder(levels, [move(key) for key in there_and_back])
    for arc in picture.arcs:
        assert arc.label.y > 12
    for dot in picture.dots:
        assert 12 < dot.x < picture.width
        assert 12 < dot.y < picture.height
    for step in picture.steps:
        assert all(line.y < picture.height for line in step.lines)


def test_the_name_of_a_level_stands_on_its_own_step() -> None:
    levels = [LadderLevel("low", "Community level"), LadderLevel("high", "District level")]
    picture = ladder(levels, [move("low"), move("high", now=True)])
    for step in picture.steps:
        assert step.lines[0].x + width_of(step.name) * 16 <= step.x + step.width


def test_a_ladder_without_moves_shows_the_levels_that_wait() -> None:
    picture = ladder(LEVELS, [])
    assert picture.told == "YARD → COMPOUND → COMMUNITY → STREET", "who hears it has the levels"
    assert {step.state for step in picture.steps} == {"never"}
    assert picture.arcs == ()
    assert [stay.level for stay in picture.levels] == [level.name for level in LEVELS]


def test_moves_at_levels_the_ladder_does_not_have_are_left_out() -> None:
    picture = ladder(LEVELS, [move("yard"), move("moon")])
    assert len(picture.dots) == 1


def test_a_level_visited_twice_is_summed_up_by_its_present_holder() -> None:
    way = [move("yard"), move("compound"), move("yard", now=True)]
    summary = ladder(LEVELS, way).levels
    assert [one.state for one in summary] == ["now", "back", "never", "never"], "not done there"
    assert summary[0].until == "周五前"


def test_seals_stay_legible_when_a_plan_is_shown_at_its_usual_width() -> None:
    shrink = 960 / make_plan(5, 19).width
    assert ROOM_SEAL * shrink >= 24
    assert PLATFORM_SEAL * shrink >= 24
