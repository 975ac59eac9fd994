"""The packages that we ship load, and say what they are meant to say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import pytest

from saas.accounts.package.shapes import Roles
from saas.organisations.package.shapes import Organisations
from saas.packages.library.queries import list_packages, read_package
from saas.packages.parts import Package
from saas.packages.schemas import Words
from saas.rooms.package.shapes import Rooms
from saas.territory.package.shapes import Territory

PERMISSIONS = {
    "territory:unit:view",
    "territory:unit:edit",
    "accounts:person:view",
    "accounts:person:manage",
    "rooms:room:view",
    "rooms:room:configure",
    "rooms:room:keep",
    "bookings:booking:handle",
    "visits:visit:handle",
    "media:coverage:keep",
    "funds:fund:manage",
    "funds:gift:receive",
    "demands:demand:file",
    "demands:demand:view",
    "demands:demand:handle",
    "demands:demand:supervise",
    "organisations:organisation:view",
    "organisations:organisation:edit",
    "organisations:organisation:decide",
    "organisations:plan:check",
    "district:settings:edit",
    "district:audit:view",
}
KEYS = [summary.key for summary in list_packages()]
CHINESE = re.compile(r"[\u4e00-\u9fff]")
HALF_WIDTH = re.compile(r"(?<=[\u4e00-\u9fff])[,;:?!(]|\)(?=[\u4e00-\u9fff])")


def labels(value: Any) -> Iterator[dict[str, str]]:
    """Every label at any depth."""
    if isinstance(value, dict):
        if set(value) == {"zh", "en"}:
            yield value
        for inner in value.values():
            yield from labels(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from labels(inner)


def shape(package: Package) -> tuple[int, int, int]:
    """Platforms, rooms and levels, counted."""
    levels = package.of(Territory).ladder("escalation").levels
    return len(package.of(Rooms).platforms), len(package.of(Rooms).rooms), len(levels)


def test_both_packages_are_listed_without_faults() -> None:
    assert {"1519", "139"} <= set(KEYS)
    assert [fault for summary in list_packages() for fault in summary.faults] == []


@pytest.mark.parametrize("key", KEYS)
def test_a_shipped_package_knows_only_permissions_that_exist(key: str) -> None:
    assert read_package(key, PERMISSIONS).key == key


@pytest.mark.parametrize(("key", "expected"), [("1519", (5, 19, 5)), ("139", (3, 9, 4))])
def test_a_package_has_the_numbers_of_its_name(key: str, expected: tuple[int, int, int]) -> None:
    assert shape(read_package(key)) == expected


def test_the_list_counts_from_the_files() -> None:
    summary = next(each for each in list_packages() if each.key == "1519")
    assert {count.column: count.number for count in summary.counts if count.column} == {
        "Platforms": 5, "Rooms": 19, "Levels": 5,
    }  # fmt: skip


def test_the_levels_of_1519_are_those_of_the_report() -> None:
    levels = read_package("1519").of(Territory).ladder("escalation").levels
    assert [each.name["zh"] for each in levels] == [
        "院落级",
        "小区级",
        "社区级",
        "街道级",
        "区级",
    ]


def test_donations_of_1519_have_four_levels_and_organisations_types_with_tracks() -> None:
    territory = read_package("1519").of(Territory)
    assert len(territory.ladder("donation").levels) == 4
    model = read_package("1519").of(Organisations)
    assert {each.supporter for each in model.types} == {"district", "street", "community"}
    for kind in model.types:
        assert len([stage for stage in model.stages if stage.type == kind.code]) >= 3
    assert "incubation" not in {ladder.code for ladder in territory.ladders}


def test_both_packages_name_the_same_ideas() -> None:
    terms = [{word.term for word in read_package(key).of(Words).words} for key in ("1519", "139")]
    assert terms[0] == terms[1]


def test_every_room_is_on_a_platform_and_no_platform_is_empty() -> None:
    for key in KEYS:
        rooms = read_package(key).of(Rooms)
        assert {room.platform for room in rooms.rooms} == {each.code for each in rooms.platforms}


def test_one_person_can_run_a_new_district_alone() -> None:
    for key in KEYS:
        founder = next(role for role in read_package(key).of(Roles).roles if role.administers)
        assert set(founder.permissions) == PERMISSIONS


def test_an_auditor_changes_nothing() -> None:
    for key in KEYS:
        auditor = next(role for role in read_package(key).of(Roles).roles if role.code == "auditor")
        assert all(name.endswith(":view") for name in auditor.permissions)


def test_every_level_that_demands_climb_can_be_staffed() -> None:
    for key in KEYS:
        package = read_package(key)
        handlers = [
            role for role in package.of(Roles).roles if "demands:demand:handle" in role.permissions
        ]
        staffed = {kind for role in handlers for kind in role.at}
        assert {
            level.kind for level in package.of(Territory).ladder("escalation").levels
        } <= staffed


@pytest.mark.parametrize("key", KEYS)
def test_labels_are_in_the_language_they_claim(key: str) -> None:
    for label in labels(asdict(read_package(key))):
        assert CHINESE.search(label["zh"]), label
        assert not CHINESE.search(label["en"]), label
        assert not HALF_WIDTH.search(label["zh"]), label
