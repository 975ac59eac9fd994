"""Order and codes of what a district lists."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from saas.kernel.ordering import code_from, free_code, moved, numbered, spread


@given(
    codes=st.lists(st.text("abc", min_size=1), unique=True, min_size=1, max_size=6),
    data=st.data(),
)
def test_moving_changes_places_with_one_neighbour_and_loses_nobody(
    codes: list[str], data: st.DataObject
) -> None:
    code = data.draw(st.sampled_from(codes))
    found = moved(codes, code, data.draw(st.sampled_from(["up", "down"])))
    assert sorted(found) == sorted(codes)
    assert sum(a != b for a, b in zip(codes, found, strict=True)) in {0, 2}


@given(name=st.text(max_size=80), taken=st.sets(st.sampled_from(["thing", "thing_2", "a", "b_c"])))
def test_a_code_made_of_a_name_can_stand_in_an_address_and_is_free(
    name: str, taken: set[str]
) -> None:
    code = free_code({"zh": "名", "en": name}, "thing", taken)
    assert re.fullmatch(r"[a-z][a-z0-9_]{0,39}", code)
    assert code not in taken


def test_the_ends_of_a_list_stay() -> None:
    assert moved(["a", "b", "c"], "b", "up") == ["b", "a", "c"]
    assert moved(["a", "b", "c"], "b", "down") == ["a", "c", "b"]
    assert moved(["a", "b", "c"], "a", "up") == ["a", "b", "c"]
    assert moved(["a", "b", "c"], "c", "down") == ["a", "b", "c"]


def test_equal_places_are_told_apart_before_two_are_exchanged() -> None:
    assert spread([3, 1, 1]) == [1, 2, 3]


def test_codes_are_made_of_english_names_or_of_the_kind_of_thing() -> None:
    assert code_from({"en": "Elders' Canteen No. 2"}, "room") == "elders_canteen_no_2"
    assert code_from({"zh": "食坊"}, "room") == "room"
    assert code_from({"en": "24 hours"}, "room") == "room"
    assert len(code_from({"en": "long " * 50}, "room")) <= 32
    assert numbered("room", {"room", "room_2"}) == "room_3"
