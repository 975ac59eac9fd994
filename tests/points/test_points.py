"""Points are earned once by what another wrote down, and go as they came."""

from __future__ import annotations

import inspect
import threading
from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from saas import ledger
from saas.activities.models import Session, SignUp
from saas.attendance import commands as attendance
from saas.attendance.commands import Came
from saas.attendance.models import Mark
from saas.kernel import clock
from saas.kernel.context import SYSTEM, entering
from saas.kernel.db import session
from saas.kernel.errors import Conflict, Invalid, NotFound
from saas.kernel.unit_of_work import unit_of_work
from saas.notices.models import Notice
from saas.points import commands, pages, queries, rules
from saas.points.books import LEDGER
from saas.points.models import Account, Badge, Grant, Handed, Reward, Term
from saas.territory import commands as territory
from saas.volunteers import commands as volunteers
from tests.activities.making import act, actor_of, scene, signed
from tests.attendance.making import back, begun, came, key, soon
from tests.bookings.test_api import token
from tests.places.making import merchant
from tests.support import District, bring_up
from tests.volunteers.making import shift, taken, verified

_NUMBERS = {"per_visit": 2, "per_hour": 10, "most_a_day": 40, "valid_days": 365, "notice_days": 30}


def rules_in(_district: District, **numbers: int) -> None:
    """The rules of the points, instead of those of the package."""
    session.execute(sa.delete(Term))
    session.execute(sa.delete(Badge))
    for place, (code, number) in enumerate((_NUMBERS | numbers).items()):
        session.add(Term(code=code, number=number, source={"zh": "试"}, dated="2026-01-01",
                         position=place))  # fmt: skip
    session.flush()


def joined(district: District, who: str = "resident") -> Account:
    """Somebody who agreed."""
    return commands.join(actor=actor_of(district, who))


def marked(district: District, who: str = "resident") -> tuple[Session, Mark]:
    """Somebody was at a session, as the keeper saw it."""
    one = soon(district, places=9)
    mine = signed(district, one, who)
    act(district, one, "begin", "street")
    return one, came(district, one, mine)


def reward(district: District, price: int = 2, pieces: int = 1, **given: Any) -> Reward:
    """Something to be had."""
    actor = actor_of(district, "street")
    return commands.add_reward(district.unit("street"), name={"zh": "毛巾"}, price=price,
                               pieces=pieces, actor=actor, **given)  # fmt: skip


def whole() -> None:
    """What was earned is spent, has ended or is there; every chain adds up."""
    found = queries.totals()
    assert found.earned - found.spent - found.expired == found.held
    assert ledger.reading.broken(LEDGER) == []


def test_a_mark_by_another_earns_once_and_goes_with_it(alpha: District) -> None:
    with alpha.work():
        rules_in(alpha, most_a_day=2)
        mine = joined(alpha)
        one, mark = marked(alpha)
        assert queries.balance(mine) == 2
        assert commands.grant(mine.person_id or 0, by=None, mark_id=mark.id) is None, "once"
        back(alpha, one, mark, cause="看错了")
        assert queries.balance(mine) == 0
        came(alpha, one, signup_of(mark), who="street")
        assert queries.balance(mine) == 2, "what was taken back does not fill the day"
        whole()


def signup_of(mark: Mark) -> Any:
    """Whose mark it is."""
    return session.get_one(SignUp, mark.signup_id)


@pytest.mark.parametrize(
    ("by", "why"), [("street", "uq_points_grants_mark_id"), ("resident", "by_another")]
)
def test_the_database_refuses_a_second_grant_for_a_mark_and_one_that_who_earns_wrote(
    alpha: District, by: str, why: str
) -> None:
    with alpha.work():
        rules_in(alpha)
        mine = joined(alpha)
        _one, mark = marked(alpha)
        again = sa.text(
            'INSERT INTO points_grants (account_id, person_id, by_id, mark_id, points, "on", at)'
            " VALUES (:account, :person, :by, :mark, 2, '2026-01-01', now())"
        )
        with pytest.raises(sa.exc.IntegrityError, match=why):
            session.execute(again, {"account": mine.id, "person": mine.person_id, "mark": mark.id,
                                    "by": alpha.people[by]})  # fmt: skip
        session.rollback()


