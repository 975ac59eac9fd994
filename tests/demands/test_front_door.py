"""Filing without an account: what comes in, the slip for it, and what the slip opens."""

from __future__ import annotations

import re
from datetime import date

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from saas.accounts import queries as people
from saas.demands.case.models import Custody, Demand
from saas.demands.intake import queries, rules
from saas.kernel.codes import day_number, day_numbers
from saas.kernel.db import session
from tests.support import PASSWORD, District, Visitor

WORDS = "院门口路灯不亮，晚上看不见"
PLACE = "/demands/new/rubbish/courtyard_one"
PHONE = "13800138000"


def _file(visitor: Visitor, **fields: object) -> str:
    """Address of the slip of what a visitor files."""
    values = {"category": "rubbish", "unit": "courtyard_one", "words": WORDS,
              "submission": "front-door-key-01"}  # fmt: skip
    answer = visitor.post(PLACE, **{**values, **fields})
    assert answer.status_code == 302, answer.text
    return str(answer.location)


def _newest(district: District) -> Demand:
    with district.work():
        found = session.scalars(sa.select(Demand).order_by(Demand.id.desc()).limit(1)).one()
        session.expunge(found)
    return found


def _slip(district: District, demand: Demand) -> tuple[str, str, str]:
    """Number, digits and the address in the code to scan."""
    with district.work():
        path = f"/slip/{demand.code}/{queries.secret_of(demand)}"
        return demand.number, queries.pin_of(demand), path


@pytest.fixture
def filed(alpha: District) -> Demand:
    """What somebody filed without an account and without a number."""
    _file(alpha.client())
    return _newest(alpha)


# Filing


def test_a_stranger_files_from_a_poster_without_a_word_of_himself_and_gets_a_slip(
    alpha: District,
) -> None:
    stranger = alpha.client()
    steps = ("/demands/new?at=courtyard_one&spot=议事坊", "/demands/new?kind=demands",
             "/demands/new/rubbish", f"{PLACE}?spot=议事坊&by=room")  # fmt: skip
    assert [stranger.get(step).status_code for step in steps] == [200] * 4
    slip = stranger.get(_file(stranger, channel="room", spot="议事坊").removeprefix("/d/alpha"))
    demand = _newest(alpha)
    number, pin, _ = _slip(alpha, demand)
    assert number in slip.text
    assert pin in slip.text
    assert WORDS not in slip.text
    assert (demand.filed_by_id, demand.entered_by_id, demand.caller_phone) == (None, None, None)
    assert (demand.channel, demand.spot) == ("room", "议事坊")


def test_a_number_that_was_left_is_kept_sealed_and_a_wrong_one_loses_nothing(
    alpha: District,
) -> None:
    visitor = alpha.client()
    wrong = visitor.post(
        PLACE, category="rubbish", unit="courtyard_one", words=WORDS,
        submission="front-door-key-02", caller_phone="12345",
    )  # fmt: skip
    assert wrong.status_code == 422
    assert WORDS in wrong.text
    assert 'id="f-caller_phone"' in wrong.text
    _file(visitor, caller_phone="138 0013 8000", caller_name="李阿姨")
    assert (_newest(alpha).caller_phone, _newest(alpha).caller_name) == (PHONE, "李阿姨")


def test_nobody_learns_by_filing_whose_number_it_is(alpha: District) -> None:
    """At the desk it is asked whether the caller is that resident; at this door never."""
    with alpha.work():
        person = people.find_person(alpha.people["resident"])
        assert person is not None
        name = person.name
    answer = alpha.client().get(_file(alpha.client(), caller_phone=PHONE).removeprefix("/d/alpha"))
    assert name not in answer.text


def test_the_same_form_sent_twice_is_one_demand(alpha: District) -> None:
    visitor = alpha.client()
    assert _file(visitor) == _file(visitor)


def test_who_is_signed_in_files_as_himself_whatever_the_form_says(alpha: District) -> None:
    answer = alpha.client("resident").post(
        PLACE, category="rubbish", unit="courtyard_one", words=WORDS,
        submission="front-door-key-03", caller_phone=PHONE, caller_name="别人",
    )  # fmt: skip
    assert answer.location.endswith("?filed=1")
    demand = _newest(alpha)
    assert demand.filed_by_id == alpha.people["resident"]
    assert (demand.caller_phone, demand.caller_name) == (None, None)


def test_what_is_sent_again_on_a_bad_line_is_no_second_filing(
    alpha: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "GUEST_LIMIT", 2)
    visitor = alpha.client()
    first = _file(visitor, submission="front-door-once-1")
    for _ in range(5):
        assert _file(visitor, submission="front-door-once-1") == first
    assert _file(visitor, submission="front-door-once-2") != first


