"""A bad package lists every fault with file, path and line, and is refused whole."""

from __future__ import annotations

import copy
import datetime
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from saas.kernel.errors import NotFound
from saas.packages.library.queries import (
    BadPackage,
    from_parts,
    list_packages,
    read_package,
    versions,
)

Plant: TypeAlias = Callable[[Path, str, str], None]

# file, what stands there, what is put there, path of the fault, key of the sentence
PLANTED = [
    ("package", "version: 1.0.0", "version: one", "version", "bad_version"),
    ("package", 'key: "1519"', 'key: "1520"', "key", "key_differs"),
    ("package", "publisher:\n", "maker:\n", "publisher", "missing"),
    ("territory", "under: [compound]", "under: [hamlet]", "kinds[4].under[0]", "no_such_kind"),
    ("territory", "  - code: incubation", "  - code: donation", "ladders[2].code", "same"),
    (
        "territory",
        "en: Compound level}, kind: compound}",
        "en: Compound level}, kind: null}",
        "ladders[0].levels[1].kind",
        "level_without_kind",
    ),
    ("accounts", "at: [street, community]", "at: [street, moon]", "roles[7].at[1]", "no_such_kind"),
    ("accounts", "    resident: true\n", "", "roles", "one_resident"),
    ("accounts", "administers: true", "administers: yes", "roles[0].administers", "not_flag"),
    ("rooms", "seal: 邻", "seal: 社", "rooms[5].seal", "same"),
    ("rooms", "seal: 食", "seal: 食堂", "rooms[8].seal", "bad_seal"),
    ("rooms", "zh: 代工坊,", "zh: ' ',", "rooms[12].name.zh", "empty"),
    ("rooms", 'opens: "16:00"', 'opens: "20:00"', "rooms[10].hours[0].closes", "closes_early"),
    ("rooms", 'opens: "19:00"', 'opens: "17:00"', "rooms[2].hours[1]", "hours_overlap"),
    (
        "rooms",
        "days: [3, 5], opens",
        "days: [3, 8], opens",
        "rooms[6].hours[0].days[1]",
        "out_of_range",
    ),
    (
        "rooms",
        'opens: "09:30", closes: "17:00"',
        "opens: 9.5, closes: 17:00",
        "rooms[9].hours[0].opens",
        "not_text",
    ),
    (
        "rooms",
        "  - code: auction\n    platform: charity",
        "  - code: auction\n    platform: moon",
        "rooms[14].platform",
        "no_such_platform",
    ),
    ("rooms", "  - code: arts\n", "  - code: Arts!\n", "rooms[11].code", "bad_code"),
    ("demands", "code: pests, name", "code: rubbish, name", "categories[3].code", "same"),
    ("demands", "en: Dogs and pets}", 'en: " Dogs"}', "categories[17].name.en", "not_stripped"),
    ("demands", "en: Counter services}", 'en: "Count\\0er"}', "kinds[0].name.en", "nul"),
    (
        "demands",
        "level: street, accept_hours: 8",
        "level: moon, accept_hours: 8",
        "deadlines[3].level",
        "no_such_level",
    ),
    (
        "demands",
        "accept_hours: 16, resolve_hours: 80",
        "accept_hours: 90, resolve_hours: 80",
        "deadlines[4].accept_hours",
        "accept_after_resolve",
    ),
    (
        "demands",
        "编号 {code}。我们",
        "编号 {number}。我们",
        "templates[0].text.zh",
        "unknown_blank",
    ),
    (
        "workdays",
        'opens: "09:00", closes: "12:00"',
        'opens: "09:00", closes: "13:01"',
        "week[1]",
        "hours_overlap",
    ),
    (
        "workdays",
        'days: [1, 2, 3, 4, 5], opens: "13:00"',
        'days: [1, 2, 3, 4, 8], opens: "13:00"',
        "week[1].days[4]",
        "out_of_range",
    ),
    (
        "words",
        "term: venue, name: {zh: 阵地, en: Venue}",
        "term: venue, name: 阵地",
        "words[7].name",
        "not_mapping",
    ),
    ("words", "term: keeper", "term: steward", "words[12].term", "same"),
]
FOLLOWING = {  # faults that a planted one brings about elsewhere
    ("1519/1.0.0/package.yaml", "maker", "unknown"),
    ("1519/1.0.0/package.yaml", "version", "version_differs"),
    ("1519/1.0.0/demands.yaml", "deadlines", "level_without_deadline"),
    ("1519/1.0.0/accounts.yaml", "roles", "one_administers"),
    ("1519/1.0.0/territory.yaml", "ladders[0].levels[0].kind", "level_out_of_order"),
}