def test_a_program_of_ones_own_is_no_other_who_marks_one(alpha: District) -> None:
    with alpha.work():
        rules_in(alpha)
        for who in ("admin", "resident"):
            joined(alpha, who)
        one = soon(alpha, places=9)
        slips = [signed(alpha, one, who).code for who in ("admin", "resident")]
        act(alpha, one, "begin", "street")
        path = f"/api/v1/sessions/{one.code}/attendance/marks"
    visitor, head = alpha.client(), token(alpha)
    for slip in slips:
        mark = {"slip": slip, "submission": f"kiosk-{slip}"}
        made = visitor.client.post(visitor.root + path, json=mark, headers=head)
        assert made.status_code == 201, made.text
    with alpha.work():
        mine, neighbour = (queries.account_of(alpha.people[who]) for who in ("admin", "resident"))
        assert mine is not None
        assert neighbour is not None
        assert queries.balance(mine) == 0, "who made the program marked himself"
        assert queries.balance(neighbour) == 2


def test_who_did_not_agree_who_marks_himself_and_a_district_without_rules_earn_nothing(
    alpha: District,
) -> None:
    with alpha.work():
        mine = joined(alpha)
        session.execute(sa.delete(Term))
        marked(alpha)
        assert queries.balance(mine) == 0, "no rules"
        rules_in(alpha)
        marked(alpha, "neighbour")
        assert session.scalar(sa.select(sa.func.count()).select_from(Grant)) == 0
        joined(alpha, "street")
        one = begun(alpha, places=None)
        own = actor_of(alpha, "street")
        attendance.come(scene(one), Came(person_id=own.person_id, how="found"), key=key(),
                        actor=own)  # fmt: skip
        assert queries.totals().earned == 0, "confirmed by another, or nothing"
        commands.leave(mine, actor=actor_of(alpha, "resident"))
        marked(alpha)
        assert queries.balance(mine) == 0


def test_hours_of_help_earn_up_to_the_most_of_a_day_and_are_taken_back_with_them(
    alpha: District,
) -> None:
    with alpha.work():
        rules_in(alpha, most_a_day=25)
        mine = joined(alpha)
        one = begun(alpha)
        asked, other = shift(alpha, one), shift(alpha, one)
        whom = taken(alpha, one, asked)
        verified(alpha, one, asked, whom, minutes=120)
        assert queries.balance(mine) == 20
        assert rules.earned(10, 120, 25, 20) == 5
        volunteers.void(asked, whom, scene(one), cause="没来", actor=actor_of(alpha, "street"))
        assert queries.balance(mine) == 0
        assert other.need
        whole()


def test_of_what_is_spent_already_nothing_is_asked_back(alpha: District) -> None:
    with alpha.work():
        rules_in(alpha)
        mine = joined(alpha)
        one, mark = marked(alpha)
        marked(alpha)
        thing = reward(alpha, price=3)
        commands.hand_out(thing, mine, actor=actor_of(alpha, "street"))
        back(alpha, one, mark, cause="看错了")
        assert queries.balance(mine) == 0, "1 was left of 2"
        assert queries.lots_of(mine) == []
        whole()


