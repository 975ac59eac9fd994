"""A request that is sent again, on purpose or by accident."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from saas.api.models import ApiAnswer
from saas.api.once import KEPT
from saas.kernel import clock
from saas.kernel.db import session
from tests.api.conftest import Program, marks, program
from tests.support import District, bring_up

KEY = "4f9a-2026-11-22"


def _marks(district: District) -> int:
    with district.work():
        return marks()


def test_the_same_request_is_answered_again_and_not_done_again(ours: District) -> None:
    caller = program(ours)
    first, second = caller.mark(key=KEY), caller.mark(key=KEY)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json == second.json
    assert "Idempotency-Replayed" not in first.headers
    assert second.headers["Idempotency-Replayed"] == "true"
    assert _marks(ours) == 1
    assert caller.mark().status_code == caller.mark().status_code == 201
    assert _marks(ours) == 3


def test_another_request_under_the_same_key_is_refused(ours: District) -> None:
    caller = program(ours)
    caller.mark(key=KEY)
    for other in (caller.mark("there", key=KEY), caller.mark(key=KEY, unit="courtyard_one")):
        assert (other.status_code, other.json["code"]) == (422, "key_used")  # type: ignore[index]
    assert _marks(ours) == 1


def test_a_refused_request_can_be_put_right_under_its_key(ours: District) -> None:
    caller = program(ours)
    assert caller.mark("no", key=KEY).status_code == 409
    assert caller.mark("yes", key=KEY).status_code == 201
    assert _marks(ours) == 1


def test_two_callers_may_have_the_same_key(ours: District) -> None:
    first, second = program(ours), program(ours)
    assert first.mark("one", key=KEY).status_code == 201
    assert second.mark("two", key=KEY).status_code == 201
    assert _marks(ours) == 2


def test_a_key_is_forgotten_after_two_days(ours: District) -> None:
    caller = program(ours)
    caller.mark("one", key=KEY)
    with clock.turned(KEPT - timedelta(minutes=1)):
        assert caller.mark("two", key=KEY).status_code == 422
    with clock.turned(KEPT + timedelta(minutes=1)):
        assert caller.mark("two", key=KEY).status_code == 201
        assert caller.mark(key="other").status_code == 201
    with ours.work():
        assert session.scalar(sa.select(sa.func.count()).select_from(ApiAnswer)) == 2


@pytest.mark.parametrize("key", ["", "x" * 81, "two words", "钥匙".encode().decode("latin-1")])
def test_a_key_that_cannot_be_one_is_refused_at_its_header(ours: District, key: str) -> None:
    answer = program(ours).call(
        "POST", "/units/compound_one/marks", {"Idempotency-Key": key}, json={"words": "here"}
    )
    assert answer.status_code == 422
    assert list(answer.json["errors"]) == ["Idempotency-Key"]  # type: ignore[index]


@pytest.mark.commits
def test_a_request_that_arrives_several_times_at_once_is_done_once(api_app: Flask) -> None:
    caller = program(bring_up(api_app, "oncealone"))
    answers = _at_once(caller, ["same"] * 4)
    assert [status for status, _, _ in answers] == [201] * 4
    assert {made for _, made, _ in answers} == {1}
    assert sorted(replayed for _, _, replayed in answers) == [False, True, True, True]
    assert _marks(caller.district) == 1


@pytest.mark.commits
def test_of_different_requests_under_one_key_at_once_one_wins(api_app: Flask) -> None:
    caller = program(bring_up(api_app, "onewins"))
    answers = _at_once(caller, ["one", "two", "three"])
    assert sorted(status for status, _, _ in answers) == [201, 422, 422]
    assert _marks(caller.district) == 1


def _at_once(caller: Program, words: list[str]) -> list[tuple[int, int | None, bool]]:
    """Send all at the same moment: status, what was made, whether it was there already."""
    begin, answers = threading.Barrier(len(words)), list[tuple[int, int | None, bool]]()

    def send(word: str) -> None:
        begin.wait()
        answer = caller.mark(word, key=KEY)
        body = answer.json or {}
        replayed = "Idempotency-Replayed" in answer.headers
        answers.append((answer.status_code, body.get("made"), replayed))

    threads = [threading.Thread(target=send, args=(word,)) for word in words]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers
