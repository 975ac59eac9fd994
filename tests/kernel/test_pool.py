"""A district is served by the connection that knows it, so that none has to know all."""

from __future__ import annotations

import threading
from collections import defaultdict
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from saas.kernel.context import Tenant, entering
from saas.kernel.pool import VISITED, pool_with_room_for

_ROOM, _SIZE = 3, 4


class _Raw:
    """A connection that has nothing to do."""

    def __init__(self, number: int) -> None:
        self.number = number

    def rollback(self) -> None: ...

    def close(self) -> None: ...


def _pool(size: int = _SIZE) -> Any:
    numbers = iter(range(100))
    return pool_with_room_for(_ROOM)(
        lambda: _Raw(next(numbers)),  # type: ignore[arg-type,return-value]
        pool_size=size,
        max_overflow=0,
        timeout=0.01,
    )


def _take(pool: Any, district: int) -> Any:
    """A connection out of the pool, for a district that it knows from now on."""
    tenant = Tenant(district, f"d{district}", f"t_{district}", {}, "trial", "active")
    with entering(tenant):
        taken = pool.connect()
        taken.info.setdefault(VISITED, set()).add(tenant.key)
    return taken


def _visit(pool: Any, district: int) -> int:
    taken = _take(pool, district)
    number: int = taken.dbapi_connection.number
    taken.close()
    return number


@given(st.lists(st.integers(0, 20), max_size=60))
def test_whoever_was_served_is_served_by_the_same_and_none_learns_all(visits: list[int]) -> None:
    pool, served = _pool(), defaultdict[int, set[int]](set)
    for district in visits:
        served[district].add(_visit(pool, district))
    assert all(len(numbers) == 1 for numbers in served.values())
    knows = defaultdict[int, int](int)
    for numbers in served.values():
        for number in numbers:
            knows[number] += 1
    assert len(knows) <= _SIZE
    full = _ROOM * _SIZE
    most = _ROOM if len(served) <= full else -(-len(served) // _SIZE)
    assert max(knows.values(), default=0) <= most


def test_who_knows_the_district_is_preferred_to_who_came_back_last() -> None:
    pool = _pool()
    first, second = _take(pool, 1), _take(pool, 2)
    second.close()
    first.close()
    assert [_visit(pool, district) for district in (2, 1, 2, 1)] == [1, 0, 1, 0]


def test_while_all_are_at_work_one_more_is_made_and_no_more_than_there_may_be() -> None:
    pool = _pool(size=2)
    taken = [_take(pool, 1), _take(pool, 1)]
    assert [one.dbapi_connection.number for one in taken] == [0, 1]
    threading.Timer(0.05, taken[0].close).start()
    pool._timeout = 5
    assert _visit(pool, 7) == 0, "it waits for one that comes back"
    taken[1].close()


def test_a_full_pool_teaches_who_knows_fewest() -> None:
    pool = _pool(size=2)
    for district in range(5):
        _visit(pool, district)
    assert _visit(pool, 5) == 1
    assert _visit(pool, 6) in {0, 1}


def test_nothing_stays_open_when_the_pool_is_let_go() -> None:
    closed: list[int] = []

    class Noted(_Raw):
        def close(self) -> None:
            closed.append(self.number)

    numbers = iter(range(100))
    pool: Any = pool_with_room_for(_ROOM)(
        lambda: Noted(next(numbers)),  # type: ignore[arg-type,return-value]
        pool_size=2,
        max_overflow=0,
    )
    for district in range(8):
        _visit(pool, district)
    pool.dispose()
    assert sorted(closed) == [0, 1]
