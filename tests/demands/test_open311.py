"""The Open311 facade: the standard's own shapes, our own rules."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from saas.demands import permissions
from saas.demands.case.models import Demand
from saas.demands.doors.open311 import queries as outside
from saas.demands.doors.open311.formats import Told, xml_of
from saas.kernel import clock
from saas.kernel.db import session
from saas.territory import commands as territory
from tests.api.conftest import Program
from tests.demands.programs import WORDS, act, clerk, enter
from tests.demands.test_pages import _file, _picture
from tests.support import District

#: As the standard prints its example of a POST, but for the place, which it takes from a map.
SENT = {
    "service_code": "rubbish",
    "attribute[unit]": "courtyard_one",
    "description": "A large sinkhole is destroying the street",
    "lat": "37.76524078",
    "long": "-122.4212043",
    "address_string": "1234 5th street",
    "email": "smit333@sfgov.edu",
    "device_id": "tt222111",
    "account_id": "123456",
    "first_name": "john",
    "last_name": "smith",
    "phone": "111111111",
    "media_url": "http://farm3.static.flickr.com/2002/2212426634_5ed477a060.jpg",
}


def _ask(caller: Program, path: str, **query: str) -> TestResponse:
    given = {"api_key": caller.token, **query} if caller.token else query
    client = caller.district.app.test_client()
    return client.get(f"{caller.district.root}/open311{path}", query_string=given)


def _send(caller: Program, ending: str = "json", **more: Any) -> TestResponse:
    form = {"api_key": caller.token, **SENT, **more}
    kept = {name: value for name, value in form.items() if value is not None}
    client = caller.district.app.test_client()
    headers = {"Idempotency-Key": more["key"]} if more.get("key") else {}
    address = f"{caller.district.root}/open311/v2/requests.{ending}"
    return client.post(address, data=kept, headers=headers)


def _id(answer: TestResponse) -> str:
    assert answer.status_code == 201, answer.text
    [told] = answer.json  # type: ignore[misc]
    code: str = told["service_request_id"]
    return code


def _xml(answer: TestResponse) -> ElementTree.Element:
    assert answer.content_type == "text/xml; charset=utf-8"
    return ElementTree.fromstring(answer.data)


def _plain(element: ElementTree.Element) -> Any:
    """XML as JSON has it, every value a text."""
    if len(element) == 0:
        return element.text or ""
    return {child.tag: _plain(child) for child in element}


def _as_text(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _as_text(inner) for name, inner in value.items()}
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value in (None, []) else str(value)


def _demand(district: District, code: str) -> Demand:
    with district.work():
        demand = session.scalars(sa.select(Demand).where(Demand.code == code)).one()
        session.expunge(demand)
        return demand


def test_the_discovery_leads_to_the_address_of_this_district(alpha: District) -> None:
    nobody = Program(alpha, None)
    told = _ask(nobody, "/discovery.json").json
    assert told is not None
    assert set(told) == {"changeset", "contact", "key_service", "endpoints"}
    [endpoint] = told["endpoints"]
    assert endpoint["specification"] == "http://wiki.open311.org/GeoReport_v2"
    assert endpoint["formats"] == ["text/xml", "application/json"]
    assert endpoint["type"] == "production"
    address = endpoint["url"].removeprefix("http://localhost")
    assert alpha.app.test_client().get(f"{address}/services.json").status_code == 200
    xml = _xml(_ask(nobody, "/discovery.xml"))
    assert xml.tag == "discovery"
    assert [e.text for e in xml.iterfind("endpoints/endpoint/formats/format")] == endpoint[
        "formats"
    ]


def test_services_have_the_fields_of_the_standard_in_both_formats(alpha: District) -> None:
    nobody = Program(alpha, None)
    listed = _ask(nobody, "/v2/services.json", jurisdiction_id="alpha").json
    assert listed is not None
    rubbish = next(one for one in listed if one["service_code"] == "rubbish")
    assert rubbish == {
        "service_code": "rubbish",
        "service_name": "垃圾清运",
        "description": "垃圾桶满了没人收、乱堆垃圾和旧家具",
        "metadata": True,
        "type": "realtime",
        "keywords": "demands",
        "group": "环境卫生",
    }
    assert "sanitation" not in {one["service_code"] for one in listed}
    xml = _xml(_ask(nobody, "/v2/services.xml"))
    assert xml.tag == "services"
    assert [_plain(one) for one in xml.iterfind("service")] == [_as_text(one) for one in listed]


def test_a_service_says_what_it_asks_for_and_that_there_is_no_map(alpha: District) -> None:
    told = _ask(Program(alpha, None), "/v2/services/rubbish.json").json
    assert told is not None
    assert told["service_code"] == "rubbish"
    attributes = {one["code"]: one for one in told["attributes"]}
    assert list(attributes) == ["place", "unit", "spot", "anonymous", "neighbours"]
    assert [one["order"] for one in told["attributes"]] == [1, 2, 3, 4, 5]
    assert attributes["place"]["variable"] is False
    assert "attribute[unit]" in attributes["place"]["description"]
    assert (attributes["unit"]["datatype"], attributes["unit"]["required"]) == ("string", True)
    assert [one["key"] for one in attributes["anonymous"]["values"]] == ["no", "yes"]
    with_key = _ask(clerk(alpha, "compound"), "/v2/services/rubbish.xml")
    xml = _xml(with_key)
    assert xml.tag == "service_definition"
    unit = next(
        one for one in xml.iterfind("attributes/attribute") if one.findtext("code") == "unit"
    )
    assert unit.findtext("datatype") == "singlevaluelist"
    keys = [value.findtext("key") for value in unit.iterfind("values/value")]
    assert keys == ["compound_one", "courtyard_one"]
    assert _ask(Program(alpha, None), "/v2/services/sanitation.json").status_code == 404


def test_a_request_of_the_standard_becomes_a_demand(alpha: District) -> None:
    app = clerk(alpha)
    [told] = _send(app).json  # type: ignore[misc]
    assert set(told) == {"service_request_id", "service_notice", "account_id"}
    assert "alphacourtyard" in told["service_notice"]
    demand = _demand(alpha, told["service_request_id"])
    point = f"{SENT['lat']}, {SENT['long']}"
    assert demand.words == f"{SENT['description']}\n{SENT['media_url']}\n{point}"
    assert (demand.channel, demand.category, demand.spot) == (
        "open311",
        "rubbish",
        "1234 5th street",
    )
    assert (demand.caller_name, demand.caller_phone) == ("smith john", "111111111")
    assert (demand.open_to_neighbours, demand.anonymous) == (True, False)
    xml = _xml(_send(app, "xml"))
    assert xml.tag == "service_requests"
    assert xml.findtext("request/service_request_id")


def test_a_request_is_given_back_field_by_field(alpha: District) -> None:
    app = clerk(alpha)
    code = _id(_send(app))
    act(app, code, "accept")
    [told] = _ask(app, f"/v2/requests/{code}.json").json  # type: ignore[misc]
    demand = _demand(alpha, code)
    assert told == {
        "service_request_id": code,
        "status": "open",
        "status_notes": "办理中 · alphacourtyard",
        "service_name": "垃圾清运",
        "service_code": "rubbish",
        "description": demand.words,
        "agency_responsible": "alphacourtyard",
        "service_notice": None,
        "requested_datetime": told["requested_datetime"],
        "updated_datetime": told["updated_datetime"],
        "expected_datetime": told["expected_datetime"],
        "address": "alphacourtyard 1234 5th street",
        "address_id": "courtyard_one",
        "zipcode": None,
        "lat": None,
        "long": None,
        "media_url": None,
        "extended_attributes": {
            "x-saas-state": "accepted",
            "x-saas-kind": "demands",
            "x-saas-level": "courtyard",
            "x-saas-holder": "courtyard_one",
            "x-saas-acts": 2,
            "x-saas-passed-up": 0,
            "x-saas-climbed": 0,
            "x-saas-returned": 0,
            "x-saas-reopened": 0,
        },
    }
    for name in ("requested_datetime", "updated_datetime", "expected_datetime"):
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00", told[name]), name
    asked = datetime.fromisoformat(told["requested_datetime"])
    assert abs(asked - demand.filed_at) < timedelta(seconds=1)
    xml = _xml(_ask(app, f"/v2/requests/{code}.xml"))
    [one] = xml.iterfind("request")
    assert xml.tag == "service_requests"
    assert _plain(one) == _as_text(told)
    both = _ask(app, f"/v2/tokens/{code}.json").json
    assert both == [{"service_request_id": code, "token": code}]


def test_closed_is_closed_and_how_stands_in_our_own_field(alpha: District) -> None:
    app = clerk(alpha)
    done, given_up = _id(_send(app)), _id(_send(app))
    for code in (done, given_up):
        act(app, code, "accept")
    act(app, done, "resolve", reason="已清运")
    act(app, given_up, "merge", into=_id(_send(app)))

    def found(**query: str) -> dict[str, tuple[str, str]]:
        rows = _ask(app, "/v2/requests.json", **query).json or []
        state = "x-saas-state"
        return {
            row["service_request_id"]: (row["status"], row["extended_attributes"][state])
            for row in rows
        }

    assert found(status="closed") == {done: ("closed", "resolved"), given_up: ("closed", "merged")}
    assert len(found(status="open")) == 1
    assert len(found(status="open,closed")) == len(found()) == 3
    assert set(found(service_request_id=f"{done},{given_up},nosuch", status="open")) == {
        done, given_up,
    }  # fmt: skip
    assert found(service_code="lifts") == {}
    assert len(found(page_size="1", page="2")) == 1


def test_ninety_days_are_given_at_once(alpha: District) -> None:
    app = clerk(alpha)
    code = _id(_send(app))

    def days(**query: str) -> list[str]:
        answer = _ask(clerk(alpha), "/v2/requests.json", **query)  # no key lives as long
        assert answer.status_code == 200, answer.text
        return [row["service_request_id"] for row in answer.json]  # type: ignore[union-attr]

    with clock.turned(timedelta(days=89)):
        assert days() == [code]
    with clock.turned(timedelta(days=91)):
        assert days() == []
    now = clock.now()
    before, later = (f"{now + timedelta(days=n):%Y-%m-%dT%H:%M:%SZ}" for n in (-1, 1))
    assert days(start_date=before) == days(start_date=before, end_date=later) == [code]
    assert days(end_date=before) == days(start_date=later) == []
    wide = _ask(app, "/v2/requests.json", start_date="2026-01-01", end_date="2026-06-01T00:00:00Z")
    assert wide.status_code == 400
    for wrong in ("yesterday", "0001-13-01", "9999-12-31T23:59:59Z"):
        assert _ask(app, "/v2/requests.json", start_date=wrong).status_code == 400, wrong


def test_who_has_no_right_sees_what_neighbours_see_and_nothing_else(alpha: District) -> None:
    app = clerk(alpha)
    open_one = _id(_send(app))
    hidden = _id(_send(app, **{"attribute[neighbours]": "no"}))
    lone = enter(app, category="disputes", open_to_neighbours=True)
    pictured = _file(alpha, photo=(_picture(), "photo.jpg"), open_to_neighbours="yes", spot="3栋")
    for caller in (Program(alpha, None), clerk(alpha, "root", permissions.FILE)):
        rows = {r["service_request_id"]: r for r in _ask(caller, "/v2/requests.json").json or []}
        assert set(rows) == {open_one, pictured}
        for row in rows.values():
            assert row["description"] is None
            assert row["media_url"] is None
            assert row["address"] == "alphacourtyard"
        for code in (hidden, lone, "nosuchdemand"):
            for path in (f"/v2/requests/{code}.json", f"/v2/tokens/{code}.xml"):
                assert _ask(caller, path).status_code == 404, path
    whole = {r["service_request_id"]: r for r in _ask(app, "/v2/requests.json").json or []}
    assert set(whole) == {open_one, hidden, lone, pictured}
    assert whole[pictured]["description"] == WORDS
    assert whole[pictured]["media_url"].endswith(f"/api/v1/demands/{pictured}/photo")
    for secret in ("smith", "111111111", "smit333", "alpha resident"):
        assert secret not in _ask(app, "/v2/requests.xml").text


def test_a_key_sees_what_lies_in_its_reach_and_no_further(alpha: District) -> None:
    app = clerk(alpha)
    code = _id(_send(app, **{"attribute[neighbours]": "no", "attribute[unit]": "street_one"}))
    assert _ask(clerk(alpha, "compound"), f"/v2/requests/{code}.json").status_code == 404
    assert _ask(clerk(alpha, "street"), f"/v2/requests/{code}.json").status_code == 200


@pytest.mark.parametrize("ending", ["json", "xml"])
def test_errors_have_the_shape_and_the_code_of_the_standard(
    alpha: District, beta: District, ending: str
) -> None:
    app = clerk(alpha)
    viewer = clerk(alpha, "root", permissions.VIEW)
    cases = {
        403: [
            _send(Program(alpha, None), ending),
            _send(Program(alpha, clerk(beta).token), ending),
            _send(viewer, ending),
            _ask(Program(alpha, "saas_nothing"), f"/v2/services.{ending}"),
        ],
        404: [
            _send(app, ending, jurisdiction_id="beta"),
            _send(app, ending, jurisdiction_id="beta.gov.cn"),
            _ask(app, f"/v2/services.{ending}", jurisdiction_id="sfgov.org"),
            _ask(app, f"/v2/services/nothing.{ending}"),
            _ask(app, f"/v2/requests/nothing.{ending}"),
        ],
        400: [
            _send(app, ending, service_code=None),
            _send(app, ending, service_code="nothing"),
            _send(app, ending, description=" "),
            _ask(app, f"/v2/requests.{ending}", status="lost"),
        ],
        413: [_send(app, ending, description="x" * 1024 * 1024)],
    }
    for status, answers in cases.items():
        for answer in answers:
            assert answer.status_code == status, answer.text
            if ending == "xml":
                told = [_plain(error) for error in _xml(answer).iterfind("error")]
            else:
                told = [_as_text(error) for error in answer.json or []]
            assert told
            for error in told:
                assert set(error) == {"code", "description"}
                assert error["code"] == str(status)
                assert error["description"]
    with alpha.work():
        assert session.scalar(sa.select(sa.func.count(Demand.id))) == 0


@pytest.mark.parametrize(
    ("sent", "at"),
    [
        ({"attribute[unit]": None, "address_string": None}, "lat"),
        (
            {"attribute[unit]": None, "address_string": None, "lat": None, "long": None},
            "attribute[unit]",
        ),
        ({"attribute[unit]": "nowhere"}, "attribute[unit]"),
        ({"attribute[unit]": None, "address_id": "nowhere"}, "address_id"),
        ({"attribute[unit]": None}, "address_string"),
        ({"attribute[colour]": "red"}, "attribute[colour]"),
        ({"attribute[anonymous]": "perhaps"}, "attribute[anonymous]"),
        ({"service_code": "sanitation"}, "service_code"),
        ({"lat": None}, "lat"),
        ({"lat": "nan"}, "lat"),
        ({"long": "181"}, "long"),
        ({"phone": "call me"}, "phone"),
        ({"phone": ["13800138000", "13800138001"]}, "phone"),
        ({"description": ["one", "another"]}, "description"),
        ({"attribute[spot]": ["here", "there"]}, "attribute[spot]"),
        ({"media_url": "javascript:alert(1)"}, "media_url"),
        ({"description": "a\x00b"}, "description"),
        ({"description": "长" * 4001}, "description"),
    ],
)
def test_what_cannot_be_taken_is_told_by_its_name(
    alpha: District, sent: dict[str, Any], at: str
) -> None:
    answer = _send(clerk(alpha), **sent)
    assert answer.status_code == 400, answer.text
    [error] = answer.json  # type: ignore[misc]
    assert error["description"].startswith(f"{at}: ")


def test_everything_that_was_sent_is_kept(alpha: District) -> None:
    app, urls = clerk(alpha), ["https://photos.example/1.jpg", "https://photos.example/2.jpg"]
    long = "解放路一段二号楼下的老榕树旁边，从菜市场北门出来左转，" * 5
    demand = _demand(alpha, _id(_send(app, media_url=urls, address_string=long)))
    assert demand.spot == long[:100]
    for kept in (SENT["description"], *urls, long, f"{SENT['lat']}, {SENT['long']}"):
        assert kept in demand.words.split("\n")
    spot = _demand(alpha, _id(_send(app, **{"attribute[spot]": "井盖旁"})))
    assert spot.spot == "井盖旁"
    assert SENT["address_string"] in spot.words
    assert _demand(alpha, _id(_send(app, description="长" * 3900))).words.startswith("长" * 3900)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("１３８００１３８０００", "13800138000"),
        ("138.0013.8000", "13800138000"),
        ("+86 138 0013 8000 转 8001", "13800138000转8001"),
        ("\u202d8613800138000\u202c", "13800138000"),
        ("0813-2200000 ext. 12", "08132200000转12"),
        ("+1 (415) 555-0100", "+1 (415) 555-0100"),
    ],
)
def test_a_number_is_taken_as_apps_send_it(alpha: District, sent: str, kept: str) -> None:
    assert _demand(alpha, _id(_send(clerk(alpha), phone=sent))).caller_phone == kept


def test_a_place_is_known_by_its_code_or_its_name_where_there_is_one_only(alpha: District) -> None:
    app = clerk(alpha)
    for sent in (
        {"attribute[unit]": "compound_one"},
        {"attribute[unit]": None, "address_id": "COMPOUND_ONE"},
        {"attribute[unit]": None, "address_string": "compound_one"},
        {"attribute[unit]": None, "address_string": "alphacompound"},
        {"attribute[unit]": None, "address_string": "compound one"},
    ):
        demand = _demand(alpha, _id(_send(app, **sent)))
        with alpha.work():
            assert demand.unit_id == alpha.unit("compound").id, sent
    point = _demand(alpha, _id(_send(app, address_string=None)))
    assert point.spot == "37.76524078, -122.4212043"
    with alpha.work():
        territory.add_unit(
            code="compound_two", kind="compound", name={"zh": "alphacompound"},
            parent=alpha.unit("community"), actor=alpha.actor("admin"),
        )  # fmt: skip
    twice = _send(app, **{"attribute[unit]": None, "address_string": "alphacompound"})
    assert twice.status_code == 400
    assert "attribute[unit]" in twice.json[0]["description"]  # type: ignore[index]


def test_a_district_is_meant_by_its_code_or_by_a_domain_that_begins_with_it(
    alpha: District,
) -> None:
    for named in ("", "alpha", "alpha.gov.cn"):
        assert _ask(clerk(alpha), "/v2/services.json", jurisdiction_id=named).status_code == 200


def test_what_is_sent_again_under_a_key_of_its_own_makes_one(alpha: District) -> None:
    app = clerk(alpha)
    assert _id(_send(app, key="a-1")) == _id(_send(app, key="a-1"))
    assert _id(_send(app, key="a-1", description="另一件事")) != _id(_send(app, key="a-1"))
    assert _id(_send(app)) != _id(_send(app))


def test_a_cookie_opens_nothing_here(alpha: District) -> None:
    admin = alpha.client("admin")
    address = f"{alpha.root}/open311/v2/requests"
    refused = admin.client.post(f"{address}.json", data=SENT)
    assert refused.status_code == 403
    code = _id(_send(clerk(alpha), **{"attribute[neighbours]": "no"}))
    assert admin.client.get(f"{address}/{code}.json").status_code == 404
    assert admin.get(f"/demands/{code}").status_code == 200


def test_the_header_of_our_own_api_does_as_well(alpha: District) -> None:
    app = clerk(alpha)
    code = _id(_send(app, **{"attribute[neighbours]": "no"}))
    headers = {"Authorization": f"Bearer {app.token}"}
    address = f"{alpha.root}/open311/v2/requests/{code}.xml"
    assert alpha.app.test_client().get(address, headers=headers).status_code == 200


@pytest.mark.parametrize(
    "words", ["🀄️龙", "\u202eلا\u2066", "\u200b\ufeffx", "<a>&'\"]]>", "a\x07b\ufffe"]
)
def test_any_text_comes_back_and_the_xml_stays_well_formed(alpha: District, words: str) -> None:
    app, none = clerk(alpha), dict.fromkeys(("media_url", "address_string", "lat", "long"))
    code = _id(_send(app, description=words, **none, **{"attribute[spot]": words}))
    [told] = _ask(app, f"/v2/requests/{code}.json").json  # type: ignore[misc]
    assert told["description"] == words
    xml = _xml(_ask(app, f"/v2/requests/{code}.xml"))
    fit = words.replace("\x07", "\ufffd").replace("\ufffe", "\ufffd")
    assert xml.findtext("request/description") == fit


@given(st.dictionaries(st.sampled_from(["a", "x-saas-b"]), st.text() | st.none() | st.integers()))
def test_xml_is_well_formed_for_any_text(value: dict[str, Any]) -> None:
    read = ElementTree.fromstring(xml_of(Told("service_requests", [value])))
    for name, text in value.items():
        got = read.findtext(f"request/{name}") or ""
        if not isinstance(text, str) or text.isprintable():
            assert got == _as_text(text)


def test_what_breaks_says_so_in_the_standards_shape_and_nothing_more(
    alpha: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    from saas.demands.doors.open311 import queries

    def burst(*_: object, **__: object) -> list[outside.Report]:
        raise RuntimeError("secret 13812345678")

    monkeypatch.setattr(queries, "reports", burst)
    answer = _ask(Program(alpha, None), "/v2/requests.json")
    assert answer.status_code == 500
    assert answer.json[0]["code"] == 500  # type: ignore[index]
    assert "secret" not in answer.text
