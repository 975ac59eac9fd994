"""Any order of reading, matching, taking back: book and bank differ by what is open."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import sqlalchemy as sa
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from saas.kernel.db import session
from saas.kernel.errors import Conflict, Invalid
from saas.statements import commands, queries, rules
from saas.statements.models import Act, Month
from saas.statements.rules import BankLine, Thing
from tests.funds.making import given
from tests.statements.making import JUNE, banked, by_bank, left, line, read
from tests.support import District
from tests.thorough import examples

_FEN = st.integers(1, 9).map(lambda n: Decimal(n * 100))


def test_proposals_are_sure_only_where_nothing_else_could_be() -> None:
    class One:
        def __init__(self, key: int, amount: str, reference: str = "") -> None:
            self.id, self.amount, self.on = key, Decimal(amount), JUNE
            self.reference = reference

    def thing(key: str, amount: str, called: str = "", days: int = 0) -> Thing:
        day = JUNE + timedelta(days=days)
        return Thing(key, "gift", key, Decimal(amount), day, day, called)

    lines = [One(1, "5"), One(2, "5"), One(3, "7", "S"), One(4, "9"), One(5, "8")]
    things = [thing("a", "5"), thing("b", "7", "S", 20), thing("c", "7"), thing("d", "9", days=4),
              thing("e", "8", days=3)]  # fmt: skip
    found = rules.proposals(lines, things, 3)
    assert [[(one.thing.thing, one.sure) for one in found[key]] for key in range(1, 6)] == [
        [("a", False)], [("a", False)], [("b", True)], [], [("e", True)],
    ]  # fmt: skip


class _AnyOrder(RuleBasedStateMachine):
    """What the desk does with statements, in whatever order."""

    district: District

    def __init__(self) -> None:
        super().__init__()
        self.work = self.district.work()
        self.work.__enter__()
        self.nested = session.begin_nested()
        self.street, self.number = self.district.actor("street"), 0

    def teardown(self) -> None:
        self.nested.rollback()
        session.rollback()
        self.work.__exit__(None, None, None)

    def _newest(self) -> Month | None:
        return queries.last_month()

    def _month(self) -> Month:
        month = self._newest()
        assert month is not None
        return month

    @rule(amount=_FEN, day=st.integers(1, 28))
    def give(self, amount: Decimal, day: int) -> None:
        by_bank(self.district, str(amount), day)

    @rule(amounts=st.lists(_FEN, min_size=1, max_size=3), day=st.integers(1, 28))
    def bank(self, amounts: list[Decimal], day: int) -> None:
        self.number += 1
        banked(self.district, f"S{self.number}", *map(str, amounts), day=day)

    @rule(amounts=st.lists(_FEN, max_size=4), wrong=st.booleans())
    def read(self, amounts: list[Decimal], wrong: bool) -> None:
        last = self._newest()
        month = rules.next_month(last.month) if last else JUNE
        if month > date(2026, 9, 1):
            return
        opening = last.closing if last else Decimal()
        told = [(day, str(amount), "") for day, amount in enumerate(amounts, 1)]
        if wrong:
            before = session.scalar(sa.select(sa.func.count()).select_from(Month))
            bad = BankLine(on=month, amount=Decimal(1), after=opening + 2)
            try:
                commands.take_in(month, [bad], opening=opening, closing=opening + 1,
                                 actor=self.street)  # fmt: skip
            except Invalid:
                assert session.scalar(sa.select(sa.func.count()).select_from(Month)) == before
                return
            raise AssertionError
        read(self.district, *told, month=month, opening=str(opening))

    @precondition(lambda self: self._newest())
    @rule()
    def take_what_is_sure(self) -> None:
        commands.match_sure(self._month(), actor=self.street)

    @precondition(lambda self: self._newest())
    @rule()
    def wait(self) -> None:
        month = self._month()
        there = [one.thing for one in queries.on_way(month)]
        try:
            commands.wait(month, things=there, words_="x", actor=self.street)
        except Conflict:
            assert {*there} <= queries.waits_of(month).keys()

    @precondition(lambda self: self._newest() and self._newest().lines)
    @rule(data=st.data(), kind=st.sampled_from(("thing", "other", "gift", "back")))
    def say(self, data: st.DataObject, kind: str) -> None:
        month, things = self._month(), queries.things()
        one = line(month, data.draw(st.integers(1, month.lines)))
        told = bool(queries.matches([one.id]))
        try:
            if kind == "thing" and things:
                thing = data.draw(st.sampled_from(things))
                commands.match(one, month, thing=thing.thing, actor=self.street)
                assert thing.amount == one.amount
            elif kind == "other":
                commands.match(one, month, kind="other", note="?", actor=self.street)
            elif kind == "gift":
                commands.import_gift(one, month, self.district.unit("street"), given("1"),
                                     actor=self.street)  # fmt: skip
            elif kind == "back":
                commands.take_back(one, month, reason="x", actor=self.street)
                assert told
        except Invalid:
            assert kind == "thing"
        except Conflict:
            assert told == (kind != "back")

    @invariant()
    def book_and_bank_differ_by_what_is_open(self) -> None:
        open_sum, newest = Decimal(), self._newest()
        for month in queries.months():
            lines = queries.lines_of(month)
            matches = queries.matches([one.id for one in lines])
            open_sum += sum((one.amount for one in lines if one.id not in matches), Decimal())
            assert queries.explained([month.month]).get(month.month, 0) == len(matches)
        assert newest is None or queries.standing(newest).left == open_sum

    @invariant()
    def every_line_and_every_thing_is_explained_at_most_once(self) -> None:
        said = Counter[str]()
        for act in session.scalars(sa.select(Act).where(Act.thing_number.is_not(None))):
            said[str(act.thing)] += 1 if act.verb == "match" else -1
        assert set(said.values()) <= {0, 1}
        assert not {one for one, number in said.items() if number} & left()


def test_any_order_of_acts_keeps_book_and_bank_apart_by_what_is_open(alpha: District) -> None:
    case = type("Statements", (_AnyOrder,), {"district": alpha}).TestCase
    case.settings = settings(
        max_examples=examples(5, thorough=100), stateful_step_count=12, deadline=None,
        suppress_health_check=[*HealthCheck],
    )  # fmt: skip
    case().runTest()
