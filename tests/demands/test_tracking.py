"""Following a demand by the code on its slip, without an account."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from saas.demands.case.models import Demand
from saas.kernel.codes import code_readings, grouped
from saas.kernel.db import session
from tests.support import District

WORDS = "三楼漏水，请联系王小明"
_ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"


@pytest.fixture
def code(alpha: District) -> str:
    """A demand with words, a name and a story."""
    answer = alpha.client("resident").post(
        "/demands/new/rubbish/courtyard_one",
        category="rubbish", unit="courtyard_one", words=WORDS, submission="tracking-key-0001",
    )  # fmt: skip
    found = str(answer.location).split("/demands/")[1].split("?")[0]
    steward = alpha.client("courtyard")
    assert steward.post(f"/demands/{found}", verb="accept").status_code == 302
    assert steward.post(f"/demands/{found}", verb="reply", reason="明天上门").status_code == 302
    return found


def test_whoever_has_the_code_sees_where_it_stands_and_nothing_of_anybody(
    alpha: District, code: str
) -> None:
    page = alpha.client().get(f"/track/{code}")
    assert page.status_code == 200
    assert "alphacourtyard" in page.text
    for secret in (WORDS, "王小明", "明天上门", "alpha resident", "alpha courtyard"):
        assert secret not in page.text.replace("alphacourtyard", "")


@pytest.mark.parametrize("spaced", ["{}", " {} ", "{a}-{b}", "{a} {b}"])
def test_the_code_is_read_as_people_write_it(alpha: District, code: str, spaced: str) -> None:
    typed = spaced.format(code, a=code[:4], b=code[4:]).upper()
    answer = alpha.client().post("/track", code=typed)
    assert answer.status_code == 302
    assert answer.location.endswith(f"/track/{code}")


@given(st.text(_ALPHABET, min_size=16, max_size=16))
def test_any_code_can_be_typed_with_the_digits_that_it_looks_like(code: str) -> None:
    looks = code.replace("o", "0").replace("b", "8").replace("g", "9")
    assert code in code_readings(grouped(looks), 16)


@given(st.text())
def test_no_text_breaks_the_reading_of_codes(text: str) -> None:
    for reading in code_readings(text, 16):
        assert len(reading) == 16


@pytest.mark.parametrize(
    "typed", ["", "abc", "長" * 16, "\u202e" + "a" * 16, "a\x00b", "🀄" * 16, "a" * 5000]
)
def test_a_wrong_code_gets_a_sentence(alpha: District, typed: str) -> None:
    answer = alpha.client().post("/track", code=typed)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


def test_guessing_is_slowed_down_and_says_so(alpha: District, code: str) -> None:
    visitor = alpha.client()
    visitor.get("/language/en")
    for number in range(10):
        assert visitor.get(f"/track/aaaabbbbccccdd{number:02}").status_code == 404
    refused = visitor.get("/track/aaaabbbbccccdd11")
    assert refused.status_code == 429
    assert "quarter of an hour" in refused.text
    assert visitor.post("/track", code="1128-0001-1").status_code == 429


def test_a_right_code_is_never_shut_out_by_others_behind_the_same_address(
    alpha: District, code: str
) -> None:
    visitor = alpha.client()
    for number in range(11):
        visitor.get(f"/track/aaaabbbbccccdd{number:02}")
    assert {visitor.get(f"/track/{code}").status_code for _ in range(61)} == {200}


def test_the_slip_carries_code_and_picture_and_only_for_who_may_see_it(
    alpha: District, code: str
) -> None:
    page = alpha.client("courtyard").get(f"/demands/{code}/slip")
    assert grouped(code) in page.text
    assert "<path d=" in page.text
    assert WORDS not in page.text
    assert alpha.client("neighbour").get(f"/demands/{code}/slip").status_code == 404


def test_a_neighbouring_district_knows_nothing_of_the_code(
    alpha: District, beta: District, code: str
) -> None:
    assert beta.client().get(f"/track/{code}").status_code == 404
    with alpha.work():
        assert session.scalar(sa.select(Demand.code)) == code


def test_the_first_page_leads_to_it(alpha: District) -> None:
    assert "/d/alpha/track" in alpha.client().get("/").text
