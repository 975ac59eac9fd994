"""The media ledger by its commands and through its doors."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa

from saas import attachments, sheets
from saas.figures import commands as figures
from saas.figures import queries as measures
from saas.figures.words import NO_AIMS
from saas.kernel import clock
from saas.kernel.context import SYSTEM
from saas.kernel.db import session
from saas.kernel.errors import Invalid
from saas.media import commands, queries, rules, workbook
from saas.media.forms import OUTLETS
from saas.media.models import Coverage
from saas.sheets import receive
from tests.support import District, Visitor
from tests.visits.making import PDF, Letter, faults

_AIMLESS = ("leader_visits", "onsite_meetings", "peer_visits", "media_items")


def _outlets() -> None:
    for name, tier, host in (("某报", "city", "paper.example.cn"), ("某网", "portal", "")):
        OUTLETS.add(name={"zh": name, "en": tier}, tier=tier, host=host, actor=SYSTEM)


def _item(alpha: District, url: str = "https://www.paper.example.cn/a/1", **given: Any) -> Coverage:
    return commands.add_coverage(**{
        "unit": "street_one", "outlet": None, "title": "院落议事有办法", "url": url,
        "published_on": date(2020, 11, 2), "actor": alpha.actor("street"), **given,
    })  # fmt: skip


def _open(page: Visitor, path: str, status: int = 200) -> str:
    answer = page.get(path)
    assert answer.status_code == status, answer.text[:3000]
    return answer.text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://a.example.cn/x/?utm_source=wx&id=7&share_token=q#top", "https://a.example.cn/x?id=7"),
        (" http://A.example.cn ", "http://a.example.cn/"),
        ("a.example.cn/x", None),
        ("javascript:alert(1)", None),
        ("https://localhost/x", None),
        ("https://[::1", None),
    ],
)  # fmt: skip
def test_an_address_is_kept_without_what_passing_it_on_has_added(
    typed: str, kept: str | None
) -> None:
    assert rules.clean_url(typed) == kept


def test_a_link_tells_its_outlet_by_the_nearest_host() -> None:
    hosts = {"example.cn": "big", "news.example.cn": "small"}
    assert rules.outlet_of("https://www.news.example.cn/1", hosts) == "small"
    assert rules.outlet_of("https://m.example.cn/1", hosts) == "big"
    assert rules.outlet_of("https://other.cn/1", hosts) is None


def test_the_outlet_is_read_off_the_link_and_a_second_one_is_refused(alpha: District) -> None:
    with alpha.work():
        _outlets()
        one = _item(alpha)
        assert queries.outlets()[one.outlet_id].name["zh"] == "某报"
        passed_on = f"{one.url}/?from=timeline"
        assert [*faults(lambda: _item(alpha, passed_on))] == ["url"]
        assert [*faults(lambda: _item(alpha, "https://other.cn/1"))] == ["outlet"]
        assert [*faults(lambda: _item(alpha, "nonsense"))] == ["url"]
        late = faults(lambda: _item(alpha, "https://paper.example.cn/2", published_on=_tomorrow()))
        assert [*late] == ["published_on"]
        again = Coverage(outlet_id=one.outlet_id, unit_id=one.unit_id, title="x", url=one.url,
                         published_on=one.published_on)  # fmt: skip
        session.add(again)
        with pytest.raises(sa.exc.IntegrityError, match="uq_coverages"):
            session.flush()
        session.rollback()


def _tomorrow() -> date:
    return date.fromordinal(clock.today().toordinal() + 1)


def test_a_copy_is_kept_with_its_digest_and_shown_to_all_when_the_link_is_dead(
    alpha: District,
) -> None:
    with alpha.work():
        _outlets()
        one = _item(alpha, copy=[Letter("copy.pdf")])
        number = one.id
        (kept,) = attachments.of("coverage", number)
        assert len(kept.digest) == 64
    guest, keeper = alpha.client(), alpha.client("street")
    assert keeper.get(f"/coverage/{number}/copy").data == PDF
    _open(guest, f"/coverage/{number}/copy", 404)
    assert "paper.example.cn/a/1" in _open(guest, "/coverage")
    dead = keeper.post(f"/console/media/{number}/link", state="gone")
    assert dead.status_code == 302
    page = _open(guest, "/coverage")
    assert "链接已失效" in page
    assert "paper.example.cn" not in page
    assert guest.get(f"/coverage/{number}/copy").data == PDF


def test_reprints_stand_apart_and_what_does_not_count_is_not_counted(alpha: District) -> None:
    with alpha.work():
        _outlets()
        one = _item(alpha)
        key = str(one.id)
        two = _item(alpha, "", outlet="portal", title="转载：院落议事有办法", reprint_of=key)
        _item(alpha, "", outlet="portal", title="只提到一句", counted=False)
        found = queries.tally()
        assert found.tiers["city"] == (1, 0)
        assert found.tiers["portal"] == (1, 1)
        assert found.months == {date(2020, 11, 1): (2, 1)}
        chain = faults(lambda: _item(alpha, "", outlet="portal", reprint_of=str(two.id)))
        assert [*chain] == ["reprint_of"]
    page = _open(alpha.client(), "/coverage?kind=reprint")
    assert "转载：院落议事有办法" in page
    assert "只提到一句" not in _open(alpha.client(), "/coverage")


def test_stated_stands_beside_counted(alpha: District) -> None:
    with alpha.work():
        _outlets()
        _item(alpha)
        figures.add_claim(
            measure="media_items", unit=alpha.unit("street"), stated=Decimal(47),
            source={"zh": "试点报告"}, stated_on=date(2020, 12, 31), actor=SYSTEM,
        )  # fmt: skip
    page = _open(alpha.client(), "/coverage")
    assert "<strong>47</strong>" in page
    assert "试点报告" in page
    assert 'data-measure="media_items"' in _open(alpha.client(), "/figures")


@pytest.mark.parametrize("code", _AIMLESS)
def test_an_aim_for_visits_and_media_is_refused_with_the_rule_that_forbids_it(
    alpha: District, code: str
) -> None:
    with alpha.work():
        with pytest.raises(Invalid) as error:
            figures.ensure_target(code)
        assert error.value.errors == {"measure": [NO_AIMS]}
        assert "2024-08-06" in str(NO_AIMS)
        assert figures.ensure_target("demands_resolved") is measures.measures()["demands_resolved"]
        assert [*faults(lambda: figures.ensure_target("nothing"))] == ["measure"]
    assert "不得作为考评依据" in _open(alpha.client(), "/figures")


def test_what_goes_out_as_a_workbook_comes_back_and_changes_nothing(alpha: District) -> None:
    with alpha.work():
        _outlets()
        _item(alpha)
        actor = alpha.actor("street")
        data = workbook.book(actor)
        _sheets, draft = receive(io.BytesIO(data), [workbook.TABLE], workbook.FILE)
        planned, wrong = workbook.looked_at(draft.rows["coverages"], actor)
        assert not wrong
        assert [one.state for one in planned] == ["same"]


def test_a_workbook_is_looked_at_and_taken_over(alpha: District) -> None:
    with alpha.work():
        _outlets()
        one = _item(alpha)
        rows = [*workbook.filled(alpha.actor("street"))]
        fresh = {"outlet": "某报", "title": "新来的一条", "on": "2020-11-05",
                 "url": "https://paper.example.cn/b/2", "unit": "street_one"}  # fmt: skip
        twice = {**fresh, "title": "同一网址"}
        assert one.url
    keeper = alpha.client("street")
    sent = keeper.post(
        "/console/media/workbook", file=(_book(alpha, [*rows, fresh, twice]), "m.xlsx")
    )
    assert sent.status_code == 422
    assert "已有" in sent.text
    looked = keeper.post("/console/media/workbook", file=(_book(alpha, [*rows, fresh]), "m.xlsx"))
    assert looked.status_code == 200, looked.text[:2000]
    sealed = looked.text.split('name="rows" value="')[1].split('"')[0]
    done = keeper.post("/console/media/workbook/confirm", rows=sealed)
    assert done.status_code == 302
    assert "新来的一条" in _open(keeper, "/console/media")
    assert keeper.get("/console/media/workbook/file").status_code == 200


def _book(alpha: District, rows: list[dict[str, str]]) -> io.BytesIO:
    with alpha.work():
        page = sheets.page_of(workbook.TABLE, workbook.choices(), rows)
        return io.BytesIO(sheets.book_of([page], "说明", sheets.guide_of([page]), "选项"))


def test_the_ledger_is_kept_on_its_pages(alpha: District) -> None:
    with alpha.work():
        _outlets()
        number = _item(alpha).id
    keeper = alpha.client("street")
    given = {
        "url": "https://paper.example.cn/a/9", "title": "新的一条", "published_on": "2020-11-09",
        "unit": "street_one", "counted": "1",
    }  # fmt: skip
    made = keeper.post("/console/media/new", **given)
    assert made.status_code == 302, made.text[:2000]
    again = keeper.post("/console/media/new", **given | {"url": "https://www.paper.example.cn/a/1"})
    assert again.status_code == 422
    assert f"/console/media/{number}" in again.text
    assert "院落议事有办法" in _open(keeper, "/console/media?tier=city&month=2020-11")
    assert "院落议事有办法" not in _open(keeper, "/console/media?tier=portal")
    _open(keeper, "/console/media/outlets")
    named = {"name_zh": "新报", "tier": "county", "host": "https://www.new.example.cn/"}
    assert keeper.post("/console/media/outlets/new", **named).status_code == 302
    clash = keeper.post("/console/media/outlets/new", **named | {"name_zh": "旧报"})
    assert clash.status_code == 422
    changed = keeper.post(f"/console/media/{number}", **given | {"title": "改过的标题"})
    assert changed.status_code in (302, 422)
    for who in ("resident", "courtyard", "auditor"):
        assert alpha.client(who).get("/console/media").status_code == 403
