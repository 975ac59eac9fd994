"""Marks, tallies, taking back, and closing by two."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from saas.attendance import commands, queries
from saas.attendance.commands import Came
from saas.attendance.models import Mark
from saas.attendance.words import BARRED, REFUSED
from saas.kernel import clock
from saas.kernel.db import session
from saas.kernel.errors import Invalid
from tests.activities.making import act, actor_of, guest, scene, signed
from tests.attendance.making import back, begun, came, counted, counts, key, refused, soon
from tests.support import District


def test_named_and_counted_stand_beside_each_other(alpha: District) -> None:
    with alpha.work():
        one = soon(alpha, places=9)
        family, alone = signed(alpha, one, party=3), guest(alpha, one, 1)
        act(alpha, one, "begin", "street")
        came(alpha, one, family, n=3)
        came(alpha, one, alone)
        counted(alpha, one, child=4, elder=2, listed=5)
        found = counts(one)
        assert (found.person, found.listed, found.named) == (2, 5, 7)
        assert found.bands == {"child": 4, "elder": 2, "other": 2}
        assert (found.counted, found.total) == (8, 15)


def test_a_slip_counts_once_for_its_own_session_and_no_more_than_its_party(
    alpha: District,
) -> None:
    with alpha.work():
        one, another = soon(alpha, places=2), begun(alpha)
        mine, waits = signed(alpha, one, party=2), signed(alpha, one, "neighbour")
        with refused(BARRED["early"]):
            came(alpha, one, mine)
        act(alpha, one, "begin", "street")
        with pytest.raises(Invalid) as many:
            came(alpha, one, mine, n=3)
        assert list(many.value.errors) == ["n"]
        with refused(REFUSED["other"]):
            came(alpha, another, mine)
        with refused(REFUSED["placeless"]):
            came(alpha, one, waits)
        first = came(alpha, one, mine, key="the-phone-says-it-1")
        assert came(alpha, one, mine, key="the-phone-says-it-1") is first, "sent again"
        with refused(REFUSED["marked"]):
            came(alpha, one, mine)
        assert counts(one).total == 1


def test_who_is_not_on_the_list_of_a_session_with_places_goes_to_the_keeper(
    alpha: District,
) -> None:
    with alpha.work():
        full, open_ = begun(alpha, places=3), begun(alpha, places=None)
        who = Came(person_id=alpha.people["resident"], how="scanned")
        actor = actor_of(alpha, "resident")
        with refused(REFUSED["unlisted"]):
            commands.come(scene(full), who, key=key(), actor=actor)
        mark = commands.come(scene(open_), who, key=key(), actor=actor)
        assert queries.own_mark(open_.id, actor) == mark
        assert queries.own_mark(full.id, actor) is None


def test_what_is_taken_back_stays_and_who_comes_again_follows_it(alpha: District) -> None:
    with alpha.work():
        one = soon(alpha, places=9)
        family = signed(alpha, one, party=3)
        act(alpha, one, "begin", "street")
        mark = came(alpha, one, family, n=3)
        void = back(alpha, one, mark)
        assert counts(one).total == 0, "those who came with them too"
        with refused(REFUSED["taken_back"]):
            back(alpha, one, mark)
        again = came(alpha, one, family, n=2)
        assert (again.follows_id, counts(one).total) == (void.id, 2)
        assert [row.what for row in queries.rows_of(one.id)] == [
            "mark", "mark", "void", "void", "mark", "mark"]  # fmt: skip
        back(alpha, one, again)
        assert came(alpha, one, family).follows_id is not None, "a second time"


def test_without_a_cause_only_who_wrote_it_takes_it_back_and_not_for_long(
    alpha: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    with alpha.work():
        one = begun(alpha)
        (mark,) = counted(alpha, one, adult=7)
        with pytest.raises(Invalid) as others:
            back(alpha, one, mark, "admin")
        assert list(others.value.errors) == ["cause"]
        later = clock.now() + timedelta(minutes=6)
        monkeypatch.setattr(clock, "now", lambda: later)
        with pytest.raises(Invalid):
            back(alpha, one, mark)
        back(alpha, one, mark, "admin", cause="数重了")
        counted(alpha, one, adult=6)
        assert counts(one).total == 6


def test_it_is_over_when_somebody_is_counted_and_closed_by_another(alpha: District) -> None:
    with alpha.work():
        one, street, admin = begun(alpha), actor_of(alpha, "street"), actor_of(alpha, "admin")
        with pytest.raises(Invalid) as none:
            commands.hold(scene(one), actor=street)
        assert list(none.value.errors) == ["nobody"]
        (mark,) = counted(alpha, one, adult=7)
        commands.hold(scene(one), actor=street)
        counted(alpha, one, child=1)
        with refused("8"):
            commands.close(scene(one), total=7, actor=admin)
        with refused():
            commands.close(scene(one), total=8, actor=street)
        commands.close(scene(one), total=8, actor=admin)
        with refused(BARRED["closed"]):
            counted(alpha, one, child=1)
        back(alpha, one, mark, "admin", cause="数重了")
        counted(alpha, one, adult=6, cause="数重了")
        assert (one.state, counts(one).total) == ("closed", 7)


def test_a_session_to_which_nobody_came_is_over_with_that_word(alpha: District) -> None:
    with alpha.work():
        one = begun(alpha)
        commands.hold(scene(one), nobody=True, actor=actor_of(alpha, "street"))
        assert one.state == "held"


@pytest.mark.parametrize(
    ("fault", "given"),
    [
        ("twice the same person", {}),
        ("a void of a void", {"what": "void", "n": 0, "voids_id": "void"}),
        ("a mark of another session", {"session_id": "other", "what": "void", "n": 0,
                                       "voids_id": "mark"}),
        ("after a mark that stands", {"follows_id": "mark"}),
        ("after the void of somebody else", {"person_id": "another", "follows_id": "void"}),
        ("one person twice at once", {"n": 2, "follows_id": "void"}),
        ("a session that has not begun", {"session_id": "future"}),
        ("nobody", {"kind": "tally", "person_id": None, "n": 0}),
    ],
)  # fmt: skip
def test_the_database_refuses(alpha: District, fault: str, given: dict[str, object]) -> None:
    with alpha.work():
        one, other, future = begun(alpha, places=None), begun(alpha), soon(alpha)
        me, another = alpha.people["resident"], alpha.people["neighbour"]

        def row(**more: object) -> Mark:
            made = Mark(**{
                "session_id": one.id, "unit_id": one.unit_id, "held_at": one.start, "n": 1,
                "what": "mark", "kind": "person", "band": "other", "person_id": me, "how": "found",
                "key": key(), "at": clock.now(), "actor_kind": "system", **more,
            })  # fmt: skip
            session.add(made)
            session.flush()
            return made

        void = row(what="void", n=0, voids_id=row().id)
        mark = row(follows_id=void.id)
        known = {"void": void.id, "mark": mark.id, "another": another, "other": other.id,
                 "future": future.id}  # fmt: skip
        more = {name: known.get(value, value) if isinstance(value, str) else value
                for name, value in given.items()}  # fmt: skip
        with pytest.raises(sa.exc.IntegrityError), session.begin_nested():
            row(**more)
        assert counts(one).total == 1, fault


def test_who_looks_for_somebody_gives_two_signs_at_least(alpha: District) -> None:
    with alpha.work():
        one = soon(alpha, places=9)
        mine, other = guest(alpha, one, 11), guest(alpha, one, 22)
        act(alpha, one, "begin", "street")

        def found(needle: str) -> list[int]:
            return [each.signup.id for each in queries.looked_for(scene(one), needle)]

        assert found("") == found("客") == found(" 客 ") == []
        assert found("客人11") == found("0011") == found(mine.code.lower()) == [mine.id]
        assert found("客人") == [mine.id, other.id]
        assert queries.missed(scene(one)) == 2
        came(alpha, one, mine)
        assert queries.missed(scene(one)) == 1
