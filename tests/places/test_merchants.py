"""Merchants: shown while they agree, in the order of the street, looked at once a year."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from PIL import Image

from saas.kernel import clock
from saas.kernel.errors import Conflict, Forbidden, Invalid
from saas.places import commands, queries
from saas.places.forms import KINDS
from tests.places.making import merchant, published
from tests.support import District

CONSOLE = "/console/merchants"


def _sent(**other: str) -> dict[str, Any]:
    """What the form of a new merchant sends."""
    return {
        "name_zh": "豆花铺", "unit": "street_one", "sells_zh": "豆花", "step_free": "unknown",
        "consent_until": "2099-12-31", "hours-0-days[]": "1", "hours-0-opens": "06:30",
        "hours-0-closes": "14:00", **other,
    }  # fmt: skip


def test_a_merchant_is_added_changed_retired_and_brought_back(alpha: District) -> None:
    officer, nobody = alpha.client("street"), alpha.client()
    path = f"{CONSOLE}/new"
    assert officer.post(path, form=path, **_sent(consent_until="")).status_code == 422
    assert officer.post(path, form=path, **_sent(unit="root_one")).status_code == 422
    assert officer.post(path, form=path, **_sent(**{"hours-0-closes": "05:00"})).status_code == 422
    assert officer.post(path, form=path, **_sent()).status_code == 302
    with alpha.work():
        (code,) = queries.merchant_codes()
    assert "豆花铺" in nobody.get("/merchants").text
    page = nobody.get(f"/merchants/{code}").text
    assert "06:30–14:00" in page
    assert "台阶情况不清楚" in page
    here = f"{CONSOLE}/{code}"
    assert officer.post(here, form=here, **_sent(name_zh="豆花馆")).status_code == 302
    assert "豆花馆" in nobody.get("/merchants").text
    officer.post(f"{here}/retire", form=here)
    assert nobody.get(f"/merchants/{code}").status_code == 404
    assert "豆花馆" in officer.get(f"{CONSOLE}?state=retired").text
    officer.post(f"{here}/restore", form=here)
    assert nobody.get(f"/merchants/{code}").status_code == 200


def test_a_consent_that_ran_out_hides_page_picture_and_hit_at_once(alpha: District) -> None:
    drawn = io.BytesIO()
    Image.new("RGB", (80, 60), "red").save(drawn, "JPEG")
    officer, nobody, path = alpha.client("street"), alpha.client(), f"{CONSOLE}/new"
    drawn.seek(0)
    assert officer.post(path, form=path, photo=(drawn, "店.jpg"), **_sent()).status_code == 302
    with alpha.work():
        (code,) = queries.merchant_codes()
    addresses = (f"/merchants/{code}", f"/merchants/{code}/pictures/1", f"/api/v1/merchants/{code}")
    for address in addresses:
        assert nobody.get(address).status_code == 200, address
    with alpha.work():
        row = queries.access_merchant(code, actor=alpha.actor("street"))
        row.consent_until = clock.today()
    assert nobody.get(addresses[0]).status_code == 200, "the last day counts"
    with alpha.work():
        row = queries.access_merchant(code, actor=alpha.actor("street"))
        row.consent_until = clock.today() - timedelta(days=1)
    for address in addresses:
        assert nobody.get(address).status_code == 404, address
    assert "豆花铺" not in nobody.get("/merchants").text
    assert "豆花铺" not in nobody.get("/search?q=豆花").text
    assert officer.get(addresses[1]).status_code == 200, "the office sees what it looks after"
    assert "同意已到期的商户" in officer.get("/work").text
    assert "豆花铺" in officer.get(f"{CONSOLE}?state=over").text


def test_they_stand_in_the_order_of_the_street_and_are_narrowed_by_kind(alpha: District) -> None:
    with alpha.work():
        tea = KINDS.add(name={"zh": "茶馆", "en": "tea"}, actor=alpha.actor("admin")).code
        merchant(alpha, "第二家", position=2)
        merchant(alpha, "第三家", kind=tea)
        merchant(alpha, "第一家", position=1)
    page = alpha.client().get("/merchants").text
    assert page.index("第一家") < page.index("第二家") < page.index("第三家")
    narrowed = alpha.client().get(f"/merchants?kind={tea}").text
    assert "第三家" in narrowed
    assert "第一家" not in narrowed
    found = alpha.client().get("/api/v1/merchants").json
    assert [one["name"]["zh"] for one in found["items"]] == ["第一家", "第二家", "第三家"]


def test_a_check_is_due_after_a_year_and_is_one_press(alpha: District) -> None:
    with alpha.work():
        row, street = merchant(alpha), alpha.actor("street")
        assert queries.count_merchants(["check"], actor=street)["check"] == 0
        row.checked_on = clock.today() - timedelta(days=365)
        assert queries.count_merchants(["check"], actor=street)["check"] == 1
        with pytest.raises(Forbidden):
            commands.check_merchant(row, actor=alpha.actor("keeper"))
        code = row.code
    officer, here = alpha.client("street"), f"{CONSOLE}/{code}"
    assert "距上次核对已满一年" in officer.get(here).text
    officer.post(f"{here}/check", form=here)
    assert "距上次核对已满一年" not in officer.get(here).text
    with alpha.work():
        row, street = queries.access_merchant(code, actor=street), alpha.actor("street")
        commands.retire_merchant(row, actor=street)
        with pytest.raises(Conflict):
            commands.check_merchant(row, actor=street)


def test_only_who_shapes_the_place_writes_there(alpha: District) -> None:
    with alpha.work():
        row = merchant(alpha)
        with pytest.raises(Invalid):
            merchant(alpha, unit="root_one")
        for who in ("keeper", "resident", "community"):
            with pytest.raises(Forbidden):
                commands.retire_merchant(row, actor=alpha.actor(who))


def test_the_register_comes_as_a_file_and_is_counted_by_the_measure(alpha: District) -> None:
    with alpha.work():
        merchant(alpha)
        merchant(alpha, "过期的店", consent_until=clock.today() - timedelta(days=1))
        published(alpha, "甲", "乙")
    answer = alpha.client("street").get(f"{CONSOLE}?as=csv")
    lines = answer.data.decode("utf-8-sig").splitlines()
    assert len(lines) == 3
    assert "盖碗茶" in lines[1]
    listed = alpha.client("street").get(f"{CONSOLE}?state=shown").text
    assert "盐井茶馆" in listed
    assert "过期的店" not in listed


def test_a_kind_of_the_districts_own_words_is_added_and_retired(alpha: District) -> None:
    admin, path = alpha.client("admin"), "/settings/merchants/new"
    assert admin.post(path, form=path, name_zh="茶馆", name_en="tea").status_code == 302
    assert "茶馆" in admin.get("/settings/merchants").text
    admin.post("/settings/merchants/tea/retire", form="/settings/merchants")
    assert "茶馆" not in alpha.client().get("/merchants").text
    assert alpha.client("street").get("/settings/merchants").status_code == 403