def test_a_hall_full_of_people_files_and_a_script_does_not(
    alpha: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "GUEST_LIMIT", 2)
    for number in range(2):
        _file(alpha.client(), submission=f"front-door-many-{number}")
    refused = alpha.client().post(
        PLACE, category="rubbish", unit="courtyard_one", words=WORDS,
        submission="front-door-many-9",
    )  # fmt: skip
    assert refused.status_code == 429
    assert WORDS in refused.text


# What the slip opens


def test_number_and_digits_open_it_on_any_device_and_the_number_alone_shows_the_state(
    alpha: District, filed: Demand
) -> None:
    number, pin, _ = _slip(alpha, filed)
    alone = alpha.client().post("/track", code=number)
    assert alone.location.endswith(f"/track/{number}")
    page = alpha.client().get(f"/track/{number}").text
    assert WORDS not in page
    assert filed.code not in page
    assert "alphacourtyard" not in page, "not even where it is"
    elsewhere = alpha.client()
    opened = elsewhere.post("/track", code=number.replace("-", " "), pin=f" {pin[:3]} {pin[3:]}")
    assert opened.location.endswith(f"/demands/{filed.code}")
    assert WORDS in elsewhere.get(f"/demands/{filed.code}").text


def test_the_code_to_scan_opens_it_and_a_wrong_secret_nothing(
    alpha: District, filed: Demand
) -> None:
    _, _, path = _slip(alpha, filed)
    scanner = alpha.client()
    assert scanner.get(path[:-1] + "z").status_code == 404
    assert scanner.get(f"/demands/{filed.code}").status_code == 302, "asked to sign in"
    assert scanner.get(path).location.endswith(f"/demands/{filed.code}")
    assert WORDS in scanner.get(f"/demands/{filed.code}").text


def _wrong(pin: str) -> str:
    return "000000" if pin != "000000" else "111111"


def _from(district: District, address: str) -> Visitor:
    visitor = district.client()
    visitor.client.environ_base["REMOTE_ADDR"] = address
    return visitor


def test_who_guesses_digits_is_shut_out_at_every_number_and_the_holder_is_not(
    alpha: District, filed: Demand
) -> None:
    number, pin, _path = _slip(alpha, filed)
    guesser = _from(alpha, "192.0.2.1")
    for _ in range(rules.TRACK_WRONG_LIMIT):
        assert guesser.post("/track", code=number, pin=_wrong(pin)).status_code == 422
    assert not guesser.post("/track", code=number, pin=pin).location
    assert guesser.get(f"/demands/{filed.code}").status_code == 302
    assert _from(alpha, "192.0.2.2").post("/track", code=number, pin=pin).location


def test_digits_guessed_from_many_addresses_end_for_the_day_and_the_code_to_scan_still_opens(
    alpha: District, filed: Demand, monkeypatch: pytest.MonkeyPatch
) -> None:
    number, pin, path = _slip(alpha, filed)
    monkeypatch.setattr(rules, "PIN_LIMIT", 6)
    for n in range(6):
        _from(alpha, f"192.0.2.{n}").post("/track", code=number, pin=_wrong(pin))
    late = _from(alpha, "192.0.2.9")
    assert not late.post("/track", code=number, pin=pin).location
    assert late.get(path).location.endswith(f"/demands/{filed.code}")


@pytest.mark.parametrize("digits", ["一二三四五六", "é12345", "٣٣٣٣٣٣", "🀄"])
def test_what_are_no_digits_is_said_at_the_field(
    alpha: District, filed: Demand, digits: str
) -> None:
    number, _, _ = _slip(alpha, filed)
    answer = alpha.client().post("/track", code=number, pin=digits)
    assert answer.status_code == 422
    assert "口令和这个编号对不上" in answer.text


@pytest.fixture
def answered(alpha: District, filed: Demand) -> Demand:
    """The same; its steward has accepted it and asked something."""
    steward = alpha.client("courtyard")
    assert steward.post(f"/demands/{filed.code}", verb="accept").status_code == 302
    asked = steward.post(f"/demands/{filed.code}", verb="ask", reason="是哪一盏灯？")
    assert asked.status_code == 302, asked.text
    return filed


