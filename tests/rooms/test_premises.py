"""Premises that organisations use."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from saas.kernel import clock
from saas.kernel.context import SYSTEM
from saas.kernel.errors import Conflict, Invalid
from saas.organisations import queries as organisations
from saas.rooms import commands, queries
from tests.organisations.making import act, growing
from tests.support import District


def _hall(district: District) -> None:
    commands.add_venue(
        district.unit("street"), code="hall", name={"zh": "生活馆"}, facts={}, area_m2=2400,
        actor=SYSTEM,
    )  # fmt: skip


def _given(district: District, code: str, **other: Any) -> Any:
    values = {
        "organisation": code, "venue": "hall", "area_m2": 1160, "rent_yuan": Decimal("12.50"),
        "until": clock.today() + timedelta(days=365), "conditions": "免费服务",
    }  # fmt: skip
    return commands.grant_premises(
        district.unit("street"), **{**values, **other}, actor=district.actor("street")
    )


def test_what_is_granted_is_worth_its_reference_rent_less_what_is_paid(alpha: District) -> None:
    with alpha.work():
        _hall(alpha)
        _given(alpha, growing(alpha).code, paid_yuan=Decimal(100))
        (used,) = queries.premises_in(alpha.unit("street"))
        assert (used.used, used.worth_a_year) == (1160, 12 * (1160 * Decimal("12.50") - 100))


def test_a_venue_is_not_given_away_twice_over(alpha: District) -> None:
    with alpha.work():
        _hall(alpha)
        code = growing(alpha).code
        _given(alpha, code)
        with pytest.raises(Invalid) as wrong:
            _given(alpha, code, area_m2=1300)
        assert set(wrong.value.errors) == {"area_m2"}
        for field, value in (
            ("organisation", "nobody"),
            ("venue", "moon"),
            ("until", clock.today()),
        ):
            with pytest.raises(Invalid) as wrong:
                _given(alpha, code, **{field: value})
            assert set(wrong.value.errors) == {field}


def test_nobody_leaves_before_the_keys_are_back(alpha: District) -> None:
    with alpha.work():
        _hall(alpha)
        group = growing(alpha)
        row = _given(alpha, group.code)
        act(alpha, group, "leave", "resident", exit="own_wish", reason="搬走")
        assert [giver.code for giver, _ in organisations.running(group)] == ["premises"]
        with pytest.raises(Conflict):
            act(alpha, group, "close", "street")
        street = alpha.unit("street")
        commands.review_premises(
            street, row, words="钥匙齐", kept=True, actor=alpha.actor("street")
        )
        commands.end_premises(street, row, actor=alpha.actor("street"))
        act(alpha, group, "close", "street")
        act(alpha, group, "close", "officer")
        assert group.state == "left"


def test_a_street_sees_its_square_metres_and_an_organisation_its_own(alpha: District) -> None:
    with alpha.work():
        _hall(alpha)
        code = growing(alpha).code
    street, resident = alpha.client("street"), alpha.client("resident")
    path = "/console/rooms/street_one/premises"
    form = {
        "organisation": code, "venue": "hall", "area_m2": "100", "rent_yuan": "12",
        "until": "2030-01-01", "conditions": "免费",
    }  # fmt: skip
    assert street.post(f"{path}/new", **form).status_code == 302
    assert street.post(f"{path}/new", **{**form, "rent_yuan": "viel"}).status_code == 422
    page = street.get(path).text
    assert "已用 100 平方米" in page
    assert "14400" in page
    assert "生活馆" in resident.get(f"/premises/{code}").text
    assert f"/premises/{code}" in resident.get(f"/my/organisation/{code}").text
    assert alpha.client("neighbour").get(f"/premises/{code}").status_code == 404
