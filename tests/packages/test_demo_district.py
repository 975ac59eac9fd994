"""The demo district is the pilot of the report, with demands at every level."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from saas.accounts.package.shapes import Roles
from saas.packages.library.queries import BadPackage, read_package
from saas.packages.parts import Package
from saas.rooms.package.shapes import Rooms
from saas.showcase.package.shapes import Demo, DemoDemand
from saas.showcase.queries import read_demo
from saas.territory.package.shapes import Territory

Plant: TypeAlias = Callable[[Path, str, str], None]

#: Read off the report of the pilot.
SEED = {"community": 4, "resident_group": 17, "compound": 25, "neighbourhood": 28}
NAMED = {
    "大安区",
    "龙井街道",
    "红苕地社区",
    "广华社区",
    "大楻桶社区",
    "华大社区",
    "杨家冲区",
}
LEVELS = ["courtyard", "compound", "community", "street", "district"]


def _package(demo: Demo) -> Package:
    return read_package(demo.district.package, version=demo.district.version)


@pytest.fixture(scope="module")
def demo() -> Demo:
    """The shipped demo district."""
    return read_demo("longjing")


def outcome(demo: Demo, demand: DemoDemand) -> tuple[str, str]:
    """The level that has the demand after its last step, and what it is then."""
    above = {unit.code: parent for unit, parent in demo.root.walk()}
    units = {unit.code: unit for unit, _ in demo.root.walk()}
    here, came, state = units[demand.unit], [], "waiting"
    for step in demand.steps:
        state = {"accept": "accepted", "pass_up": "waiting"}.get(step.verb, step.verb)
        if step.verb == "pass_up":
            came.append(here)
            here = above[here.code]
        if step.verb == "return_down":
            here = came.pop()
    return here.kind, state


def test_the_street_has_the_numbers_of_the_report(demo: Demo) -> None:
    street = next(unit for unit in demo.root.units if unit.code == "longjing")
    counted = Counter(unit.kind for unit, _ in street.walk())
    assert {kind: counted[kind] for kind in SEED} == SEED
    assert 60 <= counted["courtyard"] <= 90


def test_the_street_has_one_centre_five_platforms_and_nineteen_rooms(demo: Demo) -> None:
    package = _package(demo)
    street = next(street for street in demo.streets if street.unit == "longjing")
    assert [room.room for room in street.rooms] == [room.code for room in package.of(Rooms).rooms]
    assert (len(package.of(Rooms).platforms), len(street.rooms)) == (5, 19)


def test_every_name_that_the_report_does_not_give_is_marked_as_sample(demo: Demo) -> None:
    assert {unit.name["zh"] for unit, _ in demo.root.walk() if not unit.sample} == NAMED


def test_codes_of_units_are_official_only_with_a_source(demo: Demo) -> None:
    official = [unit for unit, _ in demo.root.walk() if unit.official_code]
    assert {unit.official_code for unit in official} == {"510304", "510304002"}
    assert all(unit.official_source for unit in official)


def test_what_is_asked_again_and_again_is_answered_for_everybody(demo: Demo) -> None:
    assert len(demo.answers) >= 12
    assert len({answer.category for answer in demo.answers}) >= 12
    assert all(answer.question.endswith("？") for answer in demo.answers)


def test_no_level_is_without_somebody_who_answers(demo: Demo) -> None:
    staffed = {person.unit for person in demo.people if person.role != "resident"}
    levels = {unit.code for unit, _ in demo.root.walk() if unit.kind in LEVELS}
    assert levels <= staffed


def test_the_first_six_entries_stand_on_one_line_of_the_tree(demo: Demo) -> None:
    entries = [person for person in demo.people if person.entry]
    above = {unit.code: parent.code if parent else None for unit, parent in demo.root.walk()}
    line = [entries[1].unit]
    while (unit := above[line[-1]]) is not None:
        line.append(unit)
    assert [person.unit for person in entries[1:6]] == line
    assert entries[0].role == "resident"
    assert entries[0].unit == line[0]
    assert len(entries) == len(
        read_package(demo.district.package, version=demo.district.version).of(Roles).roles
    )


def test_no_telephone_number_can_be_dialled(demo: Demo) -> None:
    assert all((person.phone or "").startswith("100-0000-") for person in demo.people)


def test_names_of_people_are_their_own(demo: Demo) -> None:
    names = Counter(person.name for person in demo.people)
    assert [name for name, count in names.items() if count > 1] == []


def test_every_level_has_demands_that_wait_are_accepted_and_are_solved(demo: Demo) -> None:
    found = {outcome(demo, demand) for demand in demo.demands}
    wanted = {(level, state) for level in LEVELS for state in ("waiting", "accepted", "resolve")}
    assert wanted <= found
    assert ("district", "end") in found
    assert ("courtyard", "withdraw") in found
    assert {("courtyard", "return_down"), ("compound", "return_down")} <= found


def test_one_demand_was_returned_twice(demo: Demo) -> None:
    returns = [Counter(step.verb for step in each.steps)["return_down"] for each in demo.demands]
    assert returns.count(2) == 1


def test_each_entry_finds_something_waiting_in_its_queue(demo: Demo) -> None:
    line = {person.unit for person in demo.people if person.entry}
    above = {unit.code: parent.code if parent else None for unit, parent in demo.root.walk()}
    waiting: set[str | None] = set()
    for demand in demo.demands:
        kind, state = outcome(demo, demand)
        unit: str | None = demand.unit
        for _ in range(LEVELS.index(kind)):
            unit = above[unit or ""]
        handed = demand.steps[-1].unit if state == "transfer" else None
        waiting |= {handed or unit} if state in {"waiting", "return_down", "transfer"} else set()
    assert line <= waiting


def test_the_second_street_has_nothing_open_yet(demo: Demo) -> None:
    second = next(street for street in demo.streets if street.unit != "longjing")
    assert {room.status for room in second.rooms} == {"planned"}


def test_every_department_has_somebody_who_can_join_in(demo: Demo) -> None:
    staffed = {person.unit for person in demo.people if person.role == "department_officer"}
    departments = {
        each.code
        for each in read_package(demo.district.package, version=demo.district.version)
        .of(Territory)
        .departments
    }
    assert departments == staffed


def test_the_past_has_as_many_demands_as_the_report_counts(demo: Demo) -> None:
    assert len(demo.history.demands) == 631
    assert {past.at.year for past in demo.history.demands} == {2020}


PLANTED = [
    (
        "history",
        "2020-12-31T11:58 parking yulan_south",
        "2020-12-31T11:58 traffic yulan_south",
        "demands[630]",
        "not_a_leaf",
    ),
    (
        "history",
        "2020-12-31T11:58 parking yulan_south",
        "2020-12-31T11:58 parking yulan",
        "demands[630]",
        "not_the_bottom",
    ),
    ("history", "  - {of: borrowing,", "  - {of: lending,", "demands[25]", "needs"),
    ("history", "2020-12-31T11:58 parking", "2020-12-32T11:58 parking", "demands[630]", "bad_date"),
    ("history", "desk accept+3.05", "desk accept 3.05", "demands[630]", "bad_history"),
    ("district", 'package: "1519"', 'package: "1999"', "package", "no_such_package"),
    (
        "units",
        "code: guiyuan_2,",
        "code: guiyuan_1,",
        "units[0].units[0].units[0].units[13].units[1].code",
        "same",
    ),
    (
        "units",
        "- {code: hongshaodi_shangpo, kind: neighbourhood,",
        "- {code: hongshaodi_shangpo, kind: courtyard,",
        "units[0].units[0].units[0].units[5].kind",
        "wrong_place",
    ),
    (
        "people",
        "role: auditor, unit: longjing,",
        "role: auditor, unit: moon,",
        "people[14].unit",
        "no_such_unit",
    ),
    (
        "people",
        "role: auditor, unit: longjing,",
        "role: auditor, unit: guanghua,",
        "people[14].unit",
        "role_not_here",
    ),
    ("people", "phone: 100-0000-0009, entry: true", "phone: 100-0000-0009", "people", "one_entry"),
    (
        "rooms",
        "      - room: arts",
        "      - room: moon",
        "streets[0].rooms[11].room",
        "package_lacks",
    ),
    ("rooms", "status: paused\n", "status: closed\n", "streets[0].rooms[11].status", "bad_choice"),
    ("rooms", "reason: {", "place_of: {", "streets[0].rooms[11].reason", "needs"),
    ("demands", "category: insurance", "category: welfare", "demands[29].category", "not_a_leaf"),
    ("demands", "filed_days_ago: 55", "filed_days_ago: 2", "demands[42].steps", "in_the_future"),
]


@pytest.mark.parametrize(("file", "old", "new", "path", "key"), PLANTED)
def test_a_fault_in_a_demo_district_is_found_where_it_is(
    demos: Path, replace: Plant, file: str, old: str, new: str, path: str, key: str
) -> None:
    replace(demos / "longjing" / f"{file}.yaml", old, new)
    with pytest.raises(BadPackage) as caught:
        read_demo("longjing")
    found = {(fault.file, fault.path, fault.key) for fault in caught.value.faults}
    assert (f"longjing/{file}.yaml", path, key) in found
    assert str(caught.value)


STORY = """demands:
  - key: one
    category: pets
    unit: guiyuan_1
    resident: huang_hongxia
    words: 试一试
    filed_days_ago: 30
    steps:
