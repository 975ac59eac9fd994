"""What scoping costs a transaction: the same read with and without it, in turn."""

from __future__ import annotations

import time
from statistics import median

import sqlalchemy as sa
from sqlalchemy.orm import Session

from saas.kernel.context import entering
from saas.kernel.db import session
from saas.settings import sqlalchemy_url
from saas.territory.queries import Unit
from scripts.benchmarks.ground import Ground, Row

_AIM, _ROUNDS, _TIMES = 0.5, 9, 300
_READ = sa.select(Unit.path).where(Unit.id == 1)


def measure(ground: Ground) -> list[Row]:
    """Milliseconds a transaction, ours minus plain."""
    tenant, url = ground.district.tenant, ground.settings.owner_url or ""
    joint = "&" if "?" in url else "?"
    path = f"{joint}options=-csearch_path%3D{tenant.schema}"
    plain_engine = sa.create_engine(sqlalchemy_url(url + path), pool_pre_ping=True)
    pairs = []
    with ground.app.app_context(), entering(tenant):
        for _ in range(_ROUNDS + 1):
            pairs.append((_scoped(), _plain(plain_engine)))
    plain_engine.dispose()
    pairs = pairs[1:]
    ours, plain = (median(times) for times in zip(*pairs, strict=True))
    cost = median(a - b for a, b in pairs)
    shown = f"{ours:.2f} ms", f"{plain:.2f} ms"
    name = "tenancy's cost of a transaction, in ms"
    return [Row(name, *shown, cost, "≤ 0.5", cost <= _AIM)]


def _scoped() -> float:
    begun = time.perf_counter()
    for _ in range(_TIMES):
        session.execute(_READ).one()
        session.rollback()
    return (time.perf_counter() - begun) / _TIMES * 1000


def _plain(engine: sa.Engine) -> float:
    begun = time.perf_counter()
    with Session(engine) as plain:
        for _ in range(_TIMES):
            plain.execute(_READ).one()
            plain.rollback()
    return (time.perf_counter() - begun) / _TIMES * 1000
