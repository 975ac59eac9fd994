"""The page of figures that everybody can open: counted beside stated, and nothing typed."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser

import pytest
import sqlalchemy as sa
from flask import Flask

from saas import domains
from saas.demands import commands as demands
from saas.demands.commands import Intake
from saas.figures import commands, queries
from saas.figures.cut import Cut
from saas.figures.pages import params
from saas.kernel import clock
from saas.kernel.context import SYSTEM
from saas.kernel.db import session
from saas.territory import commands as territory
from saas.territory.models import UnitKind
from tests.support import District, bring_up

CODES = [
    "communities", "resident_groups", "compounds", "neighbourhoods", "social_organisations",
    "social_enterprises", "community_organisations", "courtyard_groups", "three_member_groups",
    "introduced_organisations", "enterprise_communities", "enterprise_residents",
    "joint_promotions", "rooms", "room_uses", "room_minutes", "merchants", "walks", "gifts_total",
    "care_projects", "public_money", "campaigns", "fundraisers", "sessions",
    "integration_events", "neighbour_help", "micro_projects", "attendances", "attendances_named",
    "integration_attendances", "attendance_cost", "volunteer_services", "volunteer_minutes",
    "leader_visits",
    "onsite_meetings", "peer_visits", "media_items", "demands_received", "demands_resolved",
]  # fmt: skip
#: Of this nothing is known until it is written down what was spent: words stand there, no number.
COUNTED = [code for code in CODES if code != "attendance_cost"]


class Marks(HTMLParser):
    """The attributes of every start tag that has a measure's code."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[dict[str, str | None]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if any(name == "data-measure" for name, _ in attrs):
            self.found.append(dict(attrs))


def _marks(district: District, who: str | None = None) -> dict[str, dict[str, str | None]]:
    found = Marks(district.client(who).get("/figures").text).found
    return {str(each["data-measure"]): each for each in found}


def _claim(district: District, measure: str, stated: str, unit: str = "street",
           months: tuple[date, date] | None = None) -> None:  # fmt: skip
    with district.work():
        first, last = months or (None, None)
        commands.add_claim(
            measure=measure, unit=district.unit(unit), stated=Decimal(stated),
            source={"zh": "试点报告"}, stated_on=date(2020, 12, 31), first_month=first,
            last_month=last, actor=SYSTEM,
        )  # fmt: skip


def _file(district: District, key: str, received_on: date | None = None) -> None:
    with district.work():
        demands.file_demand(
            category="rubbish", unit=district.unit("courtyard"), words="院门口垃圾没有清运",
            submission=key.ljust(16, "-"), intake=Intake(channel="desk", received_on=received_on),
            actor=district.actor("courtyard"),
        )  # fmt: skip


def test_each_public_measure_stands_in_one_start_tag_for_everybody(alpha: District) -> None:
    found = Marks(alpha.client().get("/figures").text).found
    assert [each["data-measure"] for each in found] == COUNTED
    assert all(re.fullmatch(r"\d+(\.\d\d)?", str(each["data-counted"])) for each in found)
    assert not any("data-stated" in each for each in found)
    page = alpha.client().get("/figures").text
    tags = re.findall(r"<[^>]*data-measure[^>]*>", page)
    assert len(tags) == len(COUNTED)
    assert all("data-counted" in tag for tag in tags)


def test_what_is_counted_follows_the_records(alpha: District) -> None:
    before = _marks(alpha)
    _file(alpha, "public-1")
    with alpha.work():
        territory.add_unit(
            code="second", kind="compound", name={"zh": "第二小区"},
            parent=alpha.unit("community"), actor=SYSTEM,
        )  # fmt: skip
    after = _marks(alpha)
    for code, more in (("demands_received", 1), ("compounds", 1), ("communities", 0)):
        assert (
            int(after[code]["data-counted"] or "") == int(before[code]["data-counted"] or "") + more
        )


def test_a_claim_is_counted_over_its_own_place_and_months(alpha: District) -> None:
    _file(alpha, "public-2")
    now = _marks(alpha)["demands_received"]["data-counted"]
    _claim(alpha, "compounds", "25", unit="community")
    _claim(alpha, "demands_received", "631", months=(date(2020, 1, 1), date(2020, 12, 1)))
    page = alpha.client().get("/figures").text
    compounds = next(m for m in Marks(page).found if m["data-measure"] == "compounds")
    assert (compounds["data-stated"], compounds["data-counted"]) == ("25", "1")
    assert "试点报告" in page
    # No record of those months: said in words, and no number that looks counted.
    assert "demands_received" not in _marks(alpha)
    assert "这里没有这几个月的记录" in page
    assert f'data-label="全区"><span><span class="figure">{now}<' in page


