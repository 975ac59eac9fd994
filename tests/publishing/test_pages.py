"""Public pages: written by one, published by another, read by everybody, every edition kept."""

from __future__ import annotations

import io
import re

import pytest
import sqlalchemy as sa
from PIL import Image
from sqlalchemy.exc import DBAPIError

from saas.kernel.db import session
from saas.kernel.errors import Conflict
from saas.publishing import commands, queries
from saas.publishing.commands import Deed
from saas.publishing.models import PublicPage
from tests.support import District, Visitor

TITLE, LEAD = {"zh": "院里的事", "en": "In the courtyard"}, {"zh": "大家商量着办", "en": ""}


def _page(alpha: District, *blocks: tuple[str, str | None], who: str = "street") -> PublicPage:
    actor = alpha.actor(who)
    page = commands.start(title=TITLE, lead=LEAD, actor=actor)
    for kind, ref in blocks or (("story", None),):
        words = {"zh": "一段话", "en": ""} if kind == "story" else {}
        commands.add_block(page, kind, ref=ref, words=words, actor=actor)
    return page


def _act(alpha: District, page: PublicPage, verb: str, who: str = "street") -> None:
    commands.act(page, Deed(verb=verb, reason="请改一改"), actor=alpha.actor(who))


def _published(alpha: District, *blocks: tuple[str, str | None]) -> PublicPage:
    page = _page(alpha, *blocks)
    _act(alpha, page, "submit")
    _act(alpha, page, "publish", "admin")
    return page


def _open(visitor: Visitor, path: str, status: int = 200) -> str:
    answer = visitor.get(path)
    assert answer.status_code == status, answer.text[:2000]
    return answer.text


def test_what_one_wrote_another_publishes_and_everybody_reads(alpha: District) -> None:
    writer, second, guest = alpha.client("street"), alpha.client("admin"), alpha.client()
    form = {"title_zh": "院里的事", "title_en": "", "lead_zh": "", "lead_en": ""}
    home = writer.post("/console/pages/new", **form).location.removeprefix(alpha.root)
    code = home.rpartition("/")[2]
    writer.post(f"{home}/add/story", words_zh="从院子里开始", words_en="")
    writer.post(f"{home}/add/figure", ref="compounds", words_zh="", words_en="")
    writer.post(f"{home}/add/room", ref="street_one/demands_desk", words_zh="", words_en="")
    _open(guest, f"/pages/{code}", 404)
    assert writer.post(home, verb="submit").status_code == 302
    assert "由另一位同事审看并发布" in _open(writer, home)
    assert 'value="publish"' not in _open(writer, home)
    assert writer.post(home, verb="publish").status_code in {409, 422}
    _open(guest, f"/pages/{code}", 404)
    assert second.post(home, verb="publish").status_code == 302
    page = _open(guest, f"/pages/{code}")
    assert "从院子里开始" in page
    assert re.search(r'class="figure">1<', page)
    assert f"/pages/{code}" in _open(guest, "/pages")


def test_a_draft_changes_nothing_that_is_read_until_it_is_published(alpha: District) -> None:
    with alpha.work():
        page = _published(alpha)
        _act(alpha, page, "revise")
        commands.change(
            page, title={"zh": "新题目", "en": ""}, lead={}, actor=alpha.actor("street")
        )
        code = page.code
    assert "院里的事" in _open(alpha.client(), f"/pages/{code}")
    assert "新题目" not in _open(alpha.client(), f"/pages/{code}")
    with alpha.work():
        page = queries.access_page(code, actor=alpha.actor("admin"))
        _act(alpha, page, "submit", "admin")
        _act(alpha, page, "publish", "street")
        assert [one.title["zh"] for one in queries.editions(page)] == ["新题目", "院里的事"]
    assert "新题目" in _open(alpha.client(), f"/pages/{code}")
    assert "院里的事" in _open(alpha.client("street"), f"/console/pages/{code}/editions/1")


def test_the_database_lets_nobody_publish_what_they_handed_in(alpha: District) -> None:
    with alpha.work():
        page = _page(alpha)
        _act(alpha, page, "submit")
        with pytest.raises(Conflict):
            _act(alpha, page, "publish")
        mine = alpha.people["street"]
        for edition, actor, constraint in (
            (1, mine, "two_people"), (None, alpha.people["admin"], "two_people"),
            (7, alpha.people["admin"], "fk_public_page_acts_edition"),
        ):  # fmt: skip
            row = {"page": page.id, "edition": edition, "actor": actor,
                   "by": mine if edition else None}  # fmt: skip
            insert = sa.text(
                "INSERT INTO public_page_acts (page_id, number, verb, state, actor_id, edition,"
                " written_by, at) VALUES (:page, 9, 'publish', 'published', :actor, :edition, :by,"
                " now())"
            )
            with pytest.raises(DBAPIError, match=constraint), session.begin_nested():
                session.execute(insert, row)
        for change in ("UPDATE public_page_editions SET number = 2",
                       "DELETE FROM public_page_acts"):  # fmt: skip
            with pytest.raises(DBAPIError, match="permission denied"), session.begin_nested():
                session.execute(sa.text(change))


def test_what_is_not_public_any_more_is_not_shown_and_not_published(alpha: District) -> None:
    with alpha.work():
        page = _page(alpha, ("figure", "compounds"), ("story", None))
        page.blocks = [*page.blocks, {"kind": "room", "ref": "street_one/gone", "words": {},
                                      "key": 9}]  # fmt: skip
        _act(alpha, page, "submit")
        with pytest.raises(Conflict):
            _act(alpha, page, "publish", "admin")
        code = page.code
    assert "现在不公开" in _open(alpha.client("admin"), f"/console/pages/{code}")


def test_blocks_move_and_leave(alpha: District) -> None:
    with alpha.work():
        page = _page(alpha, ("story", None), ("figure", "compounds"), ("figure", "rooms"))
        actor = alpha.actor("street")
        commands.move_block(page, 3, -1, actor=actor)
        assert [one["key"] for one in page.blocks] == [1, 3, 2]
        commands.move_block(page, 1, -1, actor=actor)
        commands.remove_block(page, 3, actor=actor)
        assert [one["key"] for one in page.blocks] == [1, 2]
        with pytest.raises(Conflict):
            commands.remove_block(page, 3, actor=actor)


def test_the_picture_of_a_draft_is_shown_to_who_writes_and_to_nobody_else(alpha: District) -> None:
    held = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(held, "JPEG")
    held.seek(0)
    writer = alpha.client("street")
    with alpha.work():
        page = _page(alpha)
        code = page.code
    sent = {"words_zh": "有图", "words_en": "", "picture": (held, "a.jpg")}
    assert writer.post(f"/console/pages/{code}/add/story", **sent).status_code == 302
    address = f"/pages/{code}/pictures/1"
    assert writer.get(address).mimetype == "image/jpeg"
    _open(alpha.client(), address, 404)
    with alpha.work():
        page = queries.access_page(code, actor=alpha.actor("street"))
        _act(alpha, page, "submit")
        _act(alpha, page, "publish", "admin")
    assert alpha.client().get(address).mimetype == "image/jpeg"
    with alpha.work():
        _act(alpha, queries.access_page(code, actor=alpha.actor("street")), "withdraw")
    _open(alpha.client(), address, 404)
    _open(alpha.client(), f"/pages/{code}", 404)


def test_a_page_of_another_district_is_not_there(alpha: District, beta: District) -> None:
    with beta.work():
        page = _published(beta)
        code = page.code
    _open(alpha.client(), f"/pages/{code}", 404)
    _open(alpha.client("admin"), f"/console/pages/{code}", 404)
