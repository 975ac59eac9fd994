"""Many districts on one machine: what each costs to make, to visit and to take along.

``BENCH_FLEET`` is how many, 300 unless said; 2844 is every county-level division of the country.
"""

from __future__ import annotations

import os
import random
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import mean, median
from unittest import mock

import psutil
import psycopg

from saas.kernel.context import SYSTEM, entering
from saas.kernel.unit_of_work import unit_of_work
from saas.packages import vocabulary
from saas.settings import MIGRATIONS_DIR
from saas.tenancy import commands, migrating, provisioning, rollout
from scripts.benchmarks.ground import Ground, Row

_FLEET = int(os.environ.get("BENCH_FLEET", 300))
#: Every county-level division: what the cost of a revision is counted up to.
_ALL = 2844
_ENDS = 50
_ROUNDS = 5
_MB = 2**20
_REVISION = '''"""Measured: a column and an index more."""
import sqlalchemy as sa
from alembic import op
revision = "measured"
down_revision = "{head}"
branch_labels = None
depends_on = None
def upgrade() -> None:
    op.add_column("people", sa.Column("measured", sa.BigInteger(), nullable=True))
    op.create_index("ix_people_measured", "people", ["measured"])
'''


def measure(ground: Ground) -> list[Row]:
    """Creation, spread, revision, memory."""
    codes, made = _create(ground)
    return [
        *made,
        *visit(ground, codes),
        *_take_along(ground),
    ]


def _create(ground: Ground) -> tuple[list[str], list[Row]]:
    codes, times = [f"fleet{n}" for n in range(_FLEET)], []
    for code in codes:
        begun = time.perf_counter()
        _provision(ground, code)
        times.append(time.perf_counter() - begun)
    first, last = median(times[:_ENDS]), median(times[-_ENDS:])
    what = f"a district more, the last {_ENDS} of {_FLEET} / the first"
    ratio = last / first
    return codes, [
        Row(what, f"{last:.2f} s", f"{first:.2f} s", ratio, "≤ 1.3", ratio <= 1.3),
    ]


def _provision(ground: Ground, code: str) -> None:
    with ground.app.test_request_context(), entering(ground.app.extensions["saas"].hub):
        with unit_of_work():
            tenant = commands.request_tenant(
                code=code,
                package="1519",
                name={"zh": f"{code}区"},
                seed={"live": True},
                queued=False,
                actor=SYSTEM,
            )
            number = tenant.id
        provisioning.provision(number)


def visit(ground: Ground, codes: list[str]) -> list[Row]:
    """The same page of one district and of all, in turn; then what was kept of them.

    Over many districts each rests longer, and what rested longer than words and addresses are
    remembered is asked for them anew. That is the price of its rest and not of their number: a row
    of its own.
    """
    client = ground.app.test_client()

    def over(order: list[str]) -> float:
        return mean(_timed(lambda c=code: client.get(f"/d/{c}/")) for code in order)

    with _remembering(ground, 3600.0):
        over(codes)
        one, spread = [], []
        for _ in range(_ROUNDS):
            one.append(over(codes[:1] * len(codes)))
            spread.append(over(random.sample(codes, len(codes))))
    with _remembering(ground, 0.0):
        rested = over(codes)
    ratio = median(b / a for a, b in zip(one, spread, strict=True))
    shown = f"{median(spread) * 1000:.1f} ms", f"{median(one) * 1000:.1f} ms"
    anew = f"{rested * 1000:.1f} ms", shown[0]
    return [
        Row(f"a page, over {len(codes)} districts / of one", *shown, ratio, "≤ 1.3", ratio <= 1.3),
        Row("the same, of those that rested / of all", *anew, rested / median(spread), "", True),
        *_memory(ground),
    ]


@contextmanager
def _remembering(ground: Ground, seconds: float) -> Iterator[None]:
    """Words and addresses of a district are remembered for so long; none is from before."""
    registry = ground.app.extensions["saas"].registry
    registry._forget(None)
    vocabulary._known.clear()
    with (
        mock.patch.object(registry, "_seconds", seconds),
        mock.patch.object(vocabulary, "_SECONDS", seconds),
    ):
        yield


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _memory(ground: Ground) -> list[Row]:
    """Of this process, which serves, and of the largest backend that works for it."""
    with psycopg.connect(str(ground.settings.owner_url)) as owner:
        pids = owner.execute("SELECT pid FROM pg_stat_activity WHERE usename = 'saas_app'")
        backend = max(psutil.Process(pid).memory_full_info().uss for (pid,) in pids)
    web = psutil.Process().memory_full_info().uss
    bound = 4 * ground.settings.tenants_per_connection + 50
    return [
        Row(
            "memory of the web process after all, MB",
            f"{web / _MB:.0f}",
            "",
            web / _MB,
            "≤ 400",
            web <= 400 * _MB,
        ),
        Row(
            "memory of its largest backend, MB",
            f"{backend / _MB:.0f}",
            "",
            backend / _MB,
            f"≤ {bound}",
            backend <= bound * _MB,
        ),
    ]


@contextmanager
def _with_revision(ground: Ground) -> Iterator[None]:
    """A tree with one additive revision more than the product's."""
    folder = Path(ground.folder) / "migrations"
    shutil.copytree(MIGRATIONS_DIR, folder)
    file = folder / "tenant" / "versions" / "29991231_2359_measured.py"
    file.write_text(_REVISION.format(head=migrating.head("tenant")))
    with mock.patch.object(migrating, "MIGRATIONS_DIR", folder):
        migrating._scripts.cache_clear()
        yield
    migrating._scripts.cache_clear()


def _take_along(ground: Ground) -> list[Row]:
    engine = migrating.owner_engine(str(ground.settings.owner_url), size=4)
    nothing = _timed(lambda: rollout.upgrade_tenants(engine))
    with _with_revision(ground):
        begun = time.perf_counter()
        outcomes = rollout.upgrade_tenants(engine)
        seconds = time.perf_counter() - begun
    engine.dispose()
    if rollout.failures(outcomes):
        raise SystemExit(f"{len(rollout.failures(outcomes))} did not arrive")
    counted = seconds / len(outcomes) * _ALL
    return [
        Row("an upgrade with nothing to do, ms", "", "", nothing * 1000, "≤ 50", nothing < 0.05),
        Row(
            f"one additive revision: s for {_ALL}, counted up from {len(outcomes)}",
            f"{seconds:.1f} s", "", counted, "≤ 60", counted <= 60,
        ),
    ]  # fmt: skip