def test_points_are_given_to_a_neighbour_never_to_oneself_nor_over_the_border(
    alpha: District, beta: District
) -> None:
    with beta.work():
        far = joined(beta).slip or ""
    with alpha.work():
        rules_in(alpha)
        mine, other = joined(alpha), joined(alpha, "neighbour")
        marked(alpha)
        actor = actor_of(alpha, "resident")
        lot = queries.lots_of(mine)[0].on
        for slip in (mine.slip or "", far, "nonsense"):
            with pytest.raises(Invalid) as refused:
                commands.give(mine, slip, 1, submission="x", actor=actor)
            assert list(refused.value.errors) == ["slip"], slip
        with pytest.raises(Conflict):
            commands.give(mine, other.slip or "", 3, submission="y", actor=actor)
        with clock.turned(timedelta(days=100)):
            marked(alpha)
            for _ in range(2):  # the same press twice
                commands.give(mine, other.slip or "", 2, submission="z", actor=actor)
        assert (queries.balance(mine), queries.balance(other)) == (2, 2)
        assert [one.on for one in queries.lots_of(other)] == [lot], "it ends when it would have"
        with pytest.raises(sa.exc.IntegrityError, match="two_sides"), session.begin_nested():
            session.execute(sa.text(
                "INSERT INTO points_entries (key, kind, book, account_id, other_id, number, before,"
                ' amount, after, may_overdraw, "on", at, actor_kind) VALUES (\'k\', \'give\','
                " 'points', :a, :a, 1, 0, 1, 1, false, now(), now(), 'person')"
            ), {"a": mine.id})  # fmt: skip
        whole()


def test_lots_end_one_by_one_and_who_has_them_is_told_once(alpha: District) -> None:
    with alpha.work():
        rules_in(alpha)
        mine = joined(alpha)
        marked(alpha)
        with clock.turned(timedelta(days=200)):
            marked(alpha)
            assert queries.balance(mine) == 4
        with clock.turned(timedelta(days=340)):
            for _ in range(2):
                assert commands.end_lots() == 0
            told = sa.select(sa.func.count()).where(Notice.kind == "points.ending")
            assert session.scalar(told) == 1
        with clock.turned(timedelta(days=366)):
            assert commands.end_lots() == 1
            assert commands.end_lots() == 0
            assert queries.balance(mine) == 2
        with clock.turned(timedelta(days=600)):
            commands.end_lots()
            assert (queries.balance(mine), queries.totals().expired) == (0, 4)
        whole()


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(-9, 9)), max_size=20))
def test_lots_are_never_below_nothing_and_add_up(moves: list[tuple[int, int]]) -> None:
    sums: dict[date, Decimal] = {}
    for day, amount in moves:
        on = date(2026, 1, 1) + timedelta(days=day)
        sums[on] = sums.get(on, Decimal()) + amount
    left = rules.lots(sums)
    assert all(one.left > 0 for one in left)
    assert [one.on for one in left] == sorted(one.on for one in left)
    assert sum(one.left for one in left) == max(sum(sums.values()), 0)


def test_a_reward_is_handed_out_by_another_once_and_taken_back_whole(alpha: District) -> None:
    with alpha.work():
        rules_in(alpha)
        mine = joined(alpha)
        marked(alpha)
        thing, desk = reward(alpha, pieces=2), actor_of(alpha, "street")
        made = commands.hand_out(thing, mine, submission="s" * 20, actor=desk)
        assert commands.hand_out(thing, mine, submission="s" * 20, actor=desk) is made
        assert queries.stock_of([thing])[thing.id] == 1
        with pytest.raises(Conflict):
            commands.hand_out(thing, mine, actor=desk)
        with pytest.raises(Invalid):
            commands.undo(made, thing, why=" ", actor=desk)
        commands.undo(made, thing, why="不要了", actor=desk)
        assert (queries.balance(mine), queries.stock_of([thing])[thing.id]) == (2, 2)
        with pytest.raises(Conflict):
            commands.undo(made, thing, why="再来", actor=desk)
        with pytest.raises(Conflict):
            commands.hand_out(thing, mine, actor=actor_of(alpha, "resident"))
        with pytest.raises(Conflict):
            commands.restock(thing, -3, submission="less", actor=desk)
        whole()


