"""A district's first page, and who begins elsewhere."""

from __future__ import annotations

import re

import pytest

from saas.accounts import queries as people
from saas.kernel.context import entering
from saas.kernel.unit_of_work import unit_of_work
from saas.tenancy import queries as tenants
from tests.support import District, furnish

STAFF = ("admin", "street", "courtyard", "auditor", "keeper")


def _tiles(page: str) -> dict[str, str]:
    tiles = re.findall(r'class="tile"[^>]*>\s*<strong>(\d+)</strong><span>([^<]+)', page)
    return {label: number for number, label in tiles}


def _file(district: District) -> None:
    sent = {"category": "rubbish", "unit": "courtyard_one", "words": "院门口垃圾两天没有清运"}
    resident = district.client("resident")
    url = "/demands/new/rubbish/courtyard_one"
    assert resident.post(url, **sent, submission="one-time-key-0001").status_code == 302


@pytest.mark.parametrize("who", STAFF)
def test_who_works_here_begins_at_the_workbench(alpha: District, who: str) -> None:
    visitor = alpha.client(who)
    answer = visitor.get("/")
    assert (answer.status_code, answer.location) == (302, "/d/alpha/work")
    assert visitor.get("/work").status_code == 200
    assert 'href="/d/alpha/work"' in visitor.get("/front").text


def test_everybody_else_sees_the_first_page(alpha: District) -> None:
    for who in (None, "resident"):
        page = alpha.client(who).get("/").text
        assert "/d/alpha/demands/new" in page
        assert page.count('class="plan__drawing') == 2, "a wide one, and a tall one for telephones"
        assert "/enter/" not in page


def test_the_figures_are_counted(alpha: District) -> None:
    visitor = alpha.client()
    visitor.get("/language/en")
    before = _tiles(visitor.get("/").text)
    _file(alpha)
    after = _tiles(visitor.get("/").text)
    assert int(after["demands received"]) == int(before["demands received"]) + 1
    assert after["demands resolved"] == before["demands resolved"] == "0"
    assert after["rooms open to residents"] == "0"
    furnish(alpha, "elders_canteen")
    alpha.client("street").post(
        "/console/rooms/street_one/room/elders_canteen/status", status="open"
    )
    assert _tiles(visitor.get("/").text)["rooms open to residents"] == "1"


def test_figures_open_their_records_for_those_who_may_see_them(alpha: District) -> None:
    assert "/units?kind=" not in alpha.client().get("/").text
    page = alpha.client("auditor").get("/front").text
    assert "/units?kind=community" in page
    assert "/demands?list=area" in page


def test_a_resident_finds_the_own_demands_there(alpha: District) -> None:
    _file(alpha)
    words = "院门口垃圾两天没有清运"
    assert words in alpha.client("resident").get("/").text
    assert words not in alpha.client("neighbour").get("/").text
    assert words not in alpha.client().get("/").text


def test_nobody_enters_a_district_that_is_no_demo(alpha: District) -> None:
    assert alpha.client().post("/enter/1").status_code == 404


def _become_demo(district: District) -> None:
    """Make the district a demo for the length of a test, with two people to enter as."""
    hub = district.app.extensions["saas"].hub
    with district.app.test_request_context(), entering(hub), unit_of_work():
        tenants.access_tenant(district.tenant.code).kind = "demo"
    with district.work():
        for number, who in enumerate(("resident", "street"), start=1):
            person = people.find_person(district.people[who])
            assert person is not None
            person.demo_entry = number


def test_a_visitor_of_a_demo_enters_as_any_role_by_one_press(alpha: District) -> None:
    _become_demo(alpha)
    page = alpha.client().get("/").text
    assert page.count('<button class="card-choice') == 2
    assert "alpha resident · alphacourtyard" in page
    visitor = alpha.client()
    assert visitor.post("/enter/2").status_code == 302
    assert visitor.get("/").location == "/d/alpha/work"
    assert visitor.post("/enter/1").status_code == 302
    assert "/d/alpha/demands/mine" in visitor.get("/").text
    assert visitor.post("/enter/3").status_code == 404
