"""Guests' own demos with their whole story: what one costs to make, to visit and to set back while
others stand beside it. ``BENCH_DEMOS`` is how many, 200 unless said.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from statistics import median

from saas.kernel.context import ANONYMOUS, entering
from saas.kernel.unit_of_work import reading, unit_of_work
from saas.showcase.demos import commands, template
from saas.showcase.demos.rules import Wish
from saas.tenancy import queries as tenants
from scripts.benchmarks.fleet import visit
from scripts.benchmarks.ground import Ground, Row

_DEMOS = int(os.environ.get("BENCH_DEMOS", 200))
_ENDS = 10


def measure(ground: Ground) -> list[Row]:
    """The sample, demos copied from it, a page over all of them, one set back among them."""
    with ground.app.test_request_context(), entering(ground.app.extensions["saas"].hub):
        sample = _seconds(template.build)
        demos = [made(number) for number in range(_DEMOS)]
        codes, times = [code for code, _ in demos], [seconds for _, seconds in demos]
        anew = _seconds(lambda: commands.set_back(codes[0]))
    first, last = median(times[:_ENDS]), median(times[-_ENDS:])
    return [
        Row("the sample with its whole story, s", "", "", sample, "≤ 240", sample <= 240),
        Row(f"a demo, the last {_ENDS} of {_DEMOS} / the first", f"{last:.1f} s", f"{first:.1f} s",
            last / first, "≤ 1.3", last / first <= 1.3),
        Row("a demo, from the click, s", "", "", max(times), "≤ 10", max(times) <= 10),
        Row("set back to its beginning, s", "", "", anew, "≤ 5", anew <= 5),
        *visit(ground, codes),
    ]  # fmt: skip


def made(number: int) -> tuple[str, float]:
    """Ask for one, and make it: its code, and how long that took."""
    begun = time.perf_counter()
    wish = Wish("青羊区", ("草堂街道",), "plain")
    with unit_of_work():
        address = f"10.0.{number // 250}.{number % 250}"
        tenant_id = commands.order(wish, address=address, actor=ANONYMOUS).id
    commands.make(tenant_id)
    with reading():
        code = next(one.code for one in tenants.list_tenants(size=10_000)[0] if one.id == tenant_id)
    return code, time.perf_counter() - begun


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
