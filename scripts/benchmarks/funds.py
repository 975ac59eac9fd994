"""What a gift costs as the fund grows, and the public page over many of them.

Gifts are taken over at once, their chain is verified by one query, then some are received one by
one. ``BENCH_GIFTS`` makes it smaller than 100,000.
"""

from __future__ import annotations

import os
import time
from datetime import date
from decimal import Decimal
from statistics import median

from saas import ledger
from saas.funds import commands, queries
from saas.funds.books import LEDGER
from saas.funds.commands import Given
from saas.kernel.context import SYSTEM
from scripts.benchmarks.ground import Ground, Row
from tests.support import District, bring_up

_GIFTS = int(os.environ.get("BENCH_GIFTS", 100_000))
_POSTED, _AT_ONCE = 100, 2_000
_FLAT, _PAGE_MS = 1.5, 150.0


def measure(ground: Ground) -> list[Row]:
    """Posting with 1,000 entries and with many, and the public page."""
    district = bring_up(ground.app, "funded")
    _fill(district, 250)
    small = _posting(district)
    _fill(district, _GIFTS)
    with district.work():
        if broken := ledger.broken(LEDGER):
            raise SystemExit(f"broken chains: {broken}")
    large = _posting(district)
    page = _page(district)
    return [
        Row(f"a gift among {_GIFTS} against one among 250", f"{large:.1f} ms", f"{small:.1f} ms",
            large / small, f"≤ {_FLAT}", large <= small * _FLAT),
        Row(f"the public page over {_GIFTS} gifts", f"{page:.0f} ms", f"{_PAGE_MS:.0f} ms",
            page / _PAGE_MS, "≤ 1", page <= _PAGE_MS),
    ]  # fmt: skip


def _given(number: int) -> Given:
    return Given(amount=Decimal(number % 500 + 1) / 10, purpose="elders", way="bank",
                 shown_as="anonymous", received_on=date(2026, 1, 1))  # fmt: skip


def _fill(district: District, number: int) -> None:
    for begun in range(0, number, _AT_ONCE):
        with district.work():
            rows = [_given(n) for n in range(min(_AT_ONCE, number - begun))]
            commands.take_over_gifts(district.unit("root"), rows, actor=SYSTEM)


def _posting(district: District) -> float:
    """Milliseconds of one gift, received and confirmed, the middle of many."""
    spent = []
    for number in range(_POSTED):
        with district.work():
            root, begun = district.unit("root"), time.perf_counter()
            gift = commands.receive(root, _given(number), actor=SYSTEM)
            commands.confirm([gift], actor=SYSTEM)
            spent.append(time.perf_counter() - begun)
    return median(spent) * 1000


def _page(district: District) -> float:
    visitor, spent = district.client(), []
    for _ in range(7):
        begun = time.perf_counter()
        if visitor.get("/funds").status_code != 200:
            raise SystemExit("the public page does not open")
        spent.append(time.perf_counter() - begun)
    with district.work():
        if queries.money().check:
            raise SystemExit("the totals do not add up")
    return median(spent) * 1000
