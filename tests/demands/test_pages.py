"""Demands through the doors that people use."""

from __future__ import annotations

from tests.support import District


def _file(district: District, who: str = "resident", **fields: str) -> str:
    visitor = district.client(who)
    values = {"category": "rubbish", "unit": "courtyard_one", "words": "院门口垃圾两天没有清运"}
    values |= {"submission": "one-time-key-0001", **fields}
    answer = visitor.post("/demands/new/rubbish/courtyard_one", **values)
    assert answer.status_code == 302, answer.text
    return answer.location.split("/demands/")[1].split("?")[0]


def _act(district: District, who: str, code: str, verb: str, reason: str = "") -> int:
    answer = district.client(who).post(f"/demands/{code}", verb=verb, reason=reason)
    return answer.status_code


def test_a_demand_climbs_five_levels_and_ends_at_the_top(alpha: District) -> None:
    code = _file(alpha)
    for who in ("courtyard", "compound", "community", "street"):
        assert _act(alpha, who, code, "accept") == 302
        assert _act(alpha, who, code, "pass_up", "本级无法解决") == 302
    assert _act(alpha, "officer", code, "accept") == 302
    assert _act(alpha, "officer", code, "end", "已纳入明年计划") == 302
    page = alpha.client("resident").get(f"/demands/{code}").text
    assert "已纳入明年计划" in page
    assert page.count("本级无法解决") == 4
