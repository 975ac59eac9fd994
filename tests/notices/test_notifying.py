"""What other domains say, and who finds it in the inbox."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from saas.accounts import commands as accounts
from saas.accounts.models import Person
from saas.kernel import clock
from saas.kernel.context import SYSTEM
from saas.kernel.db import session
from saas.notices import commands, queries, words
from saas.notices.models import Delivery, Notice
from tests.notices.kinds import ANSWERED, DUE, PLAIN
from tests.support import District
from tests.territory.counting import counted


def _tell(district: District, *who: str, kind: words.Kind = PLAIN, **more: object) -> int:
    given: dict[str, object] = {"path": "/rooms", **more}
    return commands.notify([district.people[one] for one in who], kind, **given)  # type: ignore[arg-type]


def _inbox(district: District, who: str, which: str = "all") -> list[str]:
    rows, _ = queries.inbox(which, actor=district.actor(who))
    return [row.kind for row in rows]


def test_each_person_finds_a_notice_and_nobody_else(alpha: District) -> None:
    with alpha.work():
        assert _tell(alpha, "street", "resident") == 2
        assert _inbox(alpha, "street") == ["tests.plain"]
        assert _inbox(alpha, "resident") == ["tests.plain"]
        assert _inbox(alpha, "courtyard") == []


def test_the_same_notice_does_not_come_twice_to_a_person(alpha: District) -> None:
    with alpha.work():
        assert _tell(alpha, "street", once="due:7") == 1
        assert _tell(alpha, "street", "admin", once="due:7") == 1
        assert _tell(alpha, "street", once="due:8") == 1
        assert _tell(alpha, "street") == _tell(alpha, "street") == 1
        assert len(_inbox(alpha, "street")) == 4
        assert len(_inbox(alpha, "admin")) == 1


def test_who_is_shut_out_or_unknown_is_told_nothing(alpha: District) -> None:
    with alpha.work():
        person = session.get_one(Person, alpha.people["neighbour"])
        accounts.disable_person(person, reason="moved", actor=SYSTEM)
        assert _tell(alpha, "neighbour", "resident") == 1
        assert commands.notify([987_654], PLAIN, path="/rooms") == 0
        assert commands.notify([], PLAIN, path="/rooms") == 0


def test_a_notice_is_gone_with_the_work_that_fails(alpha: District) -> None:
    def fail() -> None:
        with alpha.work():
            _tell(alpha, "street")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with alpha.work():
        assert _inbox(alpha, "street") == []


def test_what_was_done_is_asked_of_nobody_any_more(alpha: District) -> None:
    with alpha.work():
        facts = {"what": "X", "until": clock.now()}
        _tell(alpha, "street", "admin", kind=DUE, about="demand:7", **facts)
        _tell(alpha, "street", kind=ANSWERED, about="demand:7", what="X")
        _tell(alpha, "street", kind=DUE, about="demand:77", **facts)
        assert _inbox(alpha, "street", "todo") == ["tests.due", "tests.due"]
        commands.done_about("demand:7", DUE)
        assert _inbox(alpha, "street", "todo") == ["tests.due"]
        assert _inbox(alpha, "admin", "todo") == []
        assert _inbox(alpha, "street", "unread") == ["tests.due", "tests.answered"]
        commands.done_about("demand:7")
        assert _inbox(alpha, "street", "unread") == ["tests.due"]
        commands.done_about("")
        assert len(_inbox(alpha, "street")) == 3


def test_facts_are_said_in_the_language_and_zone_of_the_reader() -> None:
    noon = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
    facts = words.storable(DUE, {"what": {"zh": "垃圾", "en": "Rubbish"}, "until": noon})
    assert DUE.title_with(facts, "Asia/Shanghai") == "即将到期：垃圾"
    assert DUE.text_with(facts, "Asia/Shanghai") == "截止 2026-11-22 12:00"
    assert DUE.called == "即将到期"


def test_a_notice_whose_words_lack_a_fact_is_a_mistake_of_who_tells_it(alpha: District) -> None:
    with alpha.work():
        with pytest.raises(words.BadFacts, match="until"):
            _tell(alpha, "street", kind=DUE, what="X")
        for path in ("rooms", "//evil.example", "https://evil.example"):
            with pytest.raises(words.BadFacts):
                _tell(alpha, "street", path=path)
        with pytest.raises(words.UndeclaredKind):
            commands.announce("tests.nobody_declared", {})
    with pytest.raises(ValueError, match="twice"):
        words.declare("tests.due", title="again")


def test_an_old_notice_outlives_its_kind(alpha: District, monkeypatch: pytest.MonkeyPatch) -> None:
    with alpha.work():
        _tell(alpha, "street", kind=ANSWERED, what="X")
        monkeypatch.delitem(words.KINDS, "tests.answered")
        (notice,), _ = queries.inbox("all", actor=alpha.actor("street"))
        assert words.kind_of(notice.kind).title_with(notice.facts, "Asia/Shanghai")


@pytest.mark.parametrize("number", [1, 1000])
def test_notifying_costs_two_statements_whatever_the_number_of_people(
    alpha: District, number: int
) -> None:
    with alpha.work():
        many = [{"name": f"n{i}", "created_at": clock.now()} for i in range(number)]
        ids = session.scalars(sa.insert(Person).returning(Person.id), many).all()
        with counted() as sent:
            assert commands.notify(ids, PLAIN, path="/rooms") == number
        assert len(sent) == 2, sent
        with counted() as sent:
            commands.announce("tests.plain", {"what": 1})
        assert len(sent) == 1, sent
        assert session.scalar(sa.select(sa.func.count()).select_from(Notice)) == number
        assert session.scalar(sa.select(sa.func.count()).select_from(Delivery)) == 0