"""


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([("resolve", "wu_yufen")], (0, "verb", "not_accepted")),
        ([("accept", "wu_yufen"), ("accept", "wu_yufen")], (1, "verb", "accepted_twice")),
        ([("accept", "li_xiangui")], (0, "by", "not_at_unit")),
        ([("accept", "nobody")], (0, "by", "no_such_person")),
        ([("accept", "wu_yufen"), ("return_down", "wu_yufen")], (1, "verb", "nothing_below")),
        ([("accept", "wu_yufen"), ("end", "wu_yufen")], (1, "verb", "not_the_top")),
        ([("withdraw", "wu_yufen")], (0, "by", "not_theirs")),
        ([("withdraw", "huang_hongxia"), ("accept", "wu_yufen")], (1, "", "already_over")),
    ],
)
def test_a_story_that_could_not_happen_is_refused(
    demos: Path, steps: list[tuple[str, str]], expected: tuple[int, str, str]
) -> None:
    lines = [
        f"      - {{verb: {verb}, by: {by}, after_hours: 1, reason: 因为, reply: 好了}}\n"
        for verb, by in steps
    ]
    (demos / "longjing" / "demands.yaml").write_text(STORY + "".join(lines), "utf-8")
    with pytest.raises(BadPackage) as caught:
        read_demo("longjing")
    place, name, key = expected
    path = f"demands[0].steps[{place}]" + (f".{name}" if name else "")
    assert [(fault.path, fault.key) for fault in caught.value.faults] == [(path, key)]
