"""What the database refuses, by raw SQL as the role of the district; races; any order of acts."""

from __future__ import annotations

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from threading import Barrier

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from sqlalchemy.exc import DBAPIError

from saas import ledger
from saas.funds import commands, queries
from saas.funds.books import LEDGER
from saas.funds.models import Account, Entry, Gift, Payout, Use
from saas.kernel import clock
from saas.kernel.context import SYSTEM
from saas.kernel.db import scoping, session
from saas.kernel.errors import Conflict, Invalid
from saas.ledger import Short, Transfer
from tests.funds.making import (
    act,
    asked,
    confirmed,
    given_back,
    held,
    inside,
    left,
    posted,
    seated,
    sent,
)
from tests.support import District, bring_up
from tests.thorough import examples

_ENTRY = (
    "INSERT INTO fund_entries (key, kind, book, account_id, other_id, number, before_number,"
    ' before, amount, after, may_overdraw, reverses, reason, "on", at, actor_kind) VALUES'
    " (:key, 'x', :book, :account, :other, :number, :behind, :before, :amount, :after, :over,"
    " :reverses, :reason, current_date, now(), 'system')"
)
_USE = (
    "INSERT INTO fund_gift_uses (gift_id, gift_number, gift_before_number, gift_before,"
    " gift_after, gift_amount, payout_id, payout_number, payout_before_number, payout_before,"
    ' payout_after, amount, purpose_id, free, allowed_id, "on", at) VALUES (:gift, :gn, :gb,'
    " :before, :after, :whole, :payout, :pn, :pb, :pbefore, :pafter, :amount, :purpose, :free,"
    " :allowed, current_date, now())"
)
_POST = (
    "INSERT INTO fund_postings (payout_id, amount, resolution_id, last_number, covered, asked_by,"
    ' checked_by, sent_by, "on", at) VALUES (:payout, :amount, :resolution, :last, :covered,'
    " :a, :b, :c, current_date, now())"
)


def refusal(statement: str, **values: object) -> str:
    """The constraint by which the database refuses it, or what it says; "" where it takes it."""
    try:
        with session.begin_nested():
            session.execute(sa.text(statement), values)
            with scoping(session.connection()):
                session.execute(sa.text("SET CONSTRAINTS ALL IMMEDIATE"))
    except DBAPIError as error:
        told = error.orig.diag  # type: ignore[union-attr]
        return str(told.constraint_name or told.message_primary)
    return ""


def _entries(district: District) -> Callable[..., str]:
    """An entry that would follow, but for what is given."""
    seated(district)
    held(district, "100.00")
    tip = session.scalars(sa.select(Entry).where(Entry.amount > 0)).one()
    spent = commands.account("spent")

    def refused(**wrong: object) -> str:
        amount = wrong.pop("amount", Decimal("-5"))
        values = {
            "key": "raw", "book": "charity", "account": tip.account_id, "other": tip.other_id,
            "number": 2, "behind": 1, "before": tip.after, "amount": amount,
            "after": tip.after + amount, "over": False, "reverses": None, "reason": None,
        }  # fmt: skip
        if wrong.get("other"):
            wrong["other"] = spent if wrong["other"] == "public" else tip.account_id
        return refusal(_ENTRY, **{**values, **wrong})

    return refused


@inside
def test_the_ledger_refuses_every_entry_that_does_not_fit(alpha: District) -> None:
    refused = _entries(alpha)
    table = {
        "ck_fund_entries_overdraft": {"amount": Decimal("-100.01")},
        "fk_fund_entries_chain": {"before": Decimal("900"), "after": Decimal("895")},
        "ck_fund_entries_sum": {"after": Decimal("99")},
        "fk_fund_entries_overdraw": {"over": True, "amount": Decimal("-200")},
        "uq_fund_entries_number": {"number": 1, "behind": None, "before": Decimal(),
                                   "amount": Decimal(1), "after": Decimal(1)},
        "ck_fund_entries_follows": {"number": 7, "behind": 1},
        "ck_fund_entries_two_sides": {"other": "itself"},
        "ck_fund_entries_something": {"amount": Decimal()},
        "fk_fund_entries_other_book": {"other": "public"},
        "fk_fund_entries_book": {"book": "public"},
        "fk_fund_entries_mirror": {},
        "ck_fund_entries_why": {"reverses": "raw", "reason": None},
        "fk_fund_entries_reverses": {"reverses": "nothing", "reason": "x"},
    }  # fmt: skip
    told = {name: refused(**wrong) for name, wrong in table.items()}
    assert told == {name: name for name in table}
    assert "permission denied" in refusal("UPDATE fund_entries SET amount = 1")
    assert "permission denied" in refusal("DELETE FROM fund_entries")


