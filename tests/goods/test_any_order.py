"""Any order of coming in, giving out, writing off, counting, voiding: what lies there adds up."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from saas.goods import queries
from saas.goods.models import Goods
from saas.kernel.db import session
from saas.kernel.errors import Conflict, Invalid
from tests.goods.making import answered, asked, came, counted, given, left, voided
from tests.support import District
from tests.thorough import examples

_FEW = st.integers(1, 6)
_NTH = st.integers(0, 3)


class _AnyOrder(RuleBasedStateMachine):
    """What keepers do with goods, and what must lie there afterwards by a plain sum."""

    district: District

    def __init__(self) -> None:
        super().__init__()
        self.work = self.district.work()
        self.work.__enter__()
        self.nested = session.begin_nested()
        self.goods: list[Goods] = []
        self.lies: dict[int, int] = {}
        self.out: dict[int, int] = {}
        self.over: set[int] = set()

    def teardown(self) -> None:
        self.nested.rollback()
        session.rollback()
        self.work.__exit__(None, None, None)

    def _one(self, nth: int) -> Goods:
        return self.goods[nth % len(self.goods)]

    def _tried(self, goods: Goods, do: Any, lies: int, *, allowed: bool, out: int = 0) -> None:
        try:
            do()
        except (Conflict, Invalid):
            assert not allowed or goods.id in self.over
        else:
            assert allowed
            assert goods.id not in self.over
            self.lies[goods.id], self.out[goods.id] = lies, self.out[goods.id] + out

    @rule(quantity=_FEW)
    def come(self, quantity: int) -> None:
        goods = came(self.district, quantity)
        self.goods.append(goods)
        self.lies[goods.id], self.out[goods.id] = quantity, 0

    @precondition(lambda self: self.goods)
    @rule(nth=_NTH, quantity=_FEW)
    def give(self, nth: int, quantity: int) -> None:
        goods = self._one(nth)
        left = self.lies[goods.id] - quantity
        self._tried(goods, lambda: given(self.district, goods, quantity), left,
                    allowed=left >= 0, out=quantity)  # fmt: skip

    @precondition(lambda self: self.goods)
    @rule(nth=_NTH, quantity=_FEW)
    def ask(self, nth: int, quantity: int) -> None:
        goods = self._one(nth)
        there = self.lies[goods.id]
        self._tried(goods, lambda: asked(self.district, goods, quantity), there,
                    allowed=quantity <= there)  # fmt: skip

    @precondition(lambda self: self.goods)
    @rule(nth=_NTH, who=st.sampled_from(("keeper", "street")), confirm=st.booleans())
    def answer(self, nth: int, who: str, confirm: bool) -> None:
        goods = self._one(nth)
        for one in queries.asked(goods)[:1]:
            there = self.lies[goods.id]
            left = there - one.quantity if confirm else there
            same = self.district.people[who] == one.by_id
            self._tried(goods, lambda one=one: answered(
                self.district, goods, one, who, confirm=confirm, words_="x"), left,
                allowed=not confirm or (left >= 0 and not same))  # fmt: skip

    @precondition(lambda self: self.goods)
    @rule(nth=_NTH, found=st.integers(0, 9))
    def count(self, nth: int, found: int) -> None:
        goods = self._one(nth)
        there = max(found, self.lies[goods.id])  # what is missing waits for a second person
        self._tried(goods, lambda: counted(self.district, goods, found), there, allowed=True)

    @precondition(lambda self: self.goods)
    @rule(nth=_NTH)
    def void(self, nth: int) -> None:
        goods = self._one(nth)
        clean = not self.out[goods.id]
        self._tried(goods, lambda: voided(self.district, goods), 0, allowed=clean)
        if clean:
            self.over.add(goods.id)

    @invariant()
    def everything_adds_up(self) -> None:
        for goods in self.goods:
            assert left(goods) == self.lies[goods.id] >= 0
            assert queries.tips([goods.id])[goods.id].given_after == self.out[goods.id]
        totals = queries.totals()
        assert not [one for one in totals if one.check]
        assert sum(one.left for one in totals) == sum(self.lies.values())
        assert sum(one.out for one in totals) == sum(self.out.values())


def test_whatever_happens_to_goods_the_balance_is_the_sum_and_never_below_nothing(
    alpha: District,
) -> None:
    _AnyOrder.district = alpha
    machine = _AnyOrder.TestCase
    machine.settings = settings(
        max_examples=examples(8, thorough=80), stateful_step_count=20, deadline=None,
        suppress_health_check=[*HealthCheck],
    )  # fmt: skip
    machine().runTest()
