"""Beyond a quota nothing is lost: files, people and SMS stop, demands never do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

import pytest
import sqlalchemy as sa
from flask import Flask
from PIL import Image

from saas.accounts import commands as accounts
from saas.demands.case.models import Demand
from saas.kernel.context import SYSTEM, Quotas, entering
from saas.kernel.db import session
from saas.kernel.errors import Conflict
from saas.kernel.unit_of_work import unit_of_work
from saas.notices import queries as notices
from saas.tenancy import metering, rules
from tests.demands.test_pages import PLACE, _values
from tests.notices.conftest import carry, gateway, hall
from tests.notices.servers import Hall
from tests.notices.test_chain import ask, calls, phone, ways
from tests.support import District

__all__ = ["hall"]


def _bound(app: Flask, district: District, **quotas: int | None) -> None:
    given = {"megabytes": None, "people": None, "sms": None, **quotas}
    with app.test_request_context(), entering(app.extensions["saas"].hub), unit_of_work():
        metering.set_quotas(district.tenant.code, **given, actor=SYSTEM)
    district.tenant = replace(
        district.tenant,
        quotas=Quotas(
            None if given["megabytes"] is None else given["megabytes"] * metering.MEGABYTE,
            given["people"],
            given["sms"],
        ),
    )


@pytest.fixture
def full(app: Flask, alpha: District) -> Iterator[District]:
    """A district whose quotas a test sets; as it was afterwards."""
    before = alpha.tenant
    yield alpha
    alpha.tenant = before


def _photo() -> tuple[BytesIO, str]:
    data = BytesIO()
    Image.effect_noise((400, 300), 90).convert("RGB").save(data, "JPEG")
    data.seek(0)
    return data, "photo.jpg"


def test_an_upload_beyond_the_quota_is_refused_and_the_text_of_the_form_stays(
    app: Flask, full: District
) -> None:
    _bound(app, full, megabytes=0)
    resident = full.client("resident")
    typed = _values(words="电梯又坏了，请来看看")
    refused = resident.post(PLACE, **typed, photo=_photo())
    assert refused.status_code == 422, refused.status_code
    assert "电梯又坏了，请来看看" in refused.text
    with full.work():
        assert session.scalar(sa.select(sa.func.count(Demand.id))) == 0
    sent = resident.post(PLACE, **typed)
    assert sent.status_code == 302
    with full.work():
        assert session.scalar(sa.select(sa.func.count(Demand.id))) == 1


def test_no_more_people_than_the_quota(app: Flask, full: District) -> None:
    _bound(app, full, people=len(full.people))
    with full.work(), pytest.raises(Conflict):
        accounts.add_person(name="新人", login="newcomer", actor=SYSTEM)
    _bound(app, full, people=len(full.people) + 1)
    with full.work():
        accounts.add_person(name="新人", login="newcomer", actor=SYSTEM)


def test_beyond_the_months_sms_somebody_calls_and_the_page_says_so(
    app: Flask, full: District, hall: Hall
) -> None:
    phone(full)
    gateway(full, hall)
    ask(full)
    assert [one.state for one in carry(app, full)] == ["sent"]
    with full.work():
        used = notices.sms_this_month()
    assert used > 0
    _bound(app, full, sms=used)
    ask(full, who="resident", once="again")
    assert ways(full) == [("sms", "sent", None)]
    assert [why for _state, why in calls(full)] == ["no_way"]
    admin = full.client("admin")
    admin.get("/language/en")
    assert "SMS are used up" in admin.get("/channels").text
    assert "SMS are used up" in admin.get("/settings/usage").text


def test_what_was_queued_before_the_month_was_used_up_goes_by_a_call_too(
    app: Flask, full: District, hall: Hall
) -> None:
    phone(full)
    gateway(full, hall)
    ask(full)
    _bound(app, full, sms=0)
    carry(app, full)
    assert ways(full) == [("sms", "given_up", "quota")]
    assert [why for _state, why in calls(full)] == ["quota"]


@pytest.mark.parametrize(
    ("used", "quota", "near"),
    [(0, None, "fine"), (79, 100, "fine"), (80, 100, "near"), (99, 100, "near"), (100, 100, "over"),
     (0, 0, "over"), (8, 10, "near")],
)  # fmt: skip
def test_from_eighty_hundredths_on_it_is_said(used: int, quota: int | None, near: str) -> None:
    assert rules.nearness(used, quota) == near