@inside
def test_gifts_uses_and_postings_refuse_what_does_not_fit(alpha: District) -> None:
    seated(alpha)
    gift, other, cash = confirmed(alpha, "100"), confirmed(alpha, "9", "children"), held(alpha, "5")
    payout, done = sent(alpha, "60"), posted(alpha, "30")
    purposes = {code: one.id for code, one in queries.purposes().items()}
    resolution = queries.resolution_of(payout)
    assert resolution is not None

    def use(**wrong: object) -> str:
        values = {
            "gift": gift.id, "gn": 2, "gb": 1, "before": 70, "after": 10, "whole": 100,
            "payout": payout.id, "pn": 1, "pb": None, "pbefore": 0, "pafter": 60, "amount": 60,
            "purpose": purposes["elders"], "free": False, "allowed": purposes["elders"],
        }  # fmt: skip
        return refusal(_USE, **{**values, **wrong})

    def post(**wrong: object) -> str:
        values = {
            "payout": payout.id, "amount": 60, "resolution": resolution.id, "last": 1,
            "covered": 60, "a": payout.asked_by, "b": payout.checked_by, "c": payout.sent_by,
        }  # fmt: skip
        return refusal(_POST, **{**values, **wrong})

    children = {"purpose": purposes["children"], "gift": other.id, "gn": 1, "gb": None, "before": 9,
                "after": 0, "whole": 9, "amount": 9, "pafter": 9}  # fmt: skip
    assert use(before=100, after=40) == "fk_fund_gift_uses_gift_chain"
    assert use(amount=71, after=-1, pafter=71) == "ck_fund_gift_uses_left"
    assert use(**children) == "ck_fund_gift_uses_purpose"
    assert use(**children, allowed=purposes["children"]) == "fk_fund_gift_uses_payout_purpose"
    assert use(**{**children, "purpose": purposes["elders"]}) == "fk_fund_gift_uses_gift_purpose"
    assert use(**children, free=True) == "fk_fund_gift_uses_free"
    assert use(gift=cash.id, gn=1, gb=None, before=5, after=0, whole=5, amount=5, pafter=5) == (
        "fk_fund_gift_uses_confirmed")  # fmt: skip
    assert use(pbefore=10, pafter=70) == "ck_fund_gift_uses_payout_follows"
    assert post() == "fk_fund_postings_cover"  # nothing covers it yet
    assert use() == ""
    assert post(covered=59) == "ck_fund_postings_covered"
    assert post(amount=59, covered=59) == "fk_fund_postings_resolution"
    assert post(resolution=0) == "fk_fund_postings_resolution"
    assert post(b=payout.asked_by) == "ck_fund_postings_three_people"
    assert post(b=alpha.people["resident"]) == "fk_fund_postings_hands"
    assert post(payout=done.id, amount=30, covered=30) != ""
    held_now = "INSERT INTO fund_gift_acts (gift_id, state, before, at) VALUES (:g, :s, :b, now())"
    assert refusal(held_now, g=cash.id, s="confirmed", b="banked") == "fk_fund_gift_acts_before"
    assert refusal(held_now, g=cash.id, s="confirmed", b="held") == "ck_fund_gift_acts_order"
    assert refusal(held_now, g=gift.id, s="banked", b=None) == "uq_fund_gift_acts_state"
    assert refusal("UPDATE fund_payouts SET amount = 1 WHERE id = :p", p=payout.id) == (
        "fk_fund_resolutions_amount")  # fmt: skip
    for table in ("fund_gifts", "fund_gift_uses", "fund_postings", "fund_votes", "fund_gift_acts"):
        assert "permission denied" in refusal(f"DELETE FROM {table}")
        assert "permission denied" in refusal(f"UPDATE {table} SET at = now()")


@inside
def test_a_transfer_is_posted_once_and_taken_back_once(alpha: District) -> None:
    a, b = commands.account("source:1"), commands.account("line:1")
    day = clock.today()

    def move(amount: str, key: str = "k", source: int = a, target: int = b) -> None:
        ledger.post(LEDGER, Transfer(source=source, target=target, amount=Decimal(amount), key=key,
                                     kind="line", on=day), actor=SYSTEM)  # fmt: skip

    move("10")
    move("10")
    assert ledger.balance(LEDGER, "line:1") == 10
    with pytest.raises(Conflict):
        move("11")
    with pytest.raises(Short):
        move("10.01", "back", b, a)
    with pytest.raises(Conflict):
        move("1", "mixed", a, commands.account("transit"))
    ledger.reverse(LEDGER, "k", on=day, reason="falsch", actor=SYSTEM)
    assert ledger.balance(LEDGER, "line:1") == 0
    with pytest.raises(Conflict):
        ledger.reverse(LEDGER, "k", on=day, reason="noch", actor=SYSTEM)
    assert ledger.broken(LEDGER) == []