def test_a_reward_is_the_business_of_who_sets_up_its_own_street(alpha: District) -> None:
    with alpha.work():
        other = territory.add_unit(code="street_two", kind="street", name={"zh": "样例二街"},
                                   parent=alpha.unit("root"), actor=SYSTEM)  # fmt: skip
        mine, theirs = reward(alpha, pieces=2), reward(alpha, pieces=2)
        theirs.unit_id = other.id
        codes, ids = (mine.code, theirs.code), (mine.id, theirs.id)
    street, admin = alpha.client("street"), alpha.client("admin")
    page = street.get("/console/points/rewards").text
    assert [f"{code}/retire" in page for code in codes] == [True, False]
    for verb, fields in (("stock", {"pieces": 5}), ("retire", {})):
        for who, code, allowed in ((street, codes[1], False), (street, codes[0], True),
                                 (admin, codes[1], True)):  # fmt: skip
            answer = who.post(f"/console/points/rewards/{code}/{verb}",
                              form="/console/points/rewards", **fields)  # fmt: skip
            assert (answer.status_code == 302) is allowed, (verb, code)
    with alpha.work():
        left = queries.stock_of([session.get_one(Reward, one) for one in ids])
        assert [left[one] for one in ids] == [7, 7]


@pytest.mark.commits
def test_two_who_want_the_last_piece_and_it_is_one(app: Flask) -> None:
    alpha = bring_up(app, "points-rivals")
    with app.app_context(), entering(alpha.tenant), unit_of_work():
        rules_in(alpha)
        people = [joined(alpha, who) for who in ("resident", "neighbour", "keeper")]
        for person in people:
            source = commands._account(f"earned:{person.person_id}")
            commands._post([(source, person, 5, f"gift:{person.id}", clock.today())], "grant",
                           SYSTEM)  # fmt: skip
        code, slips = reward(alpha, pieces=2).code, [one.slip for one in people]
    got: list[str] = []

    def want(slip: str | None) -> None:
        with app.app_context(), entering(alpha.tenant):
            try:
                with unit_of_work():
                    account = queries.by_slip(slip or "")
                    assert account
                    commands.hand_out(queries.access_reward(code), account,
                                      actor=actor_of(alpha, "street"))  # fmt: skip
                got.append("yes")
            except Conflict:
                got.append("no")

    threads = [threading.Thread(target=want, args=(slip,)) for slip in slips]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(got) == ["no", "yes", "yes"]
    with app.app_context(), entering(alpha.tenant), unit_of_work():
        thing = queries.access_reward(code)
        assert queries.stock_of([thing])[thing.id] == 0
        assert session.scalar(sa.select(sa.func.count()).select_from(Handed)) == 2
        whole()


