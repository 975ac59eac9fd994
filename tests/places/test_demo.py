"""The demo's food street and its circle, against what the report says."""

from __future__ import annotations

from saas.rooms.queries import hours_from_words
from saas.showcase.queries import read_demo

#: “打造社区居民美食一条街与饭后1小时休闲圈”.
AN_HOUR = 60


def test_the_circle_takes_the_hour_of_the_report_and_names_its_places() -> None:
    places = read_demo("longjing").places
    circle, street = places.walks
    assert sum(stop.minutes for stop in circle.stops) == AN_HOUR
    assert circle.stops[0].venue == circle.stops[-1].venue, "a circle ends where it began"
    assert {"老厂房", "两口塘"} <= {stop.name["zh"] for stop in circle.stops if stop.name}
    assert street.name["zh"] == "美食一条街"
    assert all(stop.merchant for stop in street.stops)


def test_every_merchant_of_the_demo_is_a_sample_with_hours_that_can_be_read() -> None:
    merchants = read_demo("longjing").places.merchants
    assert len(merchants) == 24
    for one in merchants:
        assert one.name["zh"].endswith("（示例）"), one.code
        assert hours_from_words(one.hours), one.code
