"""A new list of a package is declared in one place: its domain's part. Packages do all the rest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import pytest
from flask import Flask

from saas.domains import DOMAINS
from saas.kernel.domain import Domain, Domains
from saas.packages import words
from saas.packages.checks import check_package
from saas.packages.contents import in_words
from saas.packages.faults import Fault, explain, places, repeated
from saas.packages.items import items
from saas.packages.library.archive import files_of
from saas.packages.library.changes_in_words import changes_in_words
from saas.packages.library.json_schemas import schema_of
from saas.packages.library.queries import BadPackage, from_parts, read_edition, read_package
from saas.packages.library.skeleton import SKELETON
from saas.packages.model.rules.merge import merge, resolve
from saas.packages.parts import Count, File, Listed, Package, Part, Section, package_files, plug
from saas.packages.schemas.fields import Code, Label, Many, WholeField


@dataclass(frozen=True, slots=True)
class Purse:
    """A pot of money for some kinds of units."""

    code: Code
    name: Label
    at: Annotated[tuple[Code, ...], Many(least=1)]
    most: Annotated[int, WholeField(least=1, most=1000)] = 100
    under: Code | None = None


@dataclass(frozen=True, slots=True)
class Purses:
    """purses.yaml."""

    purses: tuple[Purse, ...]


PURSES = Part(
    files=(File("purses", Purses, "Money", place=45),),
    lists=(
        Listed("purses", "purses", "purse", "Purses", refs={"at": ("territory", "kinds")},
               sets=("at",), says={"most": lambda value: f"{value} yuan"}),
    ),
    check=lambda parts: repeated("purses", places(parts.get("purses"), "purses")),
    words={"at": "for whom", "most": "the most that is given"},
    explained={"Purse.most": "In yuan."},
    counts=lambda package: [Count(len(package.of(Purses).purses), "purses", "purses", "Purses")],
    sections=lambda package: [Section(55, "purses", "Purses", "purses.html", package.of(Purses))],
)  # fmt: skip
ROW = {"code": "repairs", "name": {"zh": "修缮", "en": "Repairs"}, "at": ["street"]}


@pytest.fixture(autouse=True)
def _with_purses() -> Iterator[None]:
    plug(Domains((*DOMAINS, Domain(name="purses", part=PURSES))))
    yield
    plug(DOMAINS)


@pytest.fixture(scope="module")
def before() -> dict[str, object]:
    """A package as it was without purses."""
    return read_package("1519").parts()


def with_purses(before: dict[str, object], *rows: dict[str, object]) -> Package:
    """The package with these purses in it."""
    return from_parts({**before, "purses": {"purses": list(rows)}})


def test_it_is_read_checked_and_written(before: dict[str, object], tmp_path: Path) -> None:
    package = with_purses(before, ROW)
    assert package.of(Purses).purses[0].most == 100
    for name, content in files_of(package.parts()).items():
        (tmp_path / name).write_bytes(content)
    assert read_edition(tmp_path, named=False).package() == package
    assert list(package_files()) == [
        "package", "territory", "accounts", "rooms", "organisations", "bookings", "activities",
        "visits", "funds", "points",
        "demands", "purses", "workdays", "words",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "path", "key"),
    [
        ({"most": 0}, "purses[0].most", "out_of_range"),
        ({"colour": "red"}, "purses[0].colour", "unknown"),
        ({"at": []}, "purses[0].at", "too_few"),
        ({"under": None}, "purses[0].under", "empty"),
    ],
)
def test_its_faults_are_said_where_they_are(
    before: dict[str, object], wrong: dict[str, object], path: str, key: str
) -> None:
    with pytest.raises(BadPackage) as caught:
        with_purses(before, {**ROW, **wrong})
    assert [(fault.path, fault.key) for fault in caught.value.faults] == [(path, key)]
    again = {**before, "purses": {"purses": [ROW, ROW]}}
    assert [fault.key for fault in check_package(again)] == ["same"]


def test_a_package_without_the_file_says_that_it_is_missing() -> None:
    assert {fault.key for fault in read_edition(SKELETON, named=False).faults} == {"no_file"}


def test_a_file_that_came_later_is_not_missed_in_what_was_there_before(
    before: dict[str, object],
) -> None:
    purses = replace(PURSES, files=(replace(PURSES.files[0], absent={"purses": []}),))
    plug(Domains((*DOMAINS, Domain(name="purses", part=purses))))
    assert read_edition(SKELETON, named=False).package().of(Purses).purses == ()
    old = from_parts(before)
    assert old.of(Purses).purses == ()
    assert from_parts(old.parts()) == old
    new = with_purses(before, ROW)
    plan = merge(before, old.parts(), new.parts())
    assert [(entry.path, entry.verdict) for entry in plan.entries] == [
        ("purses/purses/repairs", "added")
    ]
    assert from_parts(resolve(plan, {})) == new


def test_it_is_compared_and_said_in_words(before: dict[str, object]) -> None:
    old, new = with_purses(before, ROW), with_purses(before, {**ROW, "most": 200})
    (change,) = changes_in_words(old.parts(), new.parts())
    assert (change.heading, change.what) == ("Purses", "purse Repairs")
    assert change.sentence == "the the most that is given of purse Repairs: nothing → 200 yuan"
    address = ("purses", "purses", "repairs")
    assert words.shown_in(address, "at", ["street"], new.parts()) == "Street"


def test_it_is_merged_and_keeps_what_it_speaks_of(before: dict[str, object]) -> None:
    base = with_purses(before, ROW).parts()
    ours = with_purses(before, {**ROW, "at": ["street", "community"]}).parts()
    theirs = with_purses(before, {**ROW, "at": ["street", "district"], "most": 7}).parts()
    result = items(resolve(merge(base, ours, theirs), {}))
    fund = result["purses", "purses", "repairs"].fields
    assert fund["at"] == ["street", "district", "community"]
    assert fund["most"] == 7


def test_editors_and_pages_know_it(before: dict[str, object], app: Flask) -> None:
    with app.app_context():
        fund = schema_of("purses")["$defs"]["Purse"]
        assert fund["required"] == ["at", "code", "name"]
        assert fund["properties"]["most"]["title"] == "the most that is given"
        assert fund["properties"]["most"]["description"] == "In yuan."
        shown = in_words(with_purses(before, ROW))
    names = [section.name for section in shown.sections]
    assert names[names.index("templates") : names.index("week")] == ["templates", "purses"]
    assert (1, "purses") in {(count.number, count.word) for count in shown.counts}


def test_a_fault_has_one_sentence_for_ever() -> None:
    with pytest.raises(ValueError, match="another sentence"):
        explain({"same": "Something else."})
    assert str(Fault("purses", "", "empty")) == "purses: This is empty."
