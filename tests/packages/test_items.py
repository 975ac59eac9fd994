"""A package taken apart into items and put together again is the same package."""

from __future__ import annotations

import copy
import random
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as rounds
from hypothesis import strategies as st

from saas.packages import words
from saas.packages.items import Item, from_items, items, listed_at
from saas.packages.library.queries import list_packages, read_package
from saas.packages.parts import package_files, plugs
from saas.packages.schemas.fields import Inner, Rows

KEYS = [each.key for each in list_packages()]


@pytest.mark.parametrize("key", KEYS)
def test_a_shipped_package_comes_back_as_it_was(key: str) -> None:
    parts = read_package(key).parts()
    assert from_items(items(parts)) == parts


@given(st.randoms(use_true_random=False), st.sampled_from(KEYS))
@rounds(max_examples=60, deadline=None)
def test_an_edited_package_comes_back_as_it_was(chance: random.Random, key: str) -> None:
    found = items(read_package(key).parts())
    for _ in range(chance.randint(1, 8)):
        edit(chance, found)
    parts = from_items(found)
    assert from_items(items(parts)) == parts
    assert {address: item.fields for address, item in items(parts).items()} == {
        address: item.fields for address, item in found.items()
    }


def edit(chance: random.Random, found: dict[Any, Item]) -> None:
    """Remove, rename, add or move one item of a list, as somebody could."""
    address = chance.choice([each for each in found if listed_at(each)])
    if address[:2] == ("territory", "ladders"):
        found[address] = replace(found[address], fields={"name": {"zh": "梯", "en": "Ladder"}})
        return
    item = found[address]
    act = chance.choice(["remove", "change", "add", "move"])
    if act == "remove":
        del found[address]
    elif act == "change":
        found[address] = replace(item, fields={**item.fields, "name": {"zh": "新", "en": "New"}})
    elif act == "add":
        found[(*address[:-1], f"new_{chance.randint(0, 99)}")] = replace(item, order=item.order + 1)
    else:
        found[address] = replace(item, order=chance.randint(0, 20))


@given(st.randoms(use_true_random=False))
@rounds(max_examples=20, deadline=None)
def test_the_order_in_which_items_come_does_not_matter(chance: random.Random) -> None:
    found = list(items(read_package("1519").parts()).items())
    shuffled = copy.copy(found)
    chance.shuffle(shuffled)
    assert from_items(dict(shuffled)) == from_items(dict(found))


def test_an_item_has_an_address_for_ever() -> None:
    found = items(read_package("1519").parts())
    assert found["rooms", "rooms", "elders_canteen"].fields["seal"] == "食"
    assert found["demands", "deadlines", "community", ""].fields["resolve_hours"] == 40
    assert found["demands", "deadlines", "courtyard", "lifts"].fields["accept_hours"] == 1
    assert found["territory", "levels", "escalation", "street"].order == 3
    assert found["rooms", "centre"].fields["code"] == "support_centre"
    assert "levels" not in found["territory", "ladders", "escalation"].fields


def test_a_level_without_its_ladder_is_not_lost() -> None:
    found = items(read_package("1519").parts())
    del found["territory", "ladders", "donation"]
    ladders = from_items(found)["territory"]["ladders"]
    assert next(each for each in ladders if each["code"] == "donation")["levels"]


def test_two_rows_of_one_key_are_refused() -> None:
    parts = read_package("139").parts()
    parts["words"]["words"].append(parts["words"]["words"][0])
    with pytest.raises(ValueError, match="two rows"):
        items(parts)


#: Files that are one item as a whole.
WHOLE = {each.file for each in plugs().lists if each.form == "file"}
#: Lists that are fields of the row in which they stand: answers to choose from, a report's parts, a
#: basis' proofs.
WITHIN_A_ROW = {"choices", "sections", "proofs"}


def lists_of(schema: Any) -> set[tuple[str, bool]]:
    """Name of every list of mappings with a key of their own, and whether it may be missing."""
    found: set[tuple[str, bool]] = set()
    for name, field in schema().fields.items():
        if name in WITHIN_A_ROW:
            continue
        if isinstance(field, Rows) and isinstance(field.inner, Inner):
            inner = field.inner.schema
            if {"code", "term", "level", "category", "room"} & set(inner.fields):
                found |= {(name, not field.required)} | lists_of(type(inner))
    return found


@pytest.mark.parametrize("file", [each for each in package_files() if each not in WHOLE])
def test_every_list_of_the_files_is_known(file: str) -> None:
    known = {
        (each.name, each.optional)
        for each in plugs().lists
        if each.file == file and each.form == "list"
    }
    assert lists_of(package_files()[file]) == known


@pytest.mark.parametrize("key", KEYS)
def test_everything_in_a_package_has_a_word(key: str) -> None:
    found = items(read_package(key).parts())
    for address, item in found.items():
        assert set(item.fields) <= set(words.field_words(address[0])), address
        assert words.heading(address)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        (("rooms", "rooms", "elders_canteen"), "room Elders' Canteen"),
        (("demands", "deadlines", "courtyard", "lifts"), "deadline Courtyard level, Lifts"),
        (("demands", "guides", "senior_card"), "guide Senior card"),
        (("territory", "levels", "donation", "street"), "level Street donation point"),
        (("demands", "terms"), "the terms"),
        (("rooms", "centre"), "support centre Support Centre for Community Governance"),
        (("rooms", "rooms", "no_such_room"), "room no_such_room"),
    ],
)
def test_an_item_is_called_by_its_name(address: tuple[str, ...], said: str) -> None:
    assert words.called(address, read_package("1519").parts()) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ([{"zh": "甲", "en": "A"}, {"zh": "乙", "en": "B"}], "A; B"),
        (None, "nothing"),
        ([], "nothing"),
        (True, "yes"),
        (0, "0"),
        ({"key": "1519", "version": "1.0.0"}, "1519 1.0.0"),
    ],
)
def test_a_value_is_said_in_words(value: object, said: str) -> None:
    assert words.shown(value) == said


@pytest.mark.parametrize(
    ("address", "field", "value", "said"),
    [
        (("rooms", "rooms", "arts"), "hours",
         [{"days": [1, 2, 3, 5], "opens": "09:00", "closes": "17:30"}],
         "Monday to Wednesday, Friday 09:00–17:30"),
        (("workdays", "week"), "week",
         [{"days": [7, 1, 2, 3, 4, 5, 6], "opens": "09:00", "closes": "17:30"}],
         "every day 09:00–17:30"),
        (("accounts", "roles", "auditor"), "permissions", ["rooms:room:view"],
         "Function rooms: see"),
        (("demands", "reasons", "parts"), "use", "suspend", "to suspend"),
        (("demands", "questions", "floor"), "kind", "number", "a number"),
        (("demands", "terms"), "warn_percent", None, "nothing"),
    ],
)  # fmt: skip
def test_what_only_its_domain_can_say_is_said_by_it(
    address: tuple[str, ...], field: str, value: object, said: str
) -> None:
    assert words.shown_in(address, field, value, {}) == said


def test_a_code_is_said_by_its_name() -> None:
    parts = read_package("1519").parts()
    address = ("rooms", "rooms", "elders_canteen")
    assert words.shown_in(address, "platform", "charity", parts) == "Community charity"
    template = ("demands", "templates", "visit")
    assert words.shown_in(template, "verb", "ask", parts) == "asking for more"
    role = ("accounts", "roles", "auditor")
    assert words.shown_in(role, "at", ["district", "street"], parts) == "District, Street"
