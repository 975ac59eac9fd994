"""Visits as JSON, in the one search box, and as numbers that open their records."""

from __future__ import annotations

from datetime import date

from saas.accounts import commands as accounts
from saas.figures.cut import Cut
from saas.kernel import clock
from saas.kernel.context import ANONYMOUS
from saas.visits import commands, measures
from saas.visits.finders import VISITS
from saas.visits.permissions import HANDLE
from tests.bookings.making import on
from tests.support import District
from tests.visits.making import act, asked, confirmed


def _token(alpha: District) -> dict[str, str]:
    with alpha.work():
        _row, text = accounts.add_token(
            name="大屏", unit=alpha.unit("street"), scopes=[HANDLE], days=30,
            actor=alpha.actor("admin"),
        )  # fmt: skip
    return {"Authorization": f"Bearer {text}"}


def test_a_program_reads_who_comes_and_never_who_it_is(alpha: District) -> None:
    with alpha.work():
        one, two = asked(alpha).code, confirmed(alpha).code
    visitor, head = alpha.client(), _token(alpha)
    listed = visitor.get("/api/v1/visits?state=asked", headers=head)
    assert [row["code"] for row in listed.json["items"]] == [one]
    answer = visitor.get(f"/api/v1/visits/{two}", headers=head)
    assert answer.json["letter_no"] == "样例〔2026〕1号"
    for text in (listed.text, answer.text):
        assert "李同志" not in text
        assert "13900139333" not in text
    assert visitor.get(f"/api/v1/visits/{two}").status_code == 401
    public = visitor.get("/api/v1/coverage")
    assert (public.status_code, public.json["items"]) == (200, [])


def test_the_office_finds_a_visit_by_name_slip_and_number_and_others_do_not(
    alpha: District,
) -> None:
    with alpha.work():
        visit = asked(alpha)
        for typed in ("邻县", visit.code, "13900139333"):
            found = VISITS.find(typed, alpha.actor("street"), 5)
            assert [hit.name for hit in found] == ["邻县社会工作部"], typed
            assert not VISITS.find(typed, alpha.actor("community"), 5)


def test_a_number_opens_just_the_visits_that_it_counts(alpha: District) -> None:
    with alpha.work():
        visit = confirmed(alpha)
        with clock.turned(on(3, 10) - clock.now()):
            commands.choose(visit, thing="", place="茶馆", actor=ANONYMOUS)
            act(alpha, visit, "hold")
        month = visit.starts_at.astimezone(clock.zone()).date().replace(day=1)
        peers = next(one for one in measures.MEASURES if one.code == "peer_visits")
        assert peers.records
        asked_for = peers.records.asked(Cut(("/",), month, month)) or {}
        other = date(2020, 1, 1)
        never = peers.records.asked(Cut(("/",), other, other)) or {}
    street = alpha.client("street")
    page = street.get("/console/visits", query_string=asked_for).text
    assert "邻县社会工作部" in page
    assert "邻县社会工作部" not in street.get("/console/visits", query_string=never).text
