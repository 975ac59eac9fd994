"""A three-way merge loses no edit without a decision, whatever was edited."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as rounds
from hypothesis import strategies as st

from saas.packages.checks import check_package
from saas.packages.items import Item, from_items, items
from saas.packages.library.queries import read_package
from saas.packages.model.rules.merge import (
    OURS,
    SIDES,
    THEIRS,
    Undecided,
    draft,
    merge,
    resolve,
    tally,
    values_of,
)
from saas.packages.model.rules.merging import is_set, mixed
from saas.packages.parts import settled
from tests.packages.edits import Parts, edited
from tests.thorough import examples

BASES = [read_package(key, version="1.0.0").parts() for key in ("1519", "139")]
chances = st.randoms(use_true_random=False)
bases = st.sampled_from(BASES)


def without_head(parts: Parts) -> Parts:
    return {file: part for file, part in parts.items() if file != "package"}


@pytest.mark.parametrize("base", BASES)
def test_a_merge_of_equals_says_nothing(base: Parts) -> None:
    plan = merge(base, base, base)
    assert plan.entries == ()
    assert resolve(plan, {}) == base


@given(chances, bases)
@rounds(max_examples=examples(20, thorough=100))
def test_where_the_package_did_not_change_we_stay_as_we_are(
    chance: random.Random, base: Parts
) -> None:
    ours = edited(chance, base, times=8)
    plan = merge(base, ours, base)
    assert plan.conflicts == ()
    assert resolve(plan, {}) == ours


@given(chances, bases)
@rounds(max_examples=examples(20, thorough=100))
def test_where_we_changed_nothing_we_become_the_new_package(
    chance: random.Random, base: Parts
) -> None:
    theirs = edited(chance, base, times=8)
    plan = merge(base, base, theirs)
    assert plan.conflicts == ()
    assert resolve(plan, {}) == theirs


@given(chances, bases)
@rounds(max_examples=examples(20, thorough=100))
def test_the_same_change_on_both_sides_is_no_conflict(chance: random.Random, base: Parts) -> None:
    changed = edited(chance, base, times=8)
    plan = merge(base, changed, changed)
    assert plan.conflicts == ()
    assert resolve(plan, {}) == changed


@given(chances, bases, st.sampled_from(SIDES))
@rounds(max_examples=examples(30, thorough=150))
def test_no_edit_of_ours_is_lost_without_a_decision(
    chance: random.Random, base: Parts, side: str
) -> None:
    ours, theirs = (edited(chance, base, times=8, mark=mark) for mark in "xy")
    plan = merge(base, ours, theirs)
    decisions = dict.fromkeys(plan.conflicts, side)
    result = items(resolve(plan, decisions))
    b, o, t = (items(parts) for parts in (base, ours, theirs))
    for address, item in o.items():
        if address == ("package", "head"):
            continue
        mine = changed_fields(b.get(address), item)
        asked = {
            name.partition("#")[2]
            for name in plan.conflicts
            if name.startswith("/".join(address) + "#")
        }
        if address not in result:
            assert not mine or "" in asked, address
            continue
        for name in mine - asked:
            if "" in asked:
                continue
            if is_set(address, name):
                before = set(b[address].fields[name]) if address in b else set()
                now = set(result[address].fields[name])
                assert set(item.fields[name]) - before <= now
                assert not (before - set(item.fields[name])) & now
            else:
                assert result[address].fields.get(name) == item.fields.get(name), (address, name)
        for name in asked - {"", "order"} if side == THEIRS else set():
            assert result[address].fields.get(name) == t[address].fields.get(name)
    lost = {each for each in b if each not in o and each in result}
    assert all(f"{'/'.join(each)}#" in plan.conflicts for each in lost)


def changed_fields(before: Item | None, after: Item) -> set[str]:
    old = before.fields if before else {}
    return {n for n in {*old, *after.fields} if old.get(n) != after.fields.get(n)}


@given(chances, bases)
@rounds(max_examples=examples(15, thorough=80))
def test_an_upgrade_that_was_made_leaves_nothing_to_upgrade(
    chance: random.Random, base: Parts
) -> None:
    ours, theirs = (edited(chance, base, times=6, mark=mark) for mark in "xy")
    plan = merge(base, ours, theirs)
    decisions = {name: chance.choice(SIDES) for name in plan.conflicts}
    once = resolve(plan, decisions)
    again = merge(theirs, once, theirs)
    assert again.conflicts == ()
    assert resolve(again, {}) == once


@given(chances)
@rounds(max_examples=examples(10, thorough=50))
def test_the_order_of_items_in_the_input_does_not_matter(chance: random.Random) -> None:
    base = BASES[0]
    ours, theirs = (edited(chance, base, times=6, mark=mark) for mark in "xy")

    def shuffled(parts: Parts) -> Parts:
        found = list(items(parts).items())
        chance.shuffle(found)
        return from_items(dict(found))

    one = merge(base, ours, theirs)
    other = merge(shuffled(base), shuffled(ours), shuffled(theirs))
    assert one == other
    decisions = {name: chance.choice(SIDES) for name in one.conflicts}
    assert resolve(one, decisions) == resolve(other, decisions)


# Single cases, in the words of the page.


def with_room(parts: Parts, **fields: Any) -> Parts:
    rooms = [
        {**row, **(fields if row["code"] == "elders_canteen" else {})}
        for row in parts["rooms"]["rooms"]
    ]
    return {**parts, "rooms": {**parts["rooms"], "rooms": rooms}}


LATE = [{"days": [1, 2, 3], "opens": "09:00", "closes": "20:00"}]
NAME = {"zh": "长者食堂", "en": "Canteen"}
ROOM = "rooms/rooms/elders_canteen"


def test_new_hours_and_our_name_are_both_kept() -> None:
    base = BASES[0]
    plan = merge(base, with_room(base, name=NAME), with_room(base, hours=LATE))
    assert [(e.path, e.verdict) for e in plan.entries] == [(ROOM, "together")]
    room = items(resolve(plan, {}))["rooms", "rooms", "elders_canteen"].fields
    assert (room["name"], room["hours"]) == (NAME, LATE)


@pytest.mark.parametrize("side", SIDES)
def test_two_names_for_one_room_wait_for_a_decision(side: str) -> None:
    base, theirs = BASES[0], {"zh": "食堂", "en": "Meals"}
    plan = merge(base, with_room(base, name=NAME), with_room(base, name=theirs))
    assert plan.conflicts == (f"{ROOM}#name",)
    with pytest.raises(Undecided) as error:
        resolve(plan, {f"{ROOM}#name": "neither"})
    assert error.value.open == [f"{ROOM}#name"]
    chosen = items(resolve(plan, {f"{ROOM}#name": side}))["rooms", "rooms", "elders_canteen"]
    assert chosen.fields["name"] == {OURS: NAME, THEIRS: theirs}[side]


def without(parts: Parts, file: str, name: str, *codes: str) -> Parts:
    rows = [row for row in parts[file][name] if row.get("code", row.get("category")) not in codes]
    return {**parts, file: {**parts[file], name: rows}}


def test_what_something_stands_on_stays_and_says_how_much() -> None:
    base = BASES[0]
    theirs = without(base, "accounts", "roles", "auditor")
    address = ("accounts", "roles", "auditor")
    plan = merge(base, base, theirs, {address: 3})
    assert [(e.verdict, e.held) for e in plan.entries] == [("held", 3)]
    assert resolve(plan, {}) == {**theirs, "accounts": base["accounts"]}
    assert [e.verdict for e in merge(base, base, theirs).entries] == ["removed"]


def test_what_we_removed_and_the_package_changed_is_asked() -> None:
    base = BASES[0]
    plan = merge(
        base, without(base, "rooms", "rooms", "elders_canteen"), with_room(base, name=NAME)
    )
    assert plan.conflicts == (f"{ROOM}#",)
    assert ("rooms", "rooms", "elders_canteen") not in items(resolve(plan, {f"{ROOM}#": OURS}))
    assert ("rooms", "rooms", "elders_canteen") in items(resolve(plan, {f"{ROOM}#": THEIRS}))


def test_what_we_removed_and_the_package_left_alone_stays_removed() -> None:
    base = BASES[0]
    ours = without(base, "rooms", "rooms", "elders_canteen")
    assert [e.verdict for e in merge(base, ours, base).entries] == ["dropped"]


def test_a_category_that_the_package_removed_stays_while_ours_stand_in_it() -> None:
    base = BASES[0]
    own = {**base["demands"]["categories"][1], "code": "own", "parent": "pets", "name": NAME}
    ours = settled(
        {
            **base,
            "demands": {**base["demands"], "categories": [*base["demands"]["categories"], own]},
        }
    )
    theirs = without(base, "demands", "categories", "pets")
    plan = merge(base, ours, theirs)
    verdicts = {e.path: (e.verdict, e.held) for e in plan.entries}
    assert verdicts["demands/categories/pets"] == ("held", 1)
    assert verdicts["demands/categories/own"] == ("own", 0)
    assert resolve(plan, {}) == ours


def test_a_category_that_the_package_removed_stays_while_ours_asks_a_question_there() -> None:
    base = BASES[0]
    own = {"code": "chip", "category": "pets", "label": NAME, "kind": "yes_no"}
    ours = settled({**base, "demands": {**base["demands"], "questions": [own]}})
    plan = merge(base, ours, without(base, "demands", "categories", "pets"))
    verdicts = {e.path: (e.verdict, e.held) for e in plan.entries}
    assert verdicts["demands/categories/pets"] == ("held", 1)
    assert check_package(resolve(plan, {})) == []


def test_a_guide_for_a_category_that_we_removed_is_left_out() -> None:
    base = without(BASES[0], "demands", "guides", "senior_card")
    ours = without(base, "demands", "categories", "senior_card")
    plan = merge(base, ours, BASES[0])
    verdicts = {e.path: e.verdict for e in plan.entries}
    assert verdicts["demands/guides/senior_card"] == "left_out"
    assert without_head(resolve(plan, {})) == without_head(ours)


def test_permissions_are_merged_one_by_one() -> None:
    assert mixed(["a", "b", "c"], ["a", "c", "d"], ["x", "a", "b"]) == ["x", "a", "d"]


def test_a_decision_stands_as_long_as_what_it_was_made_about() -> None:
    base, theirs = BASES[0], with_room(BASES[0], name={"zh": "食堂", "en": "Meals"})
    plan = merge(base, with_room(base, name=NAME), theirs)
    name = plan.conflicts[0]
    drafted = {name: {"side": OURS, "values": values_of(plan, name)}}
    assert tally(plan, drafted).standing == {name: OURS}
    moved = merge(base, with_room(base, name={"zh": "另名", "en": "Other"}), theirs)
    assert tally(moved, drafted).standing == {}
    assert tally(moved, drafted).moved == (name,)
    assert (
        items(draft(moved, {}))["rooms", "rooms", "elders_canteen"].fields["name"]["zh"] == "另名"
    )
