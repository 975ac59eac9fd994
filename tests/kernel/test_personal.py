"""No number by which a person can be found survives, however it is written."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saas.kernel.personal import BLOT, personal_data, without_personal_data

PHONE = "13812345678"
IDENTITY = "51030319871102001X"
PLANTED = [
    PHONE,
    "138 1234 5678",
    "138-1234-5678",
    "1 3 8 1 2 3 4 5 6 7 8",
    "(138) 1234.5678",
    "+86 138 1234 5678",
    "008613812345678",
    "１３８１２３４５６７８",
    "１３８－１２３４－５６７８",
    "138\u200b1234\u200d5678",
    "一三八一二三四五六七八",
    "幺三八 一二三四 五六七八",
    "138一二三四5678",
    "\u0661\u0663\u0668\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668",
    IDENTITY,
    "510303 19871102 001x",
    "510303-1987-11-02-001X",
    "５１０３０３１９８７１１０２００１Ｘ",
    "510303871102001",
    "6222021234567890123",
    "6222 0212 3456 7890 123",
    "0813-8201234",
    "0813 820 1234",
    "（0813）8201234",
    "0 8 1 3 8 2 0 1 2 3 4",
    "川C12345",
    "川C·12A45",
    "川 c d12345",
    "川Ｃ－１２３４５",
    "zhang.san@qq.com",
    "zhang @ qq . com",
    "ｚｈａｎｇ＠ｑｑ．ｃｏｍ",
    "张三@qq.com",
]


@pytest.mark.parametrize("found", PLANTED)
@pytest.mark.parametrize("text", ["请打{}找我", "{}", "在 3 栋，{}。", "call {} please"])
def test_what_is_planted_is_blotted_and_what_stands_around_it_stays(text: str, found: str) -> None:
    around = [part for part in text.split("{}") if part]
    said = without_personal_data(text.format(found))
    assert BLOT in said
    for part in around:
        assert part.strip(" 请打") in said or part.strip() in said
    for run in (found, *found.split()):
        assert len(run) < 4 or run not in said
    assert "".join(personal_data(text.format(found)))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("电话8201234", f"电话{BLOT}"),
        ("加微信：zhangsan_66 联系", f"加微信：{BLOT} 联系"),
        ("微信号是abcdefg", f"微信号是{BLOT}"),
        ("加QQ12345678", f"加QQ{BLOT}"),
        ("phone: 820-1234", f"phone: {BLOT}"),
    ],
)
def test_what_stands_behind_phone_or_chat_is_blotted(text: str, said: str) -> None:
    assert without_personal_data(text) == said


@pytest.mark.parametrize(
    "text",
    [
        "2026年11月22日 09:30 前，3 栋 2 单元 801 室门口",
        "2026-11-22 至 2026-12-01，每天 08:00-18:00",
        "2026-08-12 - 2026-09-13",
        "请拨打 12345 或 119，每平方米 1.35 元，共 631 件办结 577 件",
        "请携带身份证，到一楼三号窗口；一三五上午",
        "Bring 2 copies, pay 35.50 yuan, room A101, wifi12345",
        "请问我的电话 号码在哪里改，微信 群怎么进",
        "Your phone number is never shown",
    ],
)
def test_days_hours_rooms_sums_and_hotlines_stay(text: str) -> None:
    assert without_personal_data(text) == text


def test_names_that_are_known_are_blotted_wherever_they_stand() -> None:
    said = without_personal_data("陈桂芳说，陈桂芳家漏水；王", ("陈桂芳", "王", ""))
    assert said == f"{BLOT}说，{BLOT}家漏水；王"


_GAPS = st.lists(
    st.sampled_from(["", " ", "-", "－", "\u200b", "·", ". ", "—"]), min_size=10, max_size=10
)
_FORMS = (str, lambda d: chr(ord(d) + 0xFEE0), lambda d: "〇一二三四五六七八九"[int(d)])


@given(
    tail=st.text(string.digits, min_size=9, max_size=9),
    gaps=_GAPS,
    forms=st.lists(st.sampled_from(_FORMS), min_size=11, max_size=11),
)
def test_no_mobile_number_survives_any_dress(
    tail: str, gaps: list[str], forms: list[object]
) -> None:
    digits = "13" + tail
    dressed = [form(digit) for form, digit in zip(forms, digits, strict=True)]  # type: ignore[operator]
    text = "".join(a + b for a, b in zip(dressed, [*gaps, ""], strict=True))
    said = without_personal_data(f"请联系{text}谢谢")
    assert said == f"请联系{BLOT}谢谢"


@given(st.text())
def test_blotting_twice_is_blotting_once_and_never_fails(text: str) -> None:
    once = without_personal_data(text)
    assert without_personal_data(once) == once
    assert (once == text) == (personal_data(text) == [])
