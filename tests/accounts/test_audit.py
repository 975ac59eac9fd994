"""The audit list: what was done in words, and to what by its name."""

from __future__ import annotations

import re
from html import unescape

import pytest
import sqlalchemy as sa
from flask import url_for

from saas.demands.menu.models import Category
from saas.domains import DOMAINS
from saas.kernel import audit
from saas.kernel.context import SYSTEM
from saas.kernel.db import session
from saas.kernel.i18n import say
from saas.rooms import queries as rooms
from saas.territory import commands as territory
from tests.architecture.recording import House
from tests.architecture.test_domains import CODE
from tests.demands.working import act, file
from tests.support import District
from tests.territory.counting import counted

_ROW = re.compile(r'<tr>\s*<th scope="row">(.*?)</th>\s*<td[^>]*>(.*?)</td>', re.DOTALL)
_LINK = re.compile(r'<a href="([^"]+)">(.*?)</a>')


def _rows(page: str) -> list[tuple[str, str, str | None]]:
    """What was done, to what, and its address, row by row."""
    found = []
    for what, cell in _ROW.findall(page):
        link = _LINK.search(cell)
        name = link.group(2) if link else re.sub(r"<small>.*?</small>|<[^>]+>", "", cell)
        found.append((unescape(what), unescape(name).strip(), link.group(1) if link else None))
    return found


def _said(name: object) -> str:
    return say(name) if isinstance(name, dict) else str(name)


def test_what_is_done_with_a_demand_is_in_words_and_opens_it_by_its_code(alpha: District) -> None:
    with alpha.work():
        demand = file(alpha)
        for verb in ("accept", "note"):
            act(alpha, demand, "courtyard", verb)
        act(alpha, demand, "street", "supervise", hours=8)
        code = demand.code
    rows = _rows(alpha.client("auditor").get("/audit").text)
    done = [(what, name) for what, name, _ in rows if name == code]
    assert [what for what, _ in done] == ["诉求：督办", "诉求：备注", "诉求：受理", "诉求：提交"]
    assert {url for _, name, url in rows if name == code} == {f"{alpha.root}/demands/{code}"}


def test_the_list_narrows_to_a_kind_of_thing_and_to_what_was_done(alpha: District) -> None:
    with alpha.work():
        demand = file(alpha)
        for verb in ("accept", "note"):
            act(alpha, demand, "courtyard", verb)
    auditor = alpha.client("auditor")
    page = auditor.get("/audit?thing=demand").text
    assert [what for what, _, _ in _rows(page)] == ["诉求：备注", "诉求：受理", "诉求：提交"]
    assert "thing=demand&amp;action=demands.accept" in page
    page = auditor.get("/audit?thing=demand&action=demands.accept").text
    assert [what for what, _, _ in _rows(page)] == ["诉求：受理"]
    assert '<input type="hidden" name="action" value="demands.accept">' in page
    assert "action=demands" not in auditor.get("/audit").text
    assert _rows(auditor.get("/audit?action=%00nothing").text) == []


def test_no_entry_of_any_kind_shows_a_name_of_the_code(alpha: District) -> None:
    with alpha.work():
        for action, kind in House(CODE).recordable():
            for thing_id in (1, 999_999, None):
                audit.record(action, kind, thing_id, actor=SYSTEM)
    auditor, number = alpha.client("auditor"), 1
    seen: set[str] = set()
    while rows := _rows(auditor.get(f"/audit?page={number}").text):
        for what, name, _ in rows:
            assert not re.search(r"[a-z]+\.[a-z_]+|_", what + name), (what, name)
            seen.add(what)
        number += 1
    assert len(seen) > 150


def test_every_kind_of_thing_opens_by_its_name(alpha: District) -> None:
    """Whatever there is of it in a fresh district; the page of its kind opens in any case."""
    admin = alpha.client("admin")
    named = set()
    with alpha.work():
        actor = alpha.actor("admin")
        links = {
            kind: list(thing.links(range(1, 400), actor).values())
            for kind, thing in DOMAINS.things.items()
        }
        shown = {k: [(_said(link.name), link.url) for link in each] for k, each in links.items()}
    for thing in DOMAINS.things.values():
        if thing.page:
            with alpha.work():
                path = url_for(thing.page[0]).removeprefix(alpha.root)
            assert admin.get(path).status_code in {200, 302}, path
    for kind, each in shown.items():
        for name, url in each[:2]:
            assert name, kind
            assert url, kind
            path = url.removeprefix(alpha.root)
            assert admin.get(path).status_code == 200, url
            named.add(kind)
    assert named >= {"unit", "person", "post", "room", "platform", "centre", "street_rooms",
                     "room_template", "platform_template", "centre_template", "demand_category",
                     "demand_kind", "demand_reason", "demand_report"}  # fmt: skip


def test_who_may_not_open_a_thing_reads_its_name(alpha: District) -> None:
    with alpha.work():
        category = session.scalars(sa.select(Category)).first()
        assert category is not None
        audit.record("demands.change_category", "demand_category", category.id, actor=SYSTEM)
        name, code = say(category.name), category.code
    change = "修改类别"
    whole = _rows(alpha.client("admin").get("/audit").text)
    assert (change, name, f"{alpha.root}/demands/settings/categories/{code}") in whole
    assert (change, name, None) in _rows(alpha.client("auditor").get("/audit").text)


def test_entries_of_old_that_called_everything_a_room_are_read_rightly(alpha: District) -> None:
    with alpha.work():
        street = alpha.unit("street")
        template = rooms.library().rooms[0]
        audit.record("rooms.settings", "room", street.id, actor=SYSTEM, unit_path=street.path)
        audit.record("rooms.change_room_template", "room", template.id, actor=SYSTEM)
        audit.record("rooms.grid", "room", None, actor=SYSTEM, unit_path=street.path)
        audit.record("rooms.set_up", "centre", None, actor=SYSTEM, unit_path=street.path)
        names = [say(street.name), say(template.name)]
    rows = _rows(alpha.client("admin").get("/audit").text)[:4]
    assert [name for _, name, _ in rows] == ["街道的功能坊", "街道的功能坊", names[1], names[0]]
    assert all(url for _, _, url in rows)


@pytest.mark.parametrize("entries", [2, 16])
def test_a_page_asks_once_for_each_kind_of_thing(alpha: District, entries: int) -> None:
    with alpha.work():
        admin, compound = alpha.actor("admin"), alpha.unit("compound")
        for number in range(entries):
            unit = territory.add_unit(
                code=f"gate_{number}", kind="courtyard", name={"zh": f"第{number}院"},
                parent=compound, actor=admin,
            )  # fmt: skip
            room = rooms.structure_of(alpha.unit("street")).rooms[number]
            audit.record("rooms.change", "room", room.id, actor=admin)
            audit.record("demands.change_category", "demand_category", unit.id, actor=admin)
    auditor = alpha.client("auditor")
    auditor.get("/audit")
    with counted() as sent:
        page = auditor.get("/audit?q=alpha+admin").text
    assert len(_rows(page)) == entries * 3
    naming = [text for text in sent if " IN (" in text and ".id IN" in text]
    asked = sorted(re.findall(r"FROM (\w+)", "\n".join(naming)))
    assert asked == ["demand_categories", "rooms", "units"]
    assert len(sent) == 17, "\n".join(sent)