@pytest.mark.commits
def test_what_is_spent_in_the_moment_it_is_taken_back_is_gone_once(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = bring_up(app, "points-taken")
    with here.work():
        rules_in(here)
        mine = joined(here)
        _one, mark = marked(here)
        code, slip, number = reward(here, price=1, pieces=9).code, mine.slip or "", mark.id

    def spend() -> None:
        with suppress(Conflict), here.work():
            account = queries.by_slip(slip)
            assert account
            commands.hand_out(queries.access_reward(code), account, actor=actor_of(here, "street"))

    spend()  # one of two is left: that one goes, unless it is spent first
    rival, reverse = threading.Thread(target=spend), ledger.reverse

    def slowly(*args: Any, **given: Any) -> None:
        try:
            reverse(*args, **given)
        except ledger.Short:
            rival.start()
            rival.join(3)
            raise

    monkeypatch.setattr(ledger, "reverse", slowly)
    with here.work():
        commands.take_back(mark_id=number, reason="看错了")
    rival.join()
    with here.work():
        account = queries.by_slip(slip)
        assert account
        assert queries.balance(account) == 0
        whole()


def test_a_merchants_month_is_signed_by_two_when_it_is_over(alpha: District) -> None:
    with alpha.work():
        rules_in(alpha)
        mine = joined(alpha)
        for _ in range(2):
            marked(alpha)
        thing = reward(alpha, pieces=2, merchant_id=_merchant(alpha))
        made, lost = (commands.hand_out(thing, mine, actor=actor_of(alpha, "street")) for _ in "ab")
        month, first = clock.today().replace(day=1), actor_of(alpha, "street")
        shop = thing.merchant_id or 0
        with pytest.raises(Conflict):
            commands.settle(shop, month, number=1, actor=first)
        with clock.turned(timedelta(days=40)):
            with pytest.raises(Conflict):
                commands.settle(shop, month, number=3, actor=first)
            commands.settle(shop, month, number=2, actor=first)
            commands.undo(lost, thing, why="没有拿", actor=first)
            other = actor_of(alpha, "admin")
            assert not commands.settle(shop, month, number=1, actor=other).second_by, (
                "nobody else has signed this list"
            )
            with pytest.raises(Conflict):
                commands.settle(shop, month, number=1, actor=other)
            signed_ = commands.settle(shop, month, number=1, actor=first)
            assert (signed_.number, signed_.points, signed_.first_by) == (1, 2, other.person_id)
            with pytest.raises(Conflict):
                commands.undo(made, thing, why="晚了", actor=first)


def _merchant(alpha: District) -> int:
    return int(merchant(alpha).id)


def test_badges_are_counted_from_what_stands_and_never_listed_by_person(alpha: District) -> None:
    with alpha.work():
        rules_in(alpha)
        session.add(Badge(code="b", name={"zh": "常来"}, what="came", times=2, position=0))
        mine = joined(alpha)
        one, mark = marked(alpha)
        marked(alpha)
        ((number, since),) = queries.awards(mine).values()
        assert (number, since) == (1, clock.today())
        assert [n for n, _since in queries.awards().values()] == [1]
        back(alpha, one, mark, cause="看错了")
        assert queries.awards(mine) == {}


def test_nothing_buys_points_and_nobody_is_ranked() -> None:
    source = inspect.getsource(commands) + inspect.getsource(queries) + inspect.getsource(pages)
    for word in ("yuan", "funds", "fen", "gift"):
        assert f"saas.{word}" not in source
        assert word not in source.replace("often", "").split(), word
    ordered = [line for line in inspect.getsource(queries).splitlines() if "order_by" in line]
    assert ordered
    assert not [line for line in ordered if "amount" in line or "points" in line or "after" in line]


def test_from_the_page_to_the_reward_in_two_presses(alpha: District, beta: District) -> None:
    with alpha.work():
        rules_in(alpha)
        thing = reward(alpha).code
    resident, desk = alpha.client("resident"), alpha.client("street")
    assert "给我记积分" in resident.get("/points/me").text
    assert resident.post("/points/me/join", form="/points/me").status_code == 302
    with alpha.work():
        slip = (queries.account_of(actor_of(alpha, "resident").person_id) or Account()).slip or ""
        marked(alpha)
    page = resident.get("/points/me").text
    assert 'class="balance__number">2<' in page
    found = desk.get(f"/console/points?code={slip}").text
    assert "毛巾" in found
    path = f"/console/points/rewards/{thing}/hand/{slip}"
    answer = desk.post(path, form="/console/points", submission="q" * 20)
    assert answer.status_code == 302
    assert "已兑换" in desk.get(answer.location.partition(desk.root)[2]).text
    assert 'class="balance__number">0<' in resident.get("/points/me").text
    assert beta.client("street").get(f"/console/points?code={slip}").text.count("2 分") == 0
    told = alpha.client().get("/api/v1/points").json
    assert told is not None
    assert told["earned"] == told["spent"] + told["expired"] + told["held"] > 0
    assert [(one["price"], one["left"]) for one in told["rewards"]] == [(2, 0)]
    public = alpha.client().get("/points").text
    assert "毛巾" in public
    assert "尚未兑换：0" in public
    for who in ("resident", None):
        assert alpha.client(who).get("/console/points").status_code != 200


def test_there_is_no_such_reward_elsewhere(alpha: District, beta: District) -> None:
    with alpha.work():
        code = reward(alpha).code
    with beta.work(), pytest.raises(NotFound):
        queries.access_reward(code)
