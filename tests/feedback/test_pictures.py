"""Pictures of a session: who takes them knows who said no, and who objects is heard at once."""

from __future__ import annotations

import io
from typing import Any

import pytest
import sqlalchemy as sa
from PIL import Image

from saas import attachments
from saas.activities import queries as sessions
from saas.feedback import commands, queries, rules, words
from saas.feedback.models import Objection, Picture
from saas.kernel.audit import AuditEntry
from saas.kernel.db import session
from saas.kernel.errors import Conflict, Invalid
from saas.notices.models import Notice
from tests.activities.making import act, actor_of, guest, scene, signed
from tests.attendance.making import begun, refused, soon
from tests.support import District, Visitor


def photo(name: str = "a.jpg") -> tuple[io.BytesIO, str]:
    """A picture with a place in it, as a telephone takes it."""
    place = Image.Exif()
    place[0x0110] = "telephone-of-somebody"
    data = io.BytesIO()
    Image.new("RGB", (64, 48), "#7a4").save(data, "JPEG", exif=place)
    data.seek(0)
    return data, name


class Sent:
    """A file as a form sends it."""

    def __init__(self) -> None:
        self.stream, self.filename = photo()


def _put(alpha: District, who: str = "street") -> tuple[str, str]:
    """A picture that everybody sees: the codes of its session and of itself."""
    with alpha.work():
        one = begun(alpha, places=4)
        (made,) = commands.add_pictures(scene(one), [Sent()], shows="桌上的汤圆", covered=True,
                                        actor=actor_of(alpha, who))  # fmt: skip
        return one.code, made.code


def _seen(visitor: Visitor, code: str, picture: str) -> int:
    return int(visitor.get(f"/activities/s/{code}/pictures/{picture}").status_code)


def test_who_takes_pictures_reads_in_large_letters_how_many_said_no_and_who(
    alpha: District,
) -> None:
    with alpha.work():
        one = soon(alpha, places=9)
        signed(alpha, one, "resident", 2, photo_consent="no")
        signed(alpha, one, "neighbour", photo_consent="yes")
        guest(alpha, one, 7)
        act(alpha, one, "begin", "street")
        code = one.code
    keeper = alpha.client("street")
    page = keeper.get(f"/console/activities/s/{code}/pictures").text
    assert "3 人不愿意入镜" in page
    assert "客人7" in page
    counting = keeper.get(f"/console/activities/s/{code}/count?q=客人").text
    assert "3 人不愿意入镜" in counting
    assert "不拍照" in counting
    for who in ("resident", None):
        assert alpha.client(who).get(f"/console/activities/s/{code}/pictures").status_code != 200


def test_a_picture_is_put_up_by_who_makes_the_session_and_carries_no_place(
    alpha: District,
) -> None:
    with alpha.work():
        code = begun(alpha).code
    path = f"/console/activities/s/{code}/pictures"
    keeper, stranger = alpha.client("street"), alpha.client()
    refused = keeper.post(path, form=path, photo=photo(), shows="")
    assert refused.status_code == 422, "nobody said that they had looked"
    assert keeper.post(path, form=path, covered="1").status_code == 422, "no picture"
    assert keeper.post(path, form=path, photo=photo(), shows="汤圆", covered="1").status_code == 302
    with alpha.work():
        (made,) = session.scalars(sa.select(Picture)).all()
        picture = made.code
    answer = stranger.get(f"/activities/s/{code}/pictures/{picture}")
    assert answer.status_code == 200
    assert b"telephone-of-somebody" not in answer.data
    assert "public" not in answer.headers.get("Cache-Control", "")
    album = stranger.get(f"/activities/s/{code}/pictures").text
    assert 'alt="汤圆"' in album
    assert f"/activities/s/{code}/pictures" in stranger.get(f"/activities/s/{code}").text


def test_nothing_is_shown_of_what_has_not_begun_nor_more_than_a_few(
    alpha: District, monkeypatch: Any
) -> None:
    with alpha.work():
        actor = actor_of(alpha, "street")
        with refused(words.TOO_EARLY):
            commands.add_pictures(scene(soon(alpha)), [Sent()], covered=True, actor=actor)
        monkeypatch.setattr(rules, "MOST_PICTURES", 1)
        with pytest.raises(Conflict):
            commands.add_pictures(scene(begun(alpha)), [Sent(), Sent()], covered=True, actor=actor)


def test_anybody_objects_without_a_name_and_the_picture_is_hidden_at_once(
    alpha: District, beta: District
) -> None:
    code, picture = _put(alpha)
    stranger, desk = alpha.client(), alpha.client("street")
    path = f"/activities/s/{code}/pictures/{picture}/object"
    assert beta.client().get(path).status_code == 404
    assert _seen(stranger, code, picture) == 200
    assert stranger.post(path, form=path, why="那是我的孙女").status_code == 302
    assert _seen(stranger, code, picture) == 404
    assert "<figure" not in stranger.get(f"/activities/s/{code}/pictures").text
    assert _seen(desk, code, picture) == 200, "who decides sees it"
    assert "那是我的孙女" in desk.get(f"/console/activities/s/{code}/pictures").text
    with alpha.work():
        (objection,) = session.scalars(sa.select(Objection)).all()
        assert objection.decided_at is None
        assert session.scalars(sa.select(Notice).where(Notice.kind == "feedback.objected")).all()
        raw = session.scalar(sa.text("SELECT why::text FROM picture_objections"))
        assert "孙女" not in str(raw), "sealed"
        assert "feedback.object" in session.scalars(sa.select(AuditEntry.action)).all()


def test_it_goes_for_good_or_another_puts_it_back_with_a_reason(alpha: District) -> None:
    code, picture = _put(alpha, "street")
    path = f"/activities/s/{code}/pictures/{picture}/object"
    alpha.client().post(path, form=path)
    with alpha.work():
        found = session.scalars(sa.select(Picture)).one()
        here = scene_of(found)
        with pytest.raises(Conflict):
            commands.decide(
                found, "put_back", here, words_="没有人", actor=actor_of(alpha, "street")
            )
        with pytest.raises(Invalid):
            commands.decide(found, "put_back", here, actor=actor_of(alpha, "admin"))
        commands.decide(found, "put_back", here, words_="只有汤圆", actor=actor_of(alpha, "admin"))
        assert found.state == "shown"
        commands.object_to(found, here, actor=actor_of(alpha, "resident"))
        commands.decide(found, "removed", here, actor=actor_of(alpha, "street"))
        assert attachments.of(queries.THING, found.id) == []
        with pytest.raises(Conflict):
            commands.decide(found, "put_back", here, words_="x", actor=actor_of(alpha, "admin"))
        assert [one.outcome for one in session.scalars(sa.select(Objection).order_by(Objection.id))
                ] == ["put_back", "removed"]  # fmt: skip
    assert _seen(alpha.client("street"), code, picture) == 404


def scene_of(picture: Picture) -> Any:
    """Where it was taken."""
    return sessions.scene_by_id(picture.session_id)