def faults_of(key: str) -> tuple[set[tuple[str, str, str]], str]:
    """Place and kind of each fault, and all of them as a person reads them."""
    with pytest.raises(BadPackage) as caught:
        read_package(key, version="1.0.0")
    found = {(fault.file, fault.path, fault.key) for fault in caught.value.faults}
    return found, str(caught.value)


@pytest.mark.parametrize(("file", "old", "new", "path", "key"), PLANTED)
def test_a_planted_fault_is_found_where_it_is(
    packages: Path, replace: Plant, file: str, old: str, new: str, path: str, key: str
) -> None:
    replace(packages / "1519" / "1.0.0" / f"{file}.yaml", old, new)
    found, _ = faults_of("1519")
    assert (f"1519/1.0.0/{file}.yaml", path, key) in found
    assert found - FOLLOWING == {(f"1519/1.0.0/{file}.yaml", path, key)}


def test_all_faults_of_all_files_are_listed_at_once(packages: Path, replace: Plant) -> None:
    for file, old, new, _, _ in PLANTED:
        replace(packages / "1519" / "1.0.0" / f"{file}.yaml", old, new)
    found, text = faults_of("1519")
    expected = {(f"1519/1.0.0/{file}.yaml", path, key) for file, _, _, path, key in PLANTED}
    assert expected <= found
    assert found - expected <= FOLLOWING
    assert len(text.splitlines()) == len(found)


def test_a_fault_says_file_line_path_and_reason(packages: Path, replace: Plant) -> None:
    replace(packages / "139" / "1.0.0" / "rooms.yaml", "seal: 餐", "seal: 餐厅")
    line = (packages / "139" / "1.0.0" / "rooms.yaml").read_text("utf-8").splitlines().index(
        "    seal: 餐厅"
    ) + 1
    _, text = faults_of("139")
    reason = "A seal is exactly one character, not “餐厅”."
    assert text == f"139/1.0.0/rooms.yaml:{line} rooms[1].seal: {reason}"


def test_a_broken_file_does_not_hide_the_faults_of_the_others(
    packages: Path, replace: Plant
) -> None:
    (packages / "1519" / "1.0.0" / "territory.yaml").write_text("kinds: [\n", "utf-8")
    replace(packages / "1519" / "1.0.0" / "rooms.yaml", "seal: 邻", "seal: 社")
    found, _ = faults_of("1519")
    assert ("1519/1.0.0/territory.yaml", "", "not_yaml") in found
    assert ("1519/1.0.0/rooms.yaml", "rooms[5].seal", "same") in found
    assert len(found) == 2


def test_a_missing_file_and_a_misspelt_one_are_both_named(packages: Path) -> None:
    (packages / "1519" / "1.0.0" / "words.yaml").rename(packages / "1519" / "1.0.0" / "word.yaml")
    found, _ = faults_of("1519")
    assert found == {
        ("1519/1.0.0/words.yaml", "", "no_file"),
        ("1519/1.0.0/word.yaml", "", "stray_file"),
    }