def test_every_number_says_its_period_and_with_months_in_the_address_all_are_of_these(
    alpha: District,
) -> None:
    _file(alpha, "public-3")
    _claim(alpha, "demands_received", "631", months=(date(2020, 1, 1), date(2020, 12, 1)))
    visitor = alpha.client()
    visitor.get("/language/en")
    page = visitor.get("/figures").text
    assert ", Jan 2020 – Dec 2020<" in page, "a claim's own place and months"
    assert "as it stands now" in page
    assert "all time until today" in page
    with alpha.work():
        year = clock.today().year
    asked = f"/figures?since={year}-01&until={year}-12"
    assert asked.replace("&", "&amp;") in page
    then = visitor.get(asked).text
    found = {each["data-measure"]: each for each in Marks(then).found}
    assert found["demands_received"]["data-counted"] == "1"
    assert "data-stated" not in found["demands_received"], "it was stated of other months"
    assert f"Jan {year} – Dec {year}" in then
    for odd in ("since=soon", "from=singlemessage", "until=乱"):
        assert Marks(visitor.get(f"/figures?{odd}").text).found == Marks(page).found


def test_a_claim_about_another_place_counts_only_what_lies_there(alpha: District) -> None:
    with alpha.work():
        other = territory.add_unit(
            code="street_two", kind="street", name={"zh": "二街"}, parent=alpha.unit("root"),
            actor=SYSTEM,
        )  # fmt: skip
        commands.add_claim(
            measure="communities", unit=other, stated=Decimal(4), source={"zh": "甲"},
            stated_on=date(2020, 12, 31), actor=SYSTEM,
        )  # fmt: skip
    assert _marks(alpha)["communities"]["data-counted"] == "0"


def test_a_model_without_a_kind_of_unit_says_so_instead_of_a_nought(alpha: District) -> None:
    with alpha.work():
        session.execute(sa.delete(UnitKind).where(UnitKind.code == "neighbourhood"))
    assert COUNTED[:3] + COUNTED[4:] == list(_marks(alpha))
    assert "本区的模式里没有这一项" in alpha.client().get("/figures").text


def test_a_number_opens_its_records_only_for_those_who_may_see_them(alpha: District) -> None:
    _claim(alpha, "compounds", "25")
    assert "/units?" not in alpha.client().get("/figures").text
    assert "/units?" not in alpha.client("resident").get("/figures").text
    page = alpha.client("auditor").get("/figures").text
    link = re.search(r'<a class="figure" href="[^"]*(/units\?kind=compound&amp;unit=[^"]+)"', page)
    assert link
    records = alpha.client("auditor").get(link[1].replace("&amp;", "&")).text
    assert records.count('class="row-link"') == 1


def test_the_page_speaks_both_languages_and_is_reached_from_home_and_foot(alpha: District) -> None:
    visitor = alpha.client()
    assert 'href="/d/alpha/figures"' in visitor.get("/").text
    visitor.get("/language/en")
    page = visitor.get("/figures").text
    assert "Demands received" in page
    assert "Neighbourhoods" in page


def test_a_district_that_is_being_prepared_shows_no_figures(app: Flask) -> None:
    fresh = bring_up(app, "fresh-figures", live=False)
    assert fresh.client().get("/figures").status_code == 404
    assert "data-measure" not in fresh.client().get("/figures").text


def test_every_measure_says_what_it_is_and_where_it_comes_from(alpha: District) -> None:
    codes = [one.code for domain in domains.DOMAINS for one in domain.measures]
    assert len(codes) == len(set(codes))
    with alpha.work():
        assert [one.code for one in queries.public_measures()] == CODES
        for one in queries.measures().values():
            assert str(one.words.name), one.code
            assert str(one.words.text), one.code
            assert one.owner, one.code
            assert one.grain, one.code


@pytest.mark.parametrize("who", [None, "resident", "courtyard", "admin"])
def test_everybody_reads_the_same_numbers(alpha: District, who: str | None) -> None:
    def counted(reader: str | None) -> dict[str, str | None]:
        return {code: each["data-counted"] for code, each in _marks(alpha, reader).items()}

    assert counted(who) == counted(None)


def test_a_cut_that_only_begins_stands_in_an_address_as_it_is(alpha: District) -> None:
    with alpha.work():
        root = alpha.unit("root")
        since = params(Cut((root.path,), date(2026, 1, 1), None, root))
        always = params(Cut((root.path,), None, None, root))
        assert since == {"since": "2026-01", "unit": root.code}
        assert always == {"span": "all", "unit": root.code}