def test_who_holds_the_slip_answers_confirms_and_nobody_else_without_an_account(
    alpha: District, answered: Demand
) -> None:
    _, _, path = _slip(alpha, answered)
    page, holder, other = f"/demands/{answered.code}", alpha.client(), alpha.client()
    holder.get(path)
    assert "是哪一盏灯？" in holder.get(page).text
    assert other.post(page, verb="answer", reason="第二盏").status_code in {302, 401}
    assert _newest(alpha).state == "asked"
    assert holder.post(page, verb="answer", reason="第二盏").status_code == 302
    assert _newest(alpha).state == "accepted"
    alpha.client("courtyard").post(page, verb="resolve", reason="换好了")
    assert holder.post(page, verb="confirm", rating="5").status_code == 302
    assert (_newest(alpha).state, _newest(alpha).rating) == ("confirmed", 5)
    with alpha.work():
        acts = session.execute(
            sa.select(Custody.verb, Custody.actor_kind, Custody.actor_id).order_by(Custody.number)
        ).all()
    assert ("answer", "anonymous", None) in acts
    assert ("confirm", "anonymous", None) in acts


def test_the_slip_of_what_an_account_has_filed_shows_no_more_than_the_way(
    alpha: District, filed: Demand
) -> None:
    code = str(
        alpha.client("resident").post(
            PLACE, category="rubbish", unit="courtyard_one", words=WORDS + "二",
            submission="front-door-key-04",
        ).location
    ).split("/demands/")[1].split("?")[0]  # fmt: skip
    own = _newest(alpha)
    assert own.code == code
    _, _, path = _slip(alpha, own)
    visitor = alpha.client()
    assert visitor.get(path).location.endswith(f"/track/{code}")
    assert visitor.get(f"/demands/{code}").status_code == 302


def test_one_slip_opens_one_demand(alpha: District, filed: Demand) -> None:
    _file(alpha.client(), submission="front-door-other", words=WORDS + "，另一处")
    _, _, path = _slip(alpha, filed)
    visitor = alpha.client()
    visitor.get(path)
    assert visitor.get(f"/demands/{_newest(alpha).code}").status_code == 302


def test_a_neighbouring_district_opens_nothing_with_it(
    alpha: District, beta: District, filed: Demand
) -> None:
    number, pin, path = _slip(alpha, filed)
    assert beta.client().get(path).status_code == 404
    assert beta.client().post("/track", code=number, pin=pin).status_code == 422


def test_a_device_forgets_when_it_is_told_to(alpha: District, filed: Demand) -> None:
    visitor = alpha.client()
    visitor.get(_slip(alpha, filed)[2])
    assert WORDS in visitor.get("/track").text
    visitor.post("/track/forget")
    assert WORDS not in visitor.get("/track").text
    assert visitor.get(f"/demands/{filed.code}").status_code == 302


# Into an account


def test_what_was_filed_before_goes_into_the_account_by_a_press_and_the_slip_ends(
    alpha: District, filed: Demand
) -> None:
    _, _, path = _slip(alpha, filed)
    visitor = alpha.client()
    visitor.get(path)
    assert visitor.post("/sign-in", login="resident", password=PASSWORD).status_code == 302
    assert "/demands/mine/slips" in visitor.get("/demands/mine").text
    assert WORDS not in visitor.get("/demands/mine").text
    assert visitor.post("/demands/mine/slips").status_code == 302
    assert _newest(alpha).filed_by_id == alpha.people["resident"]
    assert WORDS[:10] in visitor.get("/demands/mine").text
    finder = alpha.client()
    assert finder.get(path).location.endswith(f"/track/{filed.code}"), "the account speaks now"


# Staff


def test_staff_find_it_by_the_number_that_is_said_and_see_that_nobody_is_named(
    alpha: District, filed: Demand
) -> None:
    steward = alpha.client("courtyard")
    number = _slip(alpha, filed)[0]
    assert filed.code in steward.get(f"/demands?search={number}").text
    assert number in steward.get(f"/demands/{filed.code}").text


# The number


@given(st.dates(date(2000, 1, 1), date(2199, 12, 31)), st.integers(1, 10**12))
def test_a_number_is_read_back_and_every_wrong_digit_is_found(day: date, key: int) -> None:
    number = day_number(day, key)
    assert re.fullmatch(r"\d{4}-\d{4}-\d", number)
    assert (day, key % 10_000) in day_numbers(number.replace("-", ""), [day.year])
    for place in (0, 3, 5, 8, 10):
        wrong = number[:place] + str((int(number[place]) + 1) % 10) + number[place + 1 :]
        assert (day, key % 10_000) not in day_numbers(wrong, [day.year])


@given(st.text())
def test_no_text_breaks_the_reading_of_numbers(text: str) -> None:
    assert isinstance(day_numbers(text, range(2020, 2030)), list)
