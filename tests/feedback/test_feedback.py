"""Two questions to who came: once, and nobody is told who answered what."""

from __future__ import annotations

import sqlalchemy as sa

from saas.activities import queries as sessions
from saas.feedback import commands, queries, rules
from saas.feedback.models import Answer, Asked
from saas.kernel.db import session
from tests.activities.making import act, signed
from tests.attendance.making import came, soon
from tests.support import District, Visitor


def _came(alpha: District) -> str:
    """A session at which the resident is, and the neighbour is not."""
    with alpha.work():
        one = soon(alpha, places=4)
        mine = signed(alpha, one)
        signed(alpha, one, "neighbour")
        act(alpha, one, "begin", "street")
        came(alpha, one, mine)
        return one.code


def _ticket(visitor: Visitor, code: str) -> str:
    answer = visitor.post(f"/how/{code}", form=f"/how/{code}")
    return answer.location.partition(visitor.root)[2] if answer.status_code == 302 else ""


def test_who_was_there_answers_once_and_without_a_name(alpha: District) -> None:
    code = _came(alpha)
    resident, stranger = alpha.client("resident"), alpha.client()
    ticket = _ticket(resident, code)
    assert stranger.get(ticket).status_code == 200, "the ticket says nothing of anybody"
    assert stranger.post(ticket, form=ticket, grade="nonsense").status_code == 422
    assert stranger.post(ticket, form=ticket, grade="good", wish="多放点糖").status_code == 302
    assert stranger.post(ticket, form=ticket, grade="poor").status_code == 422, "used up"
    assert _ticket(resident, code) == "", "asked once"
    assert (
        "<form"
        not in resident.get(f"/how/{code}").text.partition("<main")[2].partition("</main")[0]
    )
    with alpha.work():
        (found,) = session.scalars(sa.select(Answer)).all()
        assert (found.grade, found.wish) == ("good", "多放点糖")
        columns = {*Answer.__table__.columns.keys(), *Asked.__table__.columns.keys()}
        assert not columns & {"person_id", "signup_id", "at", "answer_id", "asked_id"}


def test_who_was_not_there_is_not_asked(alpha: District, beta: District) -> None:
    code = _came(alpha)
    for who in ("neighbour", "auditor", None):
        assert _ticket(alpha.client(who), code) == "", who
    assert beta.client("resident").get(f"/how/{code}").status_code == 404
    ticket = _ticket(alpha.client("resident"), code)
    assert beta.client().get(ticket).status_code == 404, "signed for another district"
    assert alpha.client().get(f"{ticket}x").status_code == 404


def test_answers_are_shown_once_nobody_can_tell_whose_they_are(alpha: District) -> None:
    code = _came(alpha)
    path = f"/console/activities/s/{code}/said"
    street = alpha.client("street")
    for number in range(rules.LEAST - 1):
        with alpha.work():
            commands.answer(code, f"ticket-{number}", grade="good", wish=f"愿望{number}")
    assert "愿望" not in street.get(path).text
    with alpha.work():
        commands.answer(code, "the-last", grade="poor")
        one = sessions.by_code(code)
        assert one is not None
        assert queries.said_of(one.id).grades == {"good": rules.LEAST - 1, "fair": 0, "poor": 1}
    assert "愿望3" in street.get(path).text
    assert alpha.client("resident").get(path).status_code == 404
