"""Tries are counted, however many arrive at once."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from flask import Flask

from saas.kernel import clock, throttle
from saas.kernel.errors import TooMany
from tests.support import District, bring_up

HOUR = timedelta(hours=1)


def _use(district: District) -> bool:
    """Whether one more try was let through."""
    try:
        with district.work():
            throttle.use("door", "somebody", limit=5, window=HOUR)
    except TooMany:
        return False
    return True


def test_so_many_go_through_and_an_hour_later_as_many_again(alpha: District) -> None:
    assert [_use(alpha) for _ in range(7)] == [True] * 5 + [False] * 2
    with clock.turned(HOUR):
        assert _use(alpha)


@pytest.mark.commits
def test_of_many_at_once_no_more_go_through_than_one_after_the_other(app: Flask) -> None:
    district = bring_up(app, "manytries")
    begin, through = threading.Barrier(8), list[bool]()

    def send() -> None:
        begin.wait()
        through.append(_use(district))

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(through) == [False] * 3 + [True] * 5
