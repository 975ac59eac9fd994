"""What differs between two editions, and how it is told."""

from __future__ import annotations

import copy
import random
from typing import Any

from hypothesis import given
from hypothesis import settings as rounds
from hypothesis import strategies as st

from saas.packages.items import items
from saas.packages.library.changes_in_words import changes_in_words
from saas.packages.library.compare import ADDED, CHANGED, MOVED, REMOVED, compare
from saas.packages.library.queries import read_package
from tests.packages.test_items import edit

BASE = read_package("1519", version="1.0.0").parts()


def changed(edit: Any) -> list[str]:
    """The sentences after an edit of the parts."""
    after = copy.deepcopy(BASE)
    edit(after)
    return [told.sentence for told in changes_in_words(BASE, after)]


def canteen(parts: dict[str, Any]) -> dict[str, Any]:
    """The elders' canteen."""
    rooms = parts["rooms"]["rooms"]
    return next(room for room in rooms if room["code"] == "elders_canteen")


def test_equal_packages_have_no_changes() -> None:
    assert changed(lambda parts: None) == []


def test_other_opening_hours_are_told_from_old_to_new() -> None:
    def later(parts: dict[str, Any]) -> None:
        canteen(parts)["hours"][2]["closes"] = "20:00"

    (said,) = changed(later)
    assert said.startswith("the opening hours of room Elders' Canteen: every day 07:00–08:30; ")
    assert said.endswith("every day 17:00–18:30 → every day 07:00–08:30; every day 11:00–13:00; "
                         "every day 17:00–20:00")  # fmt: skip


def test_a_renamed_item_is_called_by_its_old_name() -> None:
    def rename(parts: dict[str, Any]) -> None:
        canteen(parts)["name"] = {"zh": "幸福食坊", "en": "Happy Canteen"}

    assert changed(rename) == ["the name of room Elders' Canteen: Elders' Canteen → Happy Canteen"]


def test_new_and_gone_items_are_told() -> None:
    def swap(parts: dict[str, Any]) -> None:
        rows = parts["territory"]["departments"]
        rows[0] = {"code": "housing", "name": {"zh": "住建局", "en": "Housing"}}

    assert changed(swap) == ["department Housing is new", "department Civil affairs is gone"]


def test_one_item_that_moved_is_one_change() -> None:
    def up(parts: dict[str, Any]) -> None:
        rows = parts["rooms"]["rooms"]
        rows.insert(0, rows.pop(5))

    def down(parts: dict[str, Any]) -> None:
        rows = parts["rooms"]["platforms"]
        rows.append(rows.pop(0))

    assert changed(up) == ["room Neighbours' Room now stands first"]
    assert changed(down) == [
        "platform Incubation of social organisations now stands after Governance online"
    ]


def test_a_deadline_is_told_by_level_and_category() -> None:
    def quick(parts: dict[str, Any]) -> None:
        row = next(r for r in parts["demands"]["deadlines"] if r.get("category") == "lifts")
        row["resolve_hours"] = 4

    assert changed(quick) == ["the hours to resolve of deadline Courtyard level, Lifts: 8 → 4"]


@given(st.randoms(use_true_random=False))
@rounds(max_examples=40)
def test_every_edit_is_found_and_the_way_back_is_the_reverse(chance: random.Random) -> None:
    before = items(BASE)
    after = dict(before)
    for _ in range(chance.randint(1, 6)):
        edit(chance, after)
    forth, back = compare(before, after), compare(after, before)
    swapped = {ADDED: REMOVED, REMOVED: ADDED, CHANGED: CHANGED}
    assert {(each.address, swapped[each.kind]) for each in forth if each.kind != MOVED} == {
        (each.address, each.kind) for each in back if each.kind != MOVED
    }
    assert {each.address for each in forth if each.kind != MOVED} == {
        address
        for address in {*before, *after}
        if getattr(before.get(address), "fields", None)
        != getattr(after.get(address), "fields", None)
    }
