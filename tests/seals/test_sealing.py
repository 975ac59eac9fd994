"""One changed row names its seal, whoever changed it; nobody who writes late is missed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import given
from hypothesis import strategies as some

from saas.accounts.books import AUDIT_BOOK
from saas.kernel import audit, writers
from saas.kernel.context import SYSTEM, entering
from saas.kernel.db import session
from saas.kernel.errors import Conflict
from saas.kernel.unit_of_work import reading
from saas.kernel.writers import Busy
from saas.seals import queries, rules
from saas.seals.verify import Kept
from tests.seals.conftest import faults, look, seal, write
from tests.support import District

pytestmark = pytest.mark.commits


def test_what_is_there_is_sealed_once_and_what_comes_later_waits(district: District) -> None:
    assert seal(district) > 10
    assert seal(district) == 0
    write(district, 3)
    report = look(district)
    assert (faults(report), report.open_rows) == ([], 3)
    assert seal(district) == 3
    assert (look(district).open_rows, faults(look(district))) == (0, [])


@contextmanager
def _slowly(district: District) -> Iterator[Callable[[], None]]:
    """Somebody whose unit of work has recorded a deed and is not over; call to end it."""
    recorded, end = threading.Event(), threading.Event()

    def work() -> None:
        with district.work():
            audit.record("tests.mark", "tests", 1, actor=SYSTEM)
            session.flush()
            recorded.set()
            assert end.wait(20)

    thread = threading.Thread(target=work)
    thread.start()
    assert recorded.wait(20)

    def finish() -> None:
        end.set()
        thread.join()

    try:
        yield finish
    finally:
        finish()


def _highest(district: District) -> int:
    with district.app.test_request_context(), entering(district.tenant), reading():
        return queries.highest(AUDIT_BOOK)


def test_without_the_lock_a_row_that_is_stored_late_would_be_missed(
    district: District, owner: psycopg.Connection
) -> None:
    query = "SELECT count(*) FROM audit_entries WHERE id <= %s"
    with _slowly(district) as finish:
        write(district)
        highest = _highest(district)
        before = owner.execute(query, (highest,)).fetchone()
        finish()
    after = owner.execute(query, (highest,)).fetchone()
    assert before is not None
    assert after == (before[0] + 1,)


def test_nobody_is_sealed_over_while_somebody_writes_and_everybody_after(
    district: District,
) -> None:
    seal(district)
    with _slowly(district) as finish:
        write(district)
        with pytest.raises(Busy):
            seal(district)
        finish()
    assert seal(district) == 2
    assert faults(look(district)) == []


def test_who_waits_to_seal_lets_writers_past_within_a_second(district: District) -> None:
    longest = 0.0
    with _slowly(district) as finish:
        sealer = threading.Thread(target=lambda: _ignoring_busy(district))
        sealer.start()
        while sealer.is_alive():
            began = time.monotonic()
            write(district)
            longest = max(longest, time.monotonic() - began)
        finish()
    assert longest < max(writers.PATIENCE) / 1000 + 1.0
    seal(district)
    assert faults(look(district)) == []


def _ignoring_busy(district: District) -> None:
    with pytest.raises(Busy):
        seal(district)


def test_sealed_again_and_again_while_many_write_nothing_is_missed_and_nothing_is_twice(
    district: District,
) -> None:
    seal(district)
    threads = [threading.Thread(target=write, args=(district, 25)) for _ in range(4)]
    for thread in threads:
        thread.start()
    sealed = 0
    while any(thread.is_alive() for thread in threads):
        try:
            sealed += seal(district)
        except Busy:
            continue
    for thread in threads:
        thread.join()
    sealed += seal(district)
    report = look(district)
    assert (sealed, report.open_rows, faults(report)) == (100, 0, [])


def test_two_who_seal_at_once_make_one_chain(district: District) -> None:
    write(district, 5)
    threads = [threading.Thread(target=seal, args=(district,)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (faults(look(district)), look(district).open_rows) == ([], 0)


def test_a_deed_outside_of_a_unit_of_work_joins_the_writers_too(district: District) -> None:
    seal(district)  # what is there from bringing it up, if no other test has
    with district.app.test_request_context(), entering(district.tenant):
        audit.record("tests.mark", "tests", 1, actor=SYSTEM)
        session.flush()
        with pytest.raises(Busy):
            _in_a_thread(lambda: seal(district))
        session.commit()
    assert seal(district) == 1


def _in_a_thread(work: Callable[[], object]) -> None:
    raised: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except BaseException as error:  # noqa: BLE001 - raised where it is waited for
            raised.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if raised:
        raise raised[0]


def test_a_unit_of_work_joins_the_writers_without_a_statement_of_its_own(
    district: District,
) -> None:
    sent: list[str] = []
    with district.work():
        engine = session.connection().engine

        def hear(_: Any, __: Any, statement: str, *___: Any) -> None:
            sent.append(statement)

        sa.event.listen(engine, "before_cursor_execute", hear)
        try:
            audit.record("tests.mark", "tests", 1, actor=SYSTEM)
            session.flush()
        finally:
            sa.event.remove(engine, "before_cursor_execute", hear)
    assert [one.partition(" ")[0] for one in sent] == ["INSERT"]


@pytest.fixture(scope="module")
def chain(district: District, app: Flask) -> list[tuple[int, int, int]]:
    """Four seals of five rows each at the end of the chain: number, first and last id. Before each
    row there is an id that was given out and not used.
    """
    seal(district)
    made = []
    for number in range(20):
        with suppress(Conflict), district.work():
            audit.record("tests.mark", "tests", 0, actor=SYSTEM)
            session.flush()
            raise Conflict
        write(district, note="一句话", price=1.5)
        if number % 5 == 4:
            seal(district)
    with app.test_request_context(), entering(district.tenant), reading():
        for one in queries.recent("audit", 4):
            made.append((one.number, one.after_id + 1, one.last_id))
    return sorted(made)


_CHANGES = {
    "at": "at = at + interval '1 microsecond'",
    "actor_kind": "actor_kind = 'person'",
    "actor_id": "actor_id = 0",
    "actor_name": "actor_name = actor_name || ' '",
    "action": "action = upper(action)",
    "thing": "thing = ''",
    "thing_id": "thing_id = NULL",
    "unit_path": "unit_path = ''",
    "facts": "facts = jsonb_set(facts, '{price}', '1.50')",
    "facts deep": "facts = facts || '{\"more\": null}'",
    "emptied": "facts = '{}'",
    "moved": "at = 'infinity'",
}


@given(
    which=some.integers(0, 3),
    row=some.integers(0, 4),
    how=some.sampled_from([*_CHANGES, "taken out", "slipped in"]),
)
def test_any_one_row_that_is_changed_taken_out_or_slipped_in_is_named_at_its_seal(
    district: District, owner: psycopg.Connection, chain: list[tuple[int, int, int]],
    which: int, row: int, how: str,
) -> None:  # fmt: skip
    number, first, last = chain[which]
    query = "SELECT id FROM audit_entries WHERE id BETWEEN %s AND %s ORDER BY id"
    ids = [one for (one,) in owner.execute(query, (first, last))]
    with _undone(owner, ids):
        if how == "taken out":
            owner.execute("DELETE FROM audit_entries WHERE id = %s", (ids[row],))
        elif how == "slipped in":
            owner.execute(
                "INSERT INTO audit_entries (id, at, actor_kind, actor_name, action, thing, facts)"
                " VALUES (%s, now(), 'system', '', 'x', 'x', '{}')",
                (ids[row] - 1,),
            )
        else:
            change = _CHANGES[how]
            owner.execute(f"UPDATE audit_entries SET {change} WHERE id = %s", (ids[row],))
        found = faults(look(district))
    what = {"taken out": "missing", "slipped in": "added"}.get(how, "changed")
    assert found == [(number, what)]
    assert faults(look(district)) == []


@contextmanager
def _undone(owner: psycopg.Connection, ids: list[int]) -> Iterator[None]:
    """Whatever is done to these rows, afterwards they are as before."""
    owner.execute(
        "CREATE TEMP TABLE kept AS SELECT * FROM audit_entries WHERE id = ANY(%s)", (ids,)
    )
    try:
        yield
    finally:
        reach = ids[0] - 1, ids[-1]
        owner.execute("DELETE FROM audit_entries WHERE id BETWEEN %s AND %s", reach)
        owner.execute("INSERT INTO audit_entries OVERRIDING SYSTEM VALUE SELECT * FROM kept")
        owner.execute("DROP TABLE kept")


def test_a_seal_that_was_changed_is_named(
    district: District, owner: psycopg.Connection, chain: list[tuple[int, int, int]]
) -> None:
    number, _, _ = chain[3]
    for column, value in (("sealed_at", "sealed_at - interval '1 hour'"), ("rows", "rows + 1")):
        kept = owner.execute(f"SELECT {column} FROM seals WHERE number = %s", (number,)).fetchone()
        assert kept is not None
        owner.execute(f"UPDATE seals SET {column} = {value} WHERE number = %s", (number,))
        found = faults(look(district))
        owner.execute(f"UPDATE seals SET {column} = %s WHERE number = %s", (kept[0], number))
        assert found == [(number, "seal")]


def test_a_chain_cannot_fork_and_a_district_cannot_change_its_seals(
    district: District, owner: psycopg.Connection, chain: list[tuple[int, int, int]]
) -> None:
    columns = "book, number, before, after_id, last_id, rows, width, sealed_at, digest, prev, root"
    for forked in ("number", "number + 1"):
        changed = columns.replace("number, before", f"{forked}, before").replace("root", "digest")
        with pytest.raises(psycopg.errors.IntegrityError):
            owner.execute(
                f"INSERT INTO seals ({columns}) SELECT {changed} FROM seals"
                f" WHERE number = {chain[2][0]}"
            )
    for statement in ("UPDATE seals SET rows = 1", "DELETE FROM seals"):
        with pytest.raises(sa.exc.ProgrammingError), district.work():
            session.execute(sa.text(statement))


def test_who_makes_all_seals_anew_is_found_by_the_root_that_was_kept_elsewhere(
    district: District, owner: psycopg.Connection, chain: list[tuple[int, int, int]]
) -> None:
    report = look(district)
    kept = Kept("audit", report.seals, report.root)
    lost = Kept("audit", report.seals + 1, "0" * 64)
    assert faults(look(district, (kept,))) == []
    assert faults(look(district, (kept, lost))) == [(report.seals + 1, "gone")]
    owner.execute("UPDATE audit_entries SET actor_name = '别人' WHERE id = %s", (chain[0][1],))
    owner.execute("DELETE FROM seals")
    for _ in range(2):
        seal(district)
    forged = look(district)
    assert faults(forged) == [], "the forger made a chain that is sound in itself"
    kept_first = Kept("audit", 1, "0" * 64)
    assert faults(look(district, (kept,))) == [(kept.number, "gone")]
    assert faults(look(district, (kept_first,))) == [(1, "anchor")]


def test_a_first_seal_over_very_much_is_cut_into_several(
    district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    seal(district)
    before = look(district).seals
    monkeypatch.setattr(rules, "MOST", 4)
    write(district, 10)
    assert seal(district) == 10
    report = look(district)
    assert (report.seals - before, faults(report)) == (3, [])
