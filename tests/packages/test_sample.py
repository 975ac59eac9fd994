"""The invented place of a package: it may be missing, and where it is there it fits."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from saas.onboarding.package.shapes import Sample
from saas.packages.library.queries import BadPackage, list_packages, read_beside

KEYS = [summary.key for summary in list_packages()]


@pytest.mark.parametrize("key", KEYS)
def test_every_name_of_a_shipped_sample_says_that_it_is_one(key: str) -> None:
    sample = read_beside(Sample, key)
    assert sample is not None
    assert all(unit.name["zh"].endswith("（示例）") for unit in sample.units)
    assert all(person.name.endswith("（示例）") for person in sample.people)
    assert all(person.login.startswith("sample") for person in sample.people)


def test_the_sample_of_1519_shows_the_whole_model() -> None:
    sample = read_beside(Sample, "1519")
    assert sample is not None
    assert (len(sample.rooms), len(sample.people)) == (19, 30)
    assert len({unit.kind for unit in sample.units}) == 4, "beneath the district"


def test_a_package_can_do_without(packages: Path) -> None:
    (packages / "139" / "1.0.0" / "sample.yaml").unlink()
    assert read_beside(Sample, "139") is None


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ("（示例）, role: auditor", "（示例）, role: nobody", "people[1].role"),
        ("room: desk, keeper: sample11", "room: desk, keeper: sample99", "rooms[0].keeper"),
        ("room: canteen,", "room: bar,", "rooms[1].room"),
        ("{code: sample_willow, kind: community", "{code: sample_willow, kind: grid",
         "units[1].kind"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_told_with_its_place(
    packages: Path, replace: Callable[[Path, str, str], None], old: str, new: str, path: str
) -> None:
    file = packages / "139" / "1.0.0" / "sample.yaml"
    replace(file, old, new)
    with pytest.raises(BadPackage) as refused:
        read_beside(Sample, "139")
    assert path in {fault.path for fault in refused.value.faults}
