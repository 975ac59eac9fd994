"""What comes in and what goes out: paging, faults, proofs and pace."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from saas.api import pace
from saas.api.pace import Bucket
from saas.api.routes import Routes
from saas.territory import queries as territory
from tests.api.conftest import MarkIn, MarkOut, Program, marks, program
from tests.support import District, token_in

MARKS = "/units/compound_one/marks"


def _problem(answer: TestResponse, status: int, code: str) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    assert answer.mimetype == "application/problem+json"
    body: dict[str, Any] = answer.json  # type: ignore[assignment]
    assert {"type", "title", "status", "detail", "code", "request_id"} <= set(body)
    assert (body["status"], body["code"]) == (status, code)
    assert body["request_id"] == answer.headers["X-Request-Id"]
    assert answer.headers["Cache-Control"] == "no-store"
    return body


def test_every_list_has_the_same_shape_and_pages(ours: District) -> None:
    reader = program(ours)
    for path in ("/units", "/streets/street_one/rooms"):
        whole = reader.get(path).json
        first, second = (reader.get(f"{path}?page_size=2&page={n}").json for n in (1, 2))
        assert whole is not None
        assert first is not None
        assert second is not None
        assert list(first) == ["total", "page", "pages", "items"]
        assert first["items"] + second["items"] == whole["items"][:4]
        assert first["total"] == second["total"] == whole["total"]
        assert first["pages"] == math.ceil(whole["total"] / 2)
        beyond = reader.get(f"{path}?page=99999").json
        assert beyond is not None
        assert (beyond["items"], beyond["total"]) == ([], whole["total"])


def test_an_empty_list_has_one_page(ours: District) -> None:
    answer = program(ours).get("/units?kind=nothing").json
    assert answer == {"total": 0, "page": 1, "pages": 1, "items": []}


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("page=0", "page"),
        ("page=x", "page"),
        ("page=99999999999999999999", "page"),
        ("page_size=101", "page_size"),
        ("knd=street", "knd"),
        (f"q={'x' * 61}", "q"),
    ],
)
def test_a_filter_that_cannot_be_taken_is_refused_at_its_name(
    ours: District, query: str, field: str
) -> None:
    problem = _problem(program(ours).get(f"/units?{query}"), 422, "invalid")
    assert list(problem["errors"]) == [field]
    assert all(problem["errors"][field])


def test_a_nested_fault_is_told_at_its_path(ours: District) -> None:
    body = {"words": "here", "lines": [{"text": "a"}, {"text": 1}, {"other": 1}]}
    problem = _problem(program(ours).call("POST", MARKS, json=body), 422, "invalid")
    assert set(problem["errors"]) == {"lines/1/text", "lines/2/text", "lines/2/other"}


def test_missing_and_forbidden_look_the_same(ours: District) -> None:
    narrow = program(ours, unit="compound")
    problems = []
    for path in ("/units/street_one", "/units/nowhere", "/units/a%00b", "/nothing"):
        problem = _problem(narrow.get(path), 404, "not_found")
        problems.append({**problem, "request_id": ""})
    assert problems == problems[:1] * 4


def test_a_method_that_an_address_does_not_take_names_those_it_does(ours: District) -> None:
    answer = program(ours).call("DELETE", "/units")
    _problem(answer, 405, "method_not_allowed")
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}
    assert "POST" in program(ours).call("GET", MARKS).headers["Allow"]


@pytest.mark.parametrize(
    ("kind", "body", "status", "code"),
    [
        ("application/json", b"{", 400, "bad_json"),
        ("application/json", b"", 400, "bad_json"),
        ("application/json", b"\xff", 400, "bad_json"),
        ("application/json", b'{"words": NaN}', 400, "bad_json"),
        ("application/json", b"[" * 5000 + b"]" * 5000, 400, "bad_json"),
        ("application/json", rb'{"words": "a\u0000b"}', 422, "invalid"),
        ("application/json", rb'{"words": "\ud800"}', 400, "bad_json"),
        ("application/json", b"[]", 422, "invalid"),
        ("application/json", b'"words"', 422, "invalid"),
        ("application/json", b'{"words": 5}', 422, "invalid"),
        ("application/json", b'{"words": "x", "more": 1}', 422, "invalid"),
        ("application/json", b'{"words": "' + b"x" * 1024 * 1024 + b'"}', 413, "too_large"),
        ("text/plain", b'{"words": "here"}', 415, "unsupported_media_type"),
        ("application/x-www-form-urlencoded", b"words=here", 415, "unsupported_media_type"),
    ],
)
def test_a_body_that_cannot_be_taken_is_a_problem(
    ours: District, kind: str, body: bytes, status: int, code: str
) -> None:
    answer = program(ours).call("POST", MARKS, data=body, content_type=kind)
    _problem(answer, status, code)
    with ours.work():
        assert marks() == 0


@pytest.mark.parametrize("words", ["🀄️龙", "\u202eلا\u2066", "\u200b\u200d", "<script>'; --"])
def test_any_text_is_taken_as_it_is(ours: District, words: str) -> None:
    answer = program(ours).mark(words)
    assert answer.status_code == 201
    assert answer.json["words"] == words  # type: ignore[index]


def test_what_breaks_says_nothing_but_a_number_to_ask_about(
    ours: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    def burst(*_: object, **__: object) -> None:
        raise RuntimeError("secret 13812345678")

    monkeypatch.setattr(territory, "list_units", burst)
    answer = program(ours).get("/units")
    _problem(answer, 500, "broken")
    assert "secret" not in answer.text


def test_a_refused_change_leaves_nothing(ours: District) -> None:
    _problem(program(ours).mark("no"), 409, "conflict")
    with ours.work():
        assert marks() == 0


def test_a_cookie_changes_nothing_without_the_proof_of_its_own_page(ours: District) -> None:
    visitor = ours.client("admin")
    proof = token_in(visitor.get("/people/add?unit=street_one").text)
    address, body = f"{ours.root}/api/v1{MARKS}", {"words": "here"}
    bare = visitor.client.post(address, json=body)
    _problem(bare, 400, "stale_form")
    crossed = visitor.client.post(address, json=body, headers={"Origin": "https://else.where"})
    _problem(crossed, 400, "stale_form")
    with ours.work():
        assert marks() == 0
    proven = visitor.client.post(address, json=body, headers={"X-CSRFToken": proof})
    assert proven.status_code == 201
    assert visitor.get("/api/v1/units").status_code == 200


def test_a_token_beside_a_cookie_is_who_calls(ours: District) -> None:
    visitor, reader = ours.client("admin"), program(ours, unit="compound")
    headers = {"Authorization": f"Bearer {reader.token}"}
    assert visitor.get("/api/v1/units/street_one").status_code == 200
    assert visitor.get("/api/v1/units/street_one", headers=headers).status_code == 404


def test_a_token_that_calls_too_often_is_told_how_long_to_wait(
    ours: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "BUCKET", Bucket(burst=3, per_second=0.001))
    fast, other = program(ours), program(ours)
    assert [fast.get("/units").status_code for _ in range(3)] == [200] * 3
    answer = fast.get("/units/nowhere")
    _problem(answer, 429, "too_many")
    assert 0 < int(answer.headers["Retry-After"]) <= 1000
    assert other.get("/units").status_code == 200
    assert Program(ours, None).get("/streets").status_code == 200


def test_changes_are_counted_for_all_processes_together(
    ours: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "CHANGES", 2)
    fast, other = program(ours), program(ours)
    assert [fast.mark().status_code for _ in range(2)] == [201, 201]
    answer = fast.mark()
    _problem(answer, 429, "too_many")
    assert answer.headers["Retry-After"] == "60"
    assert fast.get("/units").status_code == 200
    assert other.mark().status_code == 201


@given(
    waits=st.lists(st.floats(0, 5), min_size=1, max_size=60),
    burst=st.integers(1, 9),
    rate=st.floats(0.1, 9),
)
def test_no_stretch_of_time_lets_through_more_than_its_share(
    waits: list[float], burst: int, rate: float
) -> None:
    bucket, now, passed = Bucket(burst=burst, per_second=rate), 0.0, list[float]()
    for wait in waits:
        now += wait
        told = bucket.take("one", now)
        if told == 0:
            passed.append(now)
        else:
            assert told > 0
            now += told * 1.001 + 0.001
            assert bucket.take("one", now) == 0
            passed.append(now)
    for first in range(len(passed)):
        stretch = passed[-1] - passed[first]
        assert len(passed) - first <= burst + stretch * rate + 0.01


def test_a_bucket_forgets_when_it_knows_too_many() -> None:
    bucket = Bucket(burst=1, per_second=0.001, remembered=2)
    assert [bucket.take(key, 0.0) for key in ("a", "b", "c")] == [0, 0, 0]
    assert bucket.take("c", 0.0) > 0


def test_a_route_that_takes_two_values_under_one_name_stops_the_start() -> None:
    wrong = Routes("wrong_api", __name__, title="Wrong")
    with pytest.raises(TypeError, match="one name"):
        wrong.post("/<words>", needs="public", summary="x", body=MarkIn, answer=MarkOut)(
            lambda actor, words: None
        )
