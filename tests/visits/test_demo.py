"""The demo's visits and reports, against what the report says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from saas.figures import counting
from saas.figures import queries as measures
from saas.figures.cut import Cut
from saas.media import queries as media
from saas.showcase.queries import read_demo
from saas.showcase.visits import enter_media, receive_visits
from saas.visits import queries
from tests.support import District

#: “……调研指导5次，举办市级现场交流活动会1次……来访参观交流8次”, and its items of the media.
REPORT = {"leader_visits": 5, "onsite_meetings": 1, "peer_visits": 8, "media_items": 48}
STATED = {**REPORT, "media_items": 47}


def test_the_demo_counts_what_the_report_says_and_one_more_report_than_it_states(
    alpha: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("saas.showcase.visits._PHONE", "13900139444")
    demo = read_demo("longjing")
    with alpha.work():
        cast = replace(demo.visits, unit="street_one", guides=("community", "keeper"))
        assert receive_visits(cast) == 14
        assert receive_visits(cast) == 0
        assert enter_media(replace(demo.media, unit="street_one")) == 48
        assert enter_media(demo.media) == 0
        cut = Cut((alpha.unit("root").path,))
        found = counting.count_measures([measures.measures()[code] for code in REPORT], cut)
        assert found == REPORT
        assert queries.count() == 15
        lists = [queries.list_of(one) for one in queries.rows_of(queries.of_samples())]
        assert sum(one is not None for one in lists) == 14
        assert {n: sum(pair) - pair[1] for n, pair in media.tally().tiers.items()} == {
            "national": 5, "provincial": 4, "city": 12, "county": 0, "portal": 27,
        }  # fmt: skip
    stated = {claim.measure: claim.stated for claim in demo.claims if claim.measure in STATED}
    assert stated == STATED


def test_every_name_of_the_demo_is_a_sample_and_no_address_is_invented() -> None:
    demo = read_demo("longjing")
    assert "样例" in demo.visits.letter
    for one in (*demo.visits.visits, *demo.visits.coming):
        assert one.from_org.endswith("（样例）"), one.from_org
    assert all("样例" in title for title in demo.media.titles)
    peers = [one.day for one in demo.visits.visits if one.level == "peers"]
    assert (max(peers) - min(peers)).days <= 62