def test_kinds_cannot_stand_under_each_other_in_a_circle(packages: Path, replace: Plant) -> None:
    replace(
        packages / "139" / "1.0.0" / "territory.yaml",
        "under: [district]",
        "under: [district, grid]",
    )
    found, _ = faults_of("139")
    assert found == {("139/1.0.0/territory.yaml", "kinds[1].under[1]", "kind_below")}


@pytest.mark.parametrize(
    ("week", "path", "key"),
    [
        ("[]", "week", "too_few"),
        ('[{days: [], opens: "09:00", closes: "12:00"}]', "week[0].days", "too_few"),
        ('[{days: [1], opens: "12:00", closes: "12:00"}]', "week[0].closes", "closes_early"),
        ("null", "week", "empty"),
    ],
)
def test_a_package_in_whose_week_nobody_works_is_refused(
    packages: Path, week: str, path: str, key: str
) -> None:
    (packages / "139" / "1.0.0" / "workdays.yaml").write_text(f"week: {week}\n", "utf-8")
    found, _ = faults_of("139")
    assert found == {("139/1.0.0/workdays.yaml", path, key)}


def test_an_unknown_permission_is_found_only_by_who_knows_them(packages: Path) -> None:
    assert read_package("139", None).key == "139"
    with pytest.raises(BadPackage) as caught:
        read_package("139", {"territory:unit:view"})
    assert {fault.key for fault in caught.value.faults} == {"no_such_permission"}


def test_an_edition_says_the_version_of_its_folder(packages: Path, replace: Plant) -> None:
    replace(packages / "139" / "1.0.0" / "package.yaml", "version: 1.0.0", "version: 1.0.1")
    found, _ = faults_of("139")
    assert found == {("139/1.0.0/package.yaml", "version", "version_differs")}


def test_the_newest_edition_is_read_by_number_not_by_letter(packages: Path, replace: Plant) -> None:
    for version in ("1.9.0", "1.10.0"):
        shutil.copytree(packages / "139" / "1.0.0", packages / "139" / version)
        replace(
            packages / "139" / version / "package.yaml", "version: 1.0.0", f"version: {version}"
        )
    assert versions("139") == ["1.10.0", "1.9.0", "1.0.0"]
    assert read_package("139").version == "1.10.0"
    assert read_package("139", version="1.9.0").version == "1.9.0"


@pytest.mark.parametrize("key", ["1519", "139"])
def test_a_package_comes_back_whole_from_its_parts(key: str) -> None:
    package = read_package(key)
    assert from_parts(package.parts()) == package


def test_what_is_remembered_of_a_package_is_what_its_files_say() -> None:
    parts = read_package("1519").parts()
    known = from_parts(parts)
    assert from_parts(copy.deepcopy(parts)) is known
    parts["package"]["title"]["zh"] = "另一个"
    assert from_parts(parts).head.title["zh"] == "另一个"
    for fault in ({"version": 1.0}, {"version": datetime.date(2026, 1, 1)}):
        with pytest.raises(BadPackage):
            from_parts({**parts, "package": {**parts["package"], **fault}})
    known.parts()["package"]["title"]["zh"] = "spoilt"
    assert known.head.title["zh"] != "spoilt"


def test_a_saved_file_is_read_again(packages: Path, replace: Plant) -> None:
    assert read_package("139") is not None
    path = packages / "139" / "1.0.0" / "package.yaml"
    before = path.stat()
    replace(path, "  en: The 139 model", "  en: The other model")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns + 1))
    assert read_package("139").head.title["en"].startswith("The other model")


def test_a_bad_package_stays_in_the_list_and_says_so(packages: Path) -> None:
    (packages / "139" / "1.0.0" / "package.yaml").unlink()
    summary = next(each for each in list_packages() if each.key == "139")
    assert [fault.key for fault in summary.faults] == ["no_file"]


@pytest.mark.parametrize("key", ["nowhere", "", ".", "..", "../packages/1519", "1519/", "A"])
def test_a_key_never_leaves_the_folder_of_packages(packages: Path, key: str) -> None:
    with pytest.raises(NotFound):
        read_package(key)
