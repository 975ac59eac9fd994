"""Claims: entered with their source, checked against their measure, retired and kept."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from saas.figures.models import Claim
from saas.kernel.audit import AuditEntry
from saas.kernel.db import session
from tests.support import District

GIVEN = {
    "measure": "demands_received", "unit": "street_one", "stated": "631",
    "source_zh": "试点报告", "source_en": "Report", "stated_on": "2020-12-31",
    "first_month": "2020-01", "last_month": "2020-12",
}  # fmt: skip


def _send(district: District, who: str = "admin", **changed: str) -> Any:
    return district.client(who).post("/figures/claims/new", **{**GIVEN, **changed})


def _claims(district: District) -> list[Claim]:
    with district.work():
        found = session.scalars(sa.select(Claim).order_by(Claim.id)).all()
        session.expunge_all()
        return list(found)


def test_an_administrator_enters_and_retires_a_claim_and_both_are_on_record(
    alpha: District,
) -> None:
    assert _send(alpha).status_code == 302
    [claim] = _claims(alpha)
    assert (claim.measure, claim.stated, str(claim.first_month)) == (
        "demands_received", 631, "2020-01-01",
    )  # fmt: skip
    admin = alpha.client("admin")
    assert "631" in admin.get("/figures/claims").text
    assert admin.post(f"/figures/claims/{claim.id}/retire").status_code == 302
    again = admin.post(f"/figures/claims/{claim.id}/retire")
    assert again.status_code == 302
    [kept] = _claims(alpha)
    assert kept.retired_at is not None
    assert "data-stated" not in admin.get("/figures").text
    with alpha.work():
        deeds = session.scalars(sa.select(AuditEntry.action).where(AuditEntry.thing == "claim"))
        assert sorted(deeds) == ["figures.add_claim", "figures.retire_claim"]
    page = admin.get("/audit?thing=claim").text
    assert "录入公布数" in page
    assert "停用公布数" in page


def test_only_who_keeps_the_settings_may(alpha: District) -> None:
    assert _send(alpha).status_code == 302
    [claim] = _claims(alpha)
    for who in ("officer", "auditor", "street", "resident"):
        visitor = alpha.client(who)
        assert visitor.get("/figures/claims").status_code == 403
        assert visitor.get("/figures/claims/new").status_code == 403
        assert visitor.post(f"/figures/claims/{claim.id}/retire").status_code == 403
        assert "/figures/claims" not in visitor.get("/figures").text
    assert alpha.client().get("/figures/claims").status_code in {302, 401}
    assert [each.retired_at for each in _claims(alpha)] == [None]


@pytest.mark.parametrize(
    ("changed", "where"),
    [
        ({"measure": "nothing"}, "measure"),
        ({"unit": "nowhere"}, "unit"),
        ({"stated": "-1"}, "stated"),
        ({"stated": "NaN"}, "stated"),
        ({"stated": "many"}, "stated"),
        ({"stated": "12.5"}, "stated"),
        ({"stated": "1" * 14}, "stated"),
        ({"first_month": ""}, "first_month"),
        ({"first_month": "2020-13"}, "first_month"),
        ({"first_month": "2021-01"}, "last_month"),
        ({"source_zh": ""}, "source_zh"),
        ({"stated_on": "31.12.2020"}, "stated_on"),
        ({"measure": "compounds"}, "first_month"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field(
    alpha: District, changed: dict[str, str], where: str
) -> None:
    answer = _send(alpha, **changed)
    assert answer.status_code == 422
    assert f'id="e-{where}"' in answer.text
    assert _claims(alpha) == []


def test_a_measure_has_one_claim_at_a_time(alpha: District) -> None:
    assert _send(alpha).status_code == 302
    answer = _send(alpha, stated="632")
    assert answer.status_code == 422
    assert "请先停用" in answer.text
    [claim] = _claims(alpha)
    alpha.client("admin").post(f"/figures/claims/{claim.id}/retire")
    assert _send(alpha, stated="632").status_code == 302
    assert [int(each.stated) for each in _claims(alpha)] == [631, 632]
