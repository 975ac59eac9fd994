"""Identity numbers and residence permits: check digit and birthday, no list of counties."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric

from saas.accounts.rules import clean_identity, clean_phone

TODAY = date(2026, 11, 22)


def _whole(first: str) -> str:
    return first + ric.calc_check_digit(f"{first}0")


@pytest.mark.parametrize(
    "text",
    [
        "11010519491231002X",
        "11010519491231002x",
        " 110105 19491231 002X ",
        "１１０１０５１９４９１２３１００２Ｘ",
    ],
)
def test_a_number_is_read_as_people_write_it(text: str) -> None:
    assert clean_identity(text, TODAY) == "11010519491231002X"


@pytest.mark.parametrize("division", ["810000", "820000", "830000"])
def test_residence_permits_count(division: str) -> None:
    number = _whole(f"{division}19940823002")
    assert clean_identity(number, TODAY) == number


@pytest.mark.parametrize("number", ["911124198108030024", "９１１１２４ 19810803 0024"])
def test_a_permanent_residence_card_of_a_foreigner_counts(number: str) -> None:
    assert clean_identity(number, TODAY) == "911124198108030024"
    assert clean_identity("911124198108030023", TODAY) is None


@pytest.mark.parametrize(
    "text",
    ["13800138000", "\u202d13800138000\u202c", "13800138000\u200e", "\ufeff138\u200b00138000",
     "8613800138000", "86-13800138000", "+86 138 0013 8000", "0086 13800138000", "138.0013.8000",
     "１３８００１３８０００", "138‑0013‑8000", "138–0013–8000"],
)  # fmt: skip
def test_a_telephone_number_is_read_as_people_and_telephones_paste_it(text: str) -> None:
    assert clean_phone(text) == "13800138000"


@pytest.mark.parametrize("text", ["", "call me", "86138001380", "861380013800012", "12345678901"])
def test_what_is_no_telephone_number_is_none(text: str) -> None:
    assert clean_phone(text) is None


@pytest.mark.parametrize(
    "number",
    ["", "1101051949123100", "110105194912310021", _whole("11010520990101001"),
     _whole("11010519490231002"), _whole("99010519491231002"), "११०१०५१९४९१२३१००२४"],
)  # fmt: skip
def test_a_wrong_number_is_none(number: str) -> None:
    assert clean_identity(number, TODAY) is None


@given(st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(place: int, more: int) -> None:
    number = "110105194912310029"[:17] + ric.calc_check_digit("11010519491231002" + "0")
    digit = str((int(number[place]) + more) % 10)
    assert clean_identity(number[:place] + digit + number[place + 1 :], TODAY) is None


@given(st.text())
def test_no_text_breaks_the_checks(text: str) -> None:
    for read in (clean_identity(text, TODAY), clean_phone(text)):
        assert read is None or read.isascii()


@pytest.mark.parametrize(
    "text", ["13800138000", "+86 138-0013-8000", "0813-2201234", "(010) 12345678"]
)
def test_mobile_and_landline_numbers_count(text: str) -> None:
    assert clean_phone(text)
