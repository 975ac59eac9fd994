"""The activities of the demo: what its files say, and what comes out of them."""

from __future__ import annotations

from collections import Counter

from saas.activities.measures import MEASURES
from saas.showcase.queries import read_demo


def test_the_past_counts_what_the_report_states_and_each_tag_by_itself() -> None:
    told = read_demo("longjing").activities_history
    tags = {one.code: one.tag for one in told.activities}
    sessions = Counter(tags[one.activity] for one in told.sessions)
    people: Counter[str] = Counter()
    for one in told.sessions:
        people[tags[one.activity]] += one.people
    assert sessions == {"micro_project": 342, "integration": 13, "neighbour_help": 24}
    assert people["micro_project"] >= 20_000
    assert people["integration"] >= 3_000
    assert Counter(tags.values())["micro_project"] == 51
    assert {one.activity for one in told.sessions} == set(tags)


def test_nobody_is_in_one_room_with_others_at_one_time() -> None:
    told = read_demo("longjing").activities_history
    assert len({(one.room, one.at) for one in told.sessions}) == len(told.sessions)
    evenings = [one.at for one in told.sessions if one.at.weekday() < 5]
    assert all(at.hour == 19 for at in evenings)
    months = {(one.at.year, one.at.month) for one in told.sessions}
    assert len(months) == 24


def test_what_carries_one_tag_is_in_no_figure_of_another() -> None:
    flags = {one.code: one.flags for one in MEASURES if one.grain == "session"}
    assert flags == {"sessions": ("micro_project",), "integration_events": ("integration",),
                     "neighbour_help": ("neighbour_help",)}  # fmt: skip
