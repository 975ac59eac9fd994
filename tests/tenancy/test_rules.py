"""The life of a tenant: every cell of the table."""

from __future__ import annotations

from itertools import product

import pytest

from saas.tenancy import rules, words

LEGAL = {
    "requested": {"provisioning"},
    "provisioning": {"failed", "active"},
    "failed": {"provisioning", "deleted"},
    "active": {"suspended", "maintenance", "closing"},
    "suspended": {"active", "maintenance", "closing"},
    "maintenance": {"active", "suspended"},
    "closing": {"suspended", "archived"},
    "archived": {"active", "deleted"},
    "deleted": set(),
}


@pytest.mark.parametrize(("before", "after"), list(product(rules.STATES, repeat=2)))
def test_a_step_is_legal_exactly_where_the_table_says(before: str, after: str) -> None:
    assert (rules.legal(before, after) is not None) == (after in LEGAL[before])


def test_every_state_has_an_answer_at_the_door_a_word_and_a_mark() -> None:
    assert set(rules.ROUTING) == set(words.STATE) == set(words.MARK) == set(rules.STATES)
    assert {move.verb for move in rules.MOVES.values()} <= set(words.VERB)


def test_only_a_district_in_service_is_served() -> None:
    assert [s for s in rules.STATES if rules.ROUTING[s].status == 200] == ["active"]


def test_an_operator_is_offered_no_step_that_the_system_takes_itself() -> None:
    assert rules.moves_from("requested") == {}
    assert set(rules.moves_from("active")) == {"suspended", "maintenance", "closing"}


@pytest.mark.parametrize("code", ["daan", "da-an", "a1", "x" * 32])
def test_usable_codes(code: str) -> None:
    assert rules.usable_code(code)


@pytest.mark.parametrize(
    "code", ["", "a", "x" * 33, "Daan", "大安", "da_an", "-da", "da-", "1a", "hub", "public", "a/b"]
)
def test_codes_that_cannot_be_a_handle(code: str) -> None:
    assert not rules.usable_code(code)
