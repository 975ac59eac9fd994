"""The document: valid, true to what the routes do, with the address that was called."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import hypothesis
import pytest
import schemathesis
from jsonschema import Draft202012Validator
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from saas.app import create_app
from saas.kernel import db as kernel_db
from saas.settings import Settings
from tests.api.conftest import Program, program
from tests.support import District
from tests.thorough import examples

DOCUMENT = "/api/v1/openapi.json"


def _tried(times: int) -> hypothesis.settings:
    return hypothesis.settings(
        max_examples=times,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(hypothesis.HealthCheck),
    )


#: With a token, and without, where every address is shut before anything is read.
_OPEN, _SHUT = _tried(examples(10, thorough=20)), _tried(examples(2, thorough=20))


@pytest.fixture
def document(ours: District) -> Any:
    """The document as schemathesis reads it."""
    return schemathesis.openapi.from_wsgi(f"{ours.root}{DOCUMENT}", ours.app)


def test_the_document_is_valid_openapi_3_1(document: Any) -> None:
    document.validate()
    assert document.raw_schema["openapi"] == "3.1.0"


def test_every_route_of_the_api_is_in_the_document(document: Any, ours: District) -> None:
    told = {
        (path.replace("{", "<").replace("}", ">"), method.upper())
        for path, item in document.raw_schema["paths"].items()
        for method in item
        if method != "parameters"
    }
    there = {
        (re.sub(r"<\w+:", "<", rule.rule), method)
        for rule in ours.app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.rule.startswith("/api/") and not rule.endpoint.startswith("api.")
    }
    assert told == there
    assert len(told) > 7


def test_every_text_in_a_body_is_said_to_hold_no_nul(document: Any) -> None:
    shapes = document.raw_schema["components"]["schemas"]
    bodies = [
        op["requestBody"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
        for item in document.raw_schema["paths"].values()
        for op in item.values()
        if "requestBody" in op
    ]
    texts = [
        (shape, name, one)
        for shape in bodies
        for name, one in shapes[shape]["properties"].items()
        if "string" in one.get("type", ()) and not one.keys() & {"enum", "format"}
    ]
    assert len(texts) > 20
    for shape, name, one in texts:
        assert "pattern" in one, (shape, name)
        validator = Draft202012Validator({**one, "minLength": 0, "maxLength": 999})
        assert not validator.is_valid("a\0b"), (shape, name)
    into = next(one for shape, name, one in texts if name == "into")
    assert Draft202012Validator(into).is_valid("Q7\n")


def test_the_address_is_the_one_by_which_the_district_was_called(ours: District) -> None:
    told = ours.app.test_client().get(f"http://any.host:8703{ours.root}{DOCUMENT}").json
    assert told is not None
    assert told["servers"] == [{"url": f"http://any.host:8703{ours.root}"}]
    path = next(iter(told["paths"]))
    assert ours.app.test_client().get(told["servers"][0]["url"] + path).status_code == 401
    assert ours.app.test_client().get("/api/v1/openapi.json").status_code == 404  # of the hub


def test_a_district_with_a_host_of_its_own_is_told_by_it(
    settings: Settings, ours: District
) -> None:
    app = create_app(replace(settings, base_domain="city.example"))
    told = app.test_client().get(f"https://alpha.city.example{DOCUMENT}").json
    assert told is not None
    assert told["servers"] == [{"url": "https://alpha.city.example"}]
    assert app.test_client().get(f"https://nobody.city.example{DOCUMENT}").status_code == 404
    with app.app_context():
        kernel_db.db.engine.dispose()


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize("known", [True, False], ids=["with a token", "without"])
def test_answers_are_as_promised_whatever_is_sent(
    document: Any, ours: District, mode: GenerationMode, known: bool
) -> None:
    caller = program(ours, *_every_scope(ours)) if known else Program(ours, None)
    # What it is sent compressed, this caller without a network does not open.
    headers = {"Accept-Encoding": "identity"}
    headers |= {"Authorization": f"Bearer {caller.token}"} if known else {}
    for found in document.get_all_operations():
        operation = found.ok()
        if mode is GenerationMode.POSITIVE or "422" in operation.definition.raw["responses"]:
            _send_many(operation, mode, headers, _OPEN if known else _SHUT)


_VENUES = "/api/v1/streets/{street}/venues"
_FREE = "/api/v1/streets/{street}/rooms/{room}/free"
_BOOK = "/api/v1/streets/{street}/rooms/{room}/bookings"
_SIGN = "/api/v1/organisations/{code}/signs"
#: What names a category and a place by codes, or a venue or a purpose by signs that may be all
#: unseen, or a day beyond every calendar: those that name nothing are refused at their field.
_NAME_THINGS = {"/api/v1/demands", _VENUES, f"{_VENUES}/{{venue}}", _FREE, _BOOK, _SIGN}


def _send_many(
    operation: Any, mode: GenerationMode, headers: dict[str, str], tried: hypothesis.settings
) -> None:
    spared = [positive_data_acceptance] if operation.path in _NAME_THINGS else []

    @tried
    @hypothesis.seed(1519)
    @hypothesis.given(case=operation.as_strategy(generation_mode=mode))
    def send(case: Any) -> None:
        case.call_and_validate(headers=headers, excluded_checks=spared)

    run: Callable[[], None] = send
    run()


def _every_scope(district: District) -> list[str]:
    with district.work():
        [grant] = district.actor("admin").grants
    return sorted(grant.permissions)


def test_people_can_read_it_in_both_languages(ours: District) -> None:
    visitor = ours.client()
    chinese = visitor.get("/api/v1/docs").text
    visitor.get("/language/en")
    english = visitor.get("/api/v1/docs").text
    assert "可及的单位" in chinese
    assert "Units in reach" in english
    for page in (chinese, english):
        assert "/api/v1/units/{code}" in page
        assert f"http://localhost{ours.root}" in page
        assert "<script>" not in page
    assert (
        visitor.get(DOCUMENT).json["paths"]["/api/v1/units"]["get"]["summary"] == "Units in reach"
    )  # type: ignore[index]
