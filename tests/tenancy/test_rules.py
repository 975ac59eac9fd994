"""The life of a tenant: every cell of the table."""

from __future__ import annotations

from itertools import product

import pytest

from saas.tenancy import rules, words

LEGAL = {
    "requested": {"provisioning"},
    "provisioning": {"failed", "preparing", "active"},
    "failed": {"provisioning", "deleted"},
    "preparing": {"active", "suspended", "maintenance", "closing"},
    "active": {"provisioning", "suspended", "maintenance", "closing"},
    "suspended": {"preparing", "active", "maintenance", "closing"},
    "maintenance": {"preparing", "active", "suspended"},
    "closing": {"suspended", "archived"},
    "archived": {"preparing", "active", "suspended", "deleted"},
    "deleted": {"suspended"},
}
#: What districts of sample data may do besides.
OF_SAMPLES = {
    ("suspended", "provisioning"),
    *((before, "deleted") for before in ("requested", "active", "suspended", "maintenance")),
}


@pytest.mark.parametrize(("before", "after"), list(product(rules.STATES, repeat=2)))
def test_a_step_is_legal_exactly_where_the_table_says(before: str, after: str) -> None:
    found = rules.legal(before, after)
    assert (found is not None) == (after in LEGAL[before] or (before, after) in OF_SAMPLES)
    if (before, after) in OF_SAMPLES:
        assert found is not None
        assert found.samples


def test_every_state_has_an_answer_at_the_door_a_word_and_a_mark() -> None:
    assert set(rules.ROUTING) == set(words.STATE) == set(words.MARK) == set(rules.STATES)
    assert {move.verb for move in rules.MOVES.values()} <= set(words.VERB)


def test_only_a_district_in_service_is_served_and_one_that_is_prepared_to_its_staff() -> None:
    served = [s for s in rules.STATES if rules.ROUTING[s].status == 200]
    assert {s: rules.ROUTING[s].staff_only for s in served} == {"preparing": True, "active": False}


def test_a_district_is_prepared_first_unless_it_is_a_demo_or_asked_to_be_live() -> None:
    assert rules.first_state("standard", live=False) == "preparing"
    assert rules.first_state("trial", live=False) == "preparing"
    assert rules.first_state("demo", live=False) == "active"
    assert rules.first_state("standard", live=True) == "active"


def test_nothing_is_opened_by_the_way_that_has_never_gone_live() -> None:
    assert rules.home_state(was_live=False) == "preparing"
    assert rules.home_state(was_live=True) == "active"


def test_an_operator_is_offered_no_step_that_the_system_takes_itself() -> None:
    assert rules.moves_from("requested") == {}
    assert set(rules.moves_from("active")) == {"suspended", "maintenance", "closing"}


@pytest.mark.parametrize("code", ["daan", "da-an", "a1", "x" * 32])
def test_usable_codes(code: str) -> None:
    assert rules.usable_code(code)


@pytest.mark.parametrize(
    "code", ["", "a", "x" * 33, "Daan", "大安", "da_an", "-da", "da-", "1a", "hub", "public", "a/b",
     "xn--fiq"],
)  # fmt: skip
def test_codes_that_cannot_be_a_handle(code: str) -> None:
    assert not rules.usable_code(code)