@pytest.mark.commits
def test_of_eight_who_take_from_one_account_none_is_lost_and_none_doubled(app: Flask) -> None:
    crowded = bring_up(app, "funded")
    with crowded.work():
        source, target = commands.account("source:9"), commands.account("line:9")
        day = clock.today()
        ledger.post(LEDGER, Transfer(source=source, target=target, amount=Decimal("33.20"),
                                     key="begin", kind="line", on=day), actor=SYSTEM)  # fmt: skip
        out = commands.account("spent")
    gate = Barrier(8)

    def rival(number: int) -> int:
        gate.wait()
        taken = 0
        for turn in range(8):
            try:
                with crowded.work():
                    ledger.post(LEDGER, Transfer(
                        source=target, target=out, amount=Decimal("1"), key=f"{number}:{turn}",
                        kind="pay", on=day), actor=SYSTEM)  # fmt: skip
                taken += 1
            except Short:
                pass
        return taken

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(rival, range(8))) == 33
    with crowded.work():
        assert ledger.balance(LEDGER, "line:9") == Decimal("0.20")
        assert ledger.balance(LEDGER, "spent") == 33
        assert ledger.broken(LEDGER) == []
        assert session.scalar(sa.select(sa.func.sum(Entry.amount))) == 0
        assert session.scalar(sa.select(sa.func.count()).select_from(Account)) == 3


class _Fund(RuleBasedStateMachine):
    """Gifts, refunds, payouts in any order while days pass; what is expected is kept beside."""

    district: District

    def __init__(self) -> None:
        super().__init__()
        self.days, self.raised, self.used = 0, Decimal(), Decimal()
        self.history: dict[object, tuple[Decimal, Decimal]] = {}
        self.work = self.district.work()
        self.work.__enter__()
        self.nested = session.begin_nested()
        seated(self.district)

    def teardown(self) -> None:
        self.nested.rollback()
        session.rollback()
        self.work.__exit__(None, None, None)

    def _now(self) -> object:
        return clock.turned(timedelta(days=self.days))

    @rule(fen=st.integers(1, 10_000), purpose=st.sampled_from(["elders", "children", "free"]),
          bank=st.booleans())  # fmt: skip
    def give(self, fen: int, purpose: str, bank: bool) -> None:
        amount = Decimal(fen) / 100
        with self._now():
            (confirmed if bank else held)(self.district, f"{amount:.2f}", purpose)
        self.raised += amount

    @rule(seed=st.integers(0, 10**6))
    def refund(self, seed: int) -> None:
        gifts = session.scalars(sa.select(Gift).order_by(Gift.id)).all()
        if not gifts:
            return
        gift = random.Random(seed).choice(gifts)
        with self._now():
            try:
                commands.refund(gift, reason="x", actor=SYSTEM)
            except Conflict:
                return
        self.raised -= gift.amount

    @rule(seed=st.integers(0, 10**6), more=st.integers(0, 500))
    def give_back(self, seed: int, more: int) -> None:
        """By a resolution: what is left of a gift, or more, which free money pays."""
        gifts = session.scalars(sa.select(Gift).order_by(Gift.id)).all()
        if not gifts:
            return
        gift = random.Random(seed).choice(gifts)
        own = queries.left_of(gift)
        with self._now():
            try:
                given_back(self.district, gift, f"{own + Decimal(more) / 100:.2f}")
            except (Conflict, Invalid):
                return
        self.raised -= own
        self.used += Decimal(more) / 100

    @rule(fen=st.integers(1, 8_000), purpose=st.sampled_from(["elders", "free"]))
    def pay(self, fen: int, purpose: str) -> None:
        amount = Decimal(fen) / 100
        with self._now():
            payout = sent(self.district, f"{amount:.2f}", purpose)
            try:
                act(self.district, payout, "post", "street")
            except Conflict:
                return
        self.used += amount

    @precondition(lambda self: self.days < 60)
    @rule(days=st.integers(1, 9))
    def pass_time(self, days: int) -> None:
        with self._now():
            self.history[clock.today()] = self.raised, self.used
        self.days += days

    @invariant()
    def the_page_says_the_sum_of_entries_on_any_day(self) -> None:
        money = queries.money()
        assert (money.raised, money.used, money.check) == (self.raised, self.used, 0)
        for day, (raised, used) in self.history.items():
            then = queries.money(day)  # type: ignore[arg-type]
            assert (then.raised, then.used, then.check) == (raised, used, 0)
        assert ledger.broken(LEDGER) == []
        used = Use.payout_id.is_not(None), Use.back != Use.gift_id
        lots = session.scalar(sa.select(sa.func.sum(Use.amount)).where(*used))
        assert (lots or 0) == self.used
        paid = queries.payouts(Payout.state == "posted")
        own = sum(queries.own_parts([one.id for one in paid]).values())
        assert sum(one.amount for one in paid) - own == self.used


def test_totals_are_the_sum_of_entries_on_any_day(alpha: District) -> None:
    machine = type("Fund", (_Fund,), {"district": alpha})
    case = machine.TestCase
    case.settings = settings(
        max_examples=examples(8, thorough=60), stateful_step_count=12, deadline=None,
        suppress_health_check=[*HealthCheck],
    )  # fmt: skip
    case().runTest()


@inside
def test_what_is_asked_for_is_no_money_yet(alpha: District) -> None:
    confirmed(alpha, "10")
    asked(alpha, "10")
    assert left() == 10
