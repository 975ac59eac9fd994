"""What editors check is what we check: both refuse the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from flask import Flask
from hypothesis import HealthCheck, given
from hypothesis import settings as rounds
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from saas import settings
from saas.packages.library.json_schemas import schema_of, schema_text, with_hint
from saas.packages.parts import all_files
from saas.packages.reading.folders import load_parts
from saas.packages.reading.yaml_text import parse
from saas.packages.schemas.json_schema import json_schema
from tests.packages.test_package_any_input import ANYTHING, SMALL, paths, put
from tests.thorough import examples

FILES = sorted(settings.PACKAGES_DIR.glob("*/*/*.yaml"))


@pytest.fixture(scope="module")
def validators(app: Flask) -> dict[str, Draft202012Validator]:
    """A validator for each file of a package."""
    with app.app_context():
        made = {file: schema_of(file) for file in all_files()}
    for schema in made.values():
        Draft202012Validator.check_schema(schema)
    return {file: Draft202012Validator(schema) for file, schema in made.items()}


@pytest.mark.parametrize("path", FILES, ids=lambda path: "/".join(path.parts[-3:]))
def test_every_shipped_file_fits(path: Path, validators: dict[str, Draft202012Validator]) -> None:
    value = parse(path.stem, path.read_bytes()).value
    assert [error.message for error in validators[path.stem].iter_errors(value)] == []


FAULTS: list[tuple[str, tuple[Any, ...], Any]] = [
    ("rooms", ("rooms", 0, "seal"), "餐厅"),
    ("rooms", ("rooms", 0, "hours", 0, "opens"), "9:00"),
    ("rooms", ("rooms", 0, "hours", 0, "opens"), "25:00"),
    ("rooms", ("rooms", 0, "hours", 0, "days"), [0]),
    ("rooms", ("rooms", 0, "hours", 0, "days"), []),
    ("rooms", ("rooms", 0, "name"), "Room"),
    ("rooms", ("rooms", 0, "name"), {"zh": "坊"}),
    ("rooms", ("rooms", 0, "name"), {"zh": "坊", "en": " Room"}),
    ("rooms", ("rooms", 0, "name"), {"zh": "坊", "en": "Room\n"}),
    ("rooms", ("rooms", 0, "name"), {"zh": "坊", "en": "Ro\0om"}),
    ("rooms", ("rooms", 0, "code"), "Food Room"),
    ("rooms", ("rooms", 0, "colour"), "red"),
    ("rooms", ("rooms",), {}),
    ("rooms", ("rooms",), [{}] * 301),
    ("package", ("key",), 1519),
    ("package", ("version",), "1.0"),
    ("package", ("based_on",), {"key": "1519"}),
    ("territory", ("ladders",), []),
    ("accounts", ("roles", 0, "administers"), "yes"),
    ("demands", ("terms", "warn_percent"), 100),
    ("demands", ("terms", "warn_percent"), 7.5),
    ("demands", ("categories", 0, "kind"), None),
    ("demands", ("reasons", 0, "use"), "delay"),
    ("demands", ("deadlines", 0, "accept_hours"), True),
    ("words", ("words", 0, "name", "zh"), ""),
    ("workdays", ("week",), None),
]


@pytest.mark.parametrize(("file", "path", "wrong"), FAULTS, ids=str)
def test_a_planted_fault_of_shape_is_found(
    file: str, path: tuple[Any, ...], wrong: Any, validators: dict[str, Draft202012Validator]
) -> None:
    part = put(SMALL[file], path, wrong)
    assert not validators[file].is_valid(part)
    assert load_parts({file: part}, {file: all_files()[file]})[1]


@given(
    path=st.sampled_from([path for path in paths(SMALL) if len(path) > 1]),
    new=ANYTHING.filter(lambda value: ".0" not in repr(value)),
)
@rounds(
    max_examples=examples(30, thorough=300),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_editor_and_reader_agree(
    path: tuple[Any, ...], new: Any, validators: dict[str, Draft202012Validator]
) -> None:
    file = path[0]
    part = put(SMALL, path, new)[file]
    refused = load_parts({file: part}, {file: all_files()[file]})[1]
    assert validators[file].is_valid(part) == (not refused)


def test_it_explains_in_both_languages(app: Flask) -> None:
    with app.app_context():
        room = schema_of("rooms")["$defs"]["Room"]
    assert "A function room, which serves residents." in room["description"]
    assert "\n" in room["description"]
    assert room["properties"]["hours"]["title"].endswith("opening hours")
    assert " · " in room["properties"]["hours"]["title"]


def test_the_hint_leads_to_the_schema_and_is_written_once(app: Flask) -> None:
    once = with_hint("rooms", b"# ours\ncentre: {}\n")
    assert once.startswith(b"# yaml-language-server: $schema=schema/rooms.json\n")
    assert with_hint("rooms", once) == once
    assert yaml.safe_load(once) == {"centre": {}}
    with app.app_context():
        assert json.loads(schema_text("rooms"))["title"] == "rooms.yaml"


def test_a_sentence_explains_the_mapping_of_its_own_domain(app: Flask) -> None:
    with app.app_context():
        kinds = {name: schema_of(name)["$defs"]["Kind"] for name in ("territory", "activities")}
        terms = {name: schema_of(name)["$defs"]["Terms"] for name in ("bookings", "demands")}
    for two in (kinds, terms):
        said = [each.get("description") for each in two.values()]
        assert all(said), said
        assert len({*said}) == 2, said


def test_a_field_that_cannot_be_published_is_a_mistake_of_ours(app: Flask) -> None:
    from marshmallow import fields

    from saas.packages.schemas.fields import Strict

    class Odd(Strict):
        """A schema with a plain field."""

        text = fields.String()

    with app.app_context(), pytest.raises(TypeError):
        json_schema(Odd, words={}, explained={})


#: Given out as they are: no byte of them changes any more. A plain "?" stands before a bracket
#: there, which the reader in pure Python takes for a key.
_GIVEN_OUT = {("139", "1.0.0"), ("1519", "1.0.0"), ("1519", "2.0.0")}


def test_every_file_of_the_house_reads_alike_with_either_reader_of_yaml() -> None:
    root, seen = settings.TENANTS_DIR, 0
    for file in sorted(root.rglob("*.yaml")):
        if file.parts[-3:-1] not in _GIVEN_OUT:
            text = file.read_text(encoding="utf-8")
            fast = yaml.load(text, yaml.CSafeLoader)
            assert yaml.load(text, yaml.SafeLoader) == fast, file
            seen += 1
    assert seen > 50
