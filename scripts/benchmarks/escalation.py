"""Deadlines that come due together over many districts, and what one costs as a district grows.

Every deadline is due in the same minute: the worst case, in which the last one waits for all the
others. ``BENCH_DISTRICTS`` and ``BENCH_DEADLINES`` make it smaller than the 500 and 100,000.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import Any

import psycopg
from psycopg import sql

from saas import casework
from saas.demands import commands, queries
from saas.demands.case.rules import CLOCK_JOB
from saas.kernel import clock
from saas.kernel.db import session
from scripts.benchmarks.ground import Ground, Row
from scripts.benchmarks.many import plant
from tests.demands.working import file
from tests.support import District, bring_up

_DISTRICTS = int(os.environ.get("BENCH_DISTRICTS", 500))
_DEADLINES = int(os.environ.get("BENCH_DEADLINES", 100_000))
_WORKERS = (1, 2, 4)
_SIZES = (1_000, 10_000, 100_000, 1_000_000)
_FLAT = 1.5


def measure(ground: Ground) -> list[Row]:
    """Escalations a second and lateness by number of workers, then cost by size of a district."""
    return [*_together(ground), *_growing(ground)]


def _together(ground: Ground) -> list[Row]:
    districts = [bring_up(ground.app, f"many{n}") for n in range(_DISTRICTS)]
    each = _DEADLINES // _DISTRICTS
    return [
        _with_workers(ground, districts, each, round_, workers)
        for round_, workers in enumerate(_WORKERS)
    ]


def _with_workers(
    ground: Ground, districts: list[District], each: int, round_: int, workers: int
) -> Row:
    """All deadlines of this round fall due at one moment, with so many workers."""
    owner_url = str(ground.settings.owner_url)
    due = datetime.now(UTC) - timedelta(seconds=1)
    for district in districts:
        plant(owner_url, district.tenant.schema, each, due=due, serial=round_ * each)
        _queue_tick(ground, district)
    begun = datetime.now(UTC)
    seconds = _run_workers(ground, workers, each * len(districts))
    late = sorted(_lateness(owner_url, districts, begun))
    climbed = len(late)
    if climbed != each * len(districts):
        raise SystemExit(f"{climbed} of {each * len(districts)} climbed")
    p99 = late[int(climbed * 0.99)]
    rate = climbed / seconds
    return Row(
        f"{climbed} deadlines over {len(districts)} districts, {workers} worker(s): a second",
        f"p99 {p99:.0f} s",
        f"{seconds:.0f} s",
        rate,
        "measured",
        True,
    )


def _queue_tick(ground: Ground, district: District) -> None:
    """What `alarms.set_alarm` does for a moment that has passed."""
    with district.work():
        casework.set_alarm(CLOCK_JOB, clock.now() - timedelta(seconds=1))


def _run_workers(ground: Ground, number: int, expected: int) -> float:
    begun = time.perf_counter()
    workers = [
        subprocess.Popen(
            [sys.executable, "-m", "saas", "worker"], env=_environment(ground), stderr=_log(ground)
        )
        for _ in range(number)
    ]
    try:
        while _waiting(ground) > 0:
            time.sleep(0.5)
        return time.perf_counter() - begun
    finally:
        for worker in workers:
            worker.terminate()
        for worker in workers:
            worker.wait(timeout=60)


def _log(ground: Ground) -> Any:
    return (ground.folder / "workers.log").open("ab")


def _environment(ground: Ground) -> dict[str, str]:
    settings = ground.settings
    return {
        **{key: value for key, value in os.environ.items() if not key.startswith("SAAS_")},
        "SAAS_DATABASE_URL": settings.database_url,
        "SAAS_OWNER_URL": str(settings.owner_url),
        "SAAS_SECRET_KEY": settings.secret_key,
        "SAAS_MASTER_KEY": settings.master_key,
        "SAAS_DATA_DIR": str(settings.data_dir),
    }


def _waiting(ground: Ground) -> int:
    """Alarms that are due and not done yet."""
    with psycopg.connect(str(ground.settings.owner_url)) as owner:
        row = owner.execute(
            "SELECT count(*) FROM jobs.procrastinate_jobs WHERE status IN ('todo', 'doing')"
            " AND task_name = 'demands.tick' AND coalesce(scheduled_at, now()) <= now()"
        ).fetchone()
        return int(row[0]) if row else 0


def _lateness(owner_url: str, districts: list[District], begun: datetime) -> list[float]:
    """For each demand that climbed since ``begun``: seconds after the moment it was due."""
    late: list[float] = []
    with psycopg.connect(owner_url) as owner:
        for district in districts:
            query = sql.SQL(
                "SELECT extract(epoch FROM at - %s) FROM {}.custody"
                " WHERE verb IN ('climb', 'overdue') AND at >= %s"
            ).format(sql.Identifier(district.tenant.schema))
            late += [float(row[0]) for row in owner.execute(query, (begun, begun))]
    return late


def _growing(ground: Ground) -> list[Row]:
    """File, list and pass up by deadline in one district of growing size."""
    district, have, rows = bring_up(ground.app, "growing"), 0, []
    first: dict[str, float] = {}
    for size in _SIZES:
        due = datetime.now(UTC) + timedelta(days=2)
        owner_url = str(ground.settings.owner_url)
        living = 0 if have else 50  # open work does not grow with the years, what is done does
        plant(owner_url, district.tenant.schema, size - have, due=due, living=living, serial=have)
        have = size
        for what, cost in _costs(district).items():
            ratio = cost / first.setdefault(what, cost)
            rows.append(
                Row(
                    f"{what} in a district of {size:,} demands / of {_SIZES[0]:,}",
                    f"{cost:.1f} ms",
                    f"{first[what]:.1f} ms",
                    ratio,
                    f"≤ {_FLAT}",
                    ratio <= _FLAT,
                )
            )
    return rows


def _costs(district: District) -> dict[str, float]:
    """Median milliseconds of each thing, done a few times and undone."""
    return {
        "filing": _median(district, lambda: file(district)),
        "a list page": _median(
            district, lambda: queries.list_demands("mine", actor=district.actor("courtyard"))
        ),
        "passing up by deadline": _median(district, lambda: _climb(district)),
    }


def _climb(district: District) -> None:
    with clock.turned(timedelta(days=-30)):
        file(district)
    session.flush()
    commands.ring(limit=1)


def _median(district: District, work: Any, times: int = 15) -> float:
    taken = []
    for _ in range(times + 3):
        begun = time.perf_counter()
        try:
            with district.work():
                work()
                session.flush()
                raise _Undone
        except _Undone:
            taken.append((time.perf_counter() - begun) * 1000)
    return median(taken[3:])


class _Undone(Exception):
    """Nothing that is measured stays."""
