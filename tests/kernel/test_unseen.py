"""Signs that cannot be seen do not count, wherever a text comes in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import Schema, ValidationError, fields

from saas.kernel.schemas import filled
from saas.kernel.unseen import is_unseen, says_something, seen, unspaced
from saas.kernel.workbooks import cell_text, plain, tidy

_FAMILY, _RAINBOW = "👩\u200d👩\u200d👧", "🏳\ufe0f\u200d🌈"
_SCOTLAND = "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"
#: What comes in, and what is kept of it.
_READ = {
    "\u202d13800138111\u202c": "13800138111",
    "13800138111\u200e": "13800138111",
    "王\u202e五\u202c": "王五",
    "\ufeff李\u200d四\u2060": "李\u200d四",
    "\u200d李四\u200c": "李四",
    "李 \u200d四": "李 四",
    "\u200b\u200b": "",
    "a\u00adb": "ab",
    "一\x00\x08二\x7f": "一二",
    "两\r\n行\r三": "两\n行\n三",
    "\ttab\n": "\ttab\n",
    _FAMILY: _FAMILY,
    _RAINBOW: _RAINBOW,
    _SCOTLAND: _SCOTLAND,
    "x\U000e0067": "x",
    "می\u200cخواهم": "می\u200cخواهم",
    "𬱖䶮 王\ue863": "𬱖䶮 王\ue863",
    "\u0600١": "\u0600١",
}


@pytest.mark.parametrize(("typed", "kept"), _READ.items())
def test_what_cannot_be_seen_is_dropped_and_what_joins_signs_is_kept(typed: str, kept: str) -> None:
    assert seen(typed) == kept


@given(st.text())
def test_reading_twice_changes_nothing_more(text: str) -> None:
    assert seen(seen(text)) == seen(text)


@given(st.text())
def test_a_number_as_it_is_compared_has_neither_blanks_nor_anything_unseen(text: str) -> None:
    assert not any(sign.isspace() or is_unseen(sign) for sign in unspaced(text))


@pytest.mark.parametrize(
    "blank", ["", " \u3000", "\u200b\u200b", "\u2800", "\u3164", "\n\t", "\u200d"]
)
def test_a_text_of_nothing_but_blanks_says_nothing_and_fills_no_field(blank: str) -> None:
    assert not says_something(blank)
    words = Schema.from_dict({"words": fields.String(validate=filled(9))})
    with pytest.raises(ValidationError):
        words().load({"words": blank})
    assert words().load({"words": f"{blank}字"})


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("多行_x000D_\n第二行", "多行\n第二行"),
        ("_x005F_x000D_", "_x000D_"),
        ("\u202d13800138000\u202c", "13800138000"),
        ("a_x0041_b", "aAb"),
        ("_xZZZZ_ _x12_", "_xZZZZ_ _x12_"),
        (20_260_305.0, "20260305"),
    ],
)
def test_a_cell_is_read_as_it_is_shown(cell: str | float, text: str) -> None:
    assert cell_text(cell) == text


def test_words_in_a_workbook_are_compared_and_kept_without_the_unseen() -> None:
    assert plain("\u202d１ 号\u2060院\u202c") == "1号院"
    assert tidy("\u202dＡ１\u3000号\u202c") == "A1 号"
