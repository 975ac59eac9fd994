"""The clerk's list: narrowed, sorted, taken along as a file, and accepted in one go."""

from __future__ import annotations

import csv
import io
import re
from datetime import datetime, timedelta
from html import unescape
from itertools import count
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from saas.demands import commands, queries
from saas.demands.case import queries as cases
from saas.demands.case import views
from saas.demands.case.models import Demand
from saas.kernel import clock
from saas.kernel.db import columns_of, session
from saas.workdays.queries import working_time
from tests.demands.working import act
from tests.support import District, Visitor

_count = count()
_LINKS = re.compile(r'<a class="row-link" href="[^"]*/demands/(\w+)(?:\?[^"]*)?">')


def _file(district: District, words: str = "院门口垃圾两天没有清运", **given: object) -> str:
    with district.work():
        return commands.file_demand(
            category=str(given.get("category", "rubbish")),
            unit=district.unit("courtyard"),
            words=words,
            submission=f"list-submission-{next(_count):08}",
            actor=district.actor("resident"),
        ).code


def _codes(district: District, address: str) -> list[str]:
    answer = district.client("courtyard").get(address)
    assert answer.status_code == 200
    return _LINKS.findall(answer.text)


def test_a_list_narrows_by_category_state_and_day_of_filing(alpha: District) -> None:
    rubbish, lights = _file(alpha), _file(alpha, category="street_lights")
    with alpha.work():
        act(alpha, queries.lock_demand(lights), "courtyard", "accept")
        today = clock.today()
    assert _codes(alpha, "/demands?category=rubbish") == [rubbish]
    assert _codes(alpha, "/demands?category=sanitation") == [rubbish]
    assert _codes(alpha, "/demands?state=accepted") == [lights]
    assert set(_codes(alpha, f"/demands?since={today}&until={today}")) == {rubbish, lights}
    assert _codes(alpha, f"/demands?until={today - timedelta(days=1)}") == []
    page = alpha.client("courtyard").get("/demands?more=1").text
    assert '<select class="input" id="f-category" name="category">' in page
    assert 'id="f-since" type="date"' in page


def test_a_list_sorts_by_what_its_heads_say(alpha: District) -> None:
    first, second = _file(alpha), _file(alpha)
    assert _codes(alpha, "/demands?sort=filed")[:2] == [first, second]
    assert _codes(alpha, "/demands?sort=-filed")[:2] == [second, first]


@pytest.mark.parametrize("address", ["list=nothing", "state=nothing", "sort=words", "level=9"])
def test_a_bad_word_in_the_address_is_said_and_hides_nothing(alpha: District, address: str) -> None:
    code = _file(alpha)
    page = alpha.client("courtyard").get(f"/demands?{address}")
    assert page.status_code == 200
    assert code in page.text
    assert "没有看懂" in page.text


def test_the_file_has_the_whole_words_of_what_the_list_shows(alpha: District) -> None:
    words = "院门口的垃圾桶两天没有清运，" * 6
    code = _file(alpha, words)
    _file(alpha, "路灯")
    answer = alpha.client("courtyard").get("/demands?q=垃圾桶&as=csv")
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert [row[:2] for row in rows[1:]] == [[words, code]]
    resident = alpha.client("resident").get("/demands?as=csv")
    assert resident.status_code == 403


def _keys(page: str) -> dict[str, str]:
    found = re.findall(r'name="row" value="(\w+)\.(\d+)"', page)
    return {code: f"{code}.{seen}" for code, seen in found}


def test_many_are_accepted_at_once_but_none_that_has_moved_on(alpha: District) -> None:
    codes = [_file(alpha) for _ in range(3)]
    steward = alpha.client("courtyard")
    keys = _keys(steward.get("/demands").text)
    with alpha.work():
        act(alpha, queries.lock_demand(codes[1]), "courtyard", "note")
    send = {"form": "/demands", "act": "accept", "row": [keys[code] for code in codes]}
    asked = steward.post("/demands", **send)
    assert all(code in asked.text for code in codes)
    done = steward.post("/demands", sure="1", **send)
    assert done.status_code == 302
    page = steward.get("/demands").text
    assert "已完成：2 项" in page
    assert re.search(rf"{codes[1]} [^<]*：未处理。", page)
    with alpha.work():
        states = [queries.lock_demand(code).state for code in codes]
    assert states == ["accepted", "waiting", "accepted"]


def test_nobody_accepts_what_is_not_theirs(alpha: District) -> None:
    code = _file(alpha)
    neighbour = alpha.client("auditor")
    assert 'name="row"' not in neighbour.get("/demands?list=area").text
    send = {"form": "/me", "act": "accept", "sure": "1", "row": f"{code}.1"}
    assert neighbour.post("/demands", **send).status_code == 404


# The day of a clerk


def test_a_list_narrows_by_place_by_the_way_it_came_and_by_what_is_due(alpha: District) -> None:
    code = _file(alpha)
    with alpha.work():
        name = alpha.unit("community").name["zh"]
    for found in (f"place={name}", "channel=own", "due=seven"):
        assert _codes(alpha, f"/demands?{found}") == [code], found
    for empty in ("place=nowhere", "channel=phone", "due=late", "due=none"):
        assert _codes(alpha, f"/demands?{empty}") == [], empty
    page = alpha.client("courtyard").get("/demands?more=1").text
    assert f'<option value="{alpha.tenant.code}' in page or 'list="o-place"' in page


def _number(district: District, code: str) -> str:
    with district.work():
        return session.scalars(sa.select(Demand).filter_by(code=code)).one().number


def test_a_row_is_accepted_in_the_list_at_one_press_and_says_then_that_it_is_in_hand(
    alpha: District,
) -> None:
    code = _file(alpha)
    steward = alpha.client("courtyard")
    page = steward.get("/demands?sort=filed").text
    (value,) = re.findall(r'name="one" value="(accept\.[^"]+)"', page)
    answer = steward.post("/demands?sort=filed", form="/demands", one=value)
    assert answer.status_code == 302
    assert str(answer.location).endswith("/demands?sort=filed")
    page = steward.get("/demands").text
    assert f"{_number(alpha, code)} · 办理中" in page
    assert 'name="one"' not in page
    again = steward.post("/demands", form="/demands", one=value)
    assert again.status_code == 302
    assert "未处理" in steward.get("/demands").text
    asks = steward.post("/demands", form="/demands", one=value.replace("accept", "transfer"))
    assert asks.status_code == 404, "what asks for something is never done at one press"


def test_many_are_transferred_with_one_reason_and_each_that_cannot_be_is_named(
    alpha: District,
) -> None:
    codes = [_file(alpha) for _ in range(2)]
    steward = alpha.client("courtyard")
    keys = _keys(steward.get("/demands").text)
    send = {"form": "/demands", "act": "transfer", "row": [keys[code] for code in codes]}
    asked = steward.post("/demands", **send)
    to = re.findall(r'<option value="(\w+)">', asked.text)
    assert to
    bare = steward.post("/demands", sure="1", reason="", choice="", **send)
    assert bare.status_code == 422
    assert 'id="e-choice"' in bare.text
    assert 'id="e-reason"' in bare.text
    with alpha.work():
        act(alpha, queries.lock_demand(codes[1]), "courtyard", "accept")
    done = steward.post("/demands", sure="1", reason="归他们管", choice=to[0], **send)
    assert done.status_code == 302
    page = steward.get("/demands").text
    assert "已完成：1 项" in page
    assert re.search(rf"{codes[1]} [^<]*：未处理", page)
    with alpha.work():
        moved, kept = (queries.lock_demand(code).last_verb for code in codes)
    assert (moved, kept) == ("transfer", "accept")


def test_who_goes_through_a_list_comes_from_one_to_the_next_and_stays_in_it(
    alpha: District,
) -> None:
    first, second, third = (_file(alpha) for _ in range(3))
    steward = alpha.client("courtyard")
    page = steward.get("/demands?sort=filed").text
    addresses = re.findall(r'class="row-link" href="[^"]*(/demands/\w+\?[^"]*)"', page)
    assert [first, second, third] == [re.split(r"[/?]", address)[2] for address in addresses]
    record = steward.get(unescape(addresses[1])).text
    assert "第 2 件，共 3 件" in record
    assert re.search(rf'href="[^"]*/demands/{first}\?[^"]*" rel="prev"', record)
    assert re.search(rf'href="[^"]*/demands/{third}\?[^"]*" rel="next"', record)
    here = unescape(addresses[1])
    assert _after(steward, here, "accept") == second, "what is in hand stays"
    assert _after(steward, here, "resolve") == second, "nobody asked to go on"
    on = steward.post("/lists/flow", form=here, on="1", here=steward.root + here)
    assert str(on.location).endswith(here)
    here = unescape(addresses[0])
    assert _after(steward, here, "accept") == first
    assert _after(steward, here, "resolve") == third, "the one that follows in the list"
    here = unescape(addresses[2])
    _after(steward, here, "accept")
    last = steward.post(here, form=here, verb="resolve", reason="清掉了")
    assert str(last.location).endswith("/demands?sort=filed"), "back to the list it came from"


def _after(steward: Visitor, here: str, verb: str) -> str:
    answer = steward.post(here, form=here, verb=verb, reason="清掉了")
    assert answer.status_code == 302, answer.text
    return re.split(r"/demands/", str(answer.location))[1].split("?")[0]


def test_levels_have_their_plain_names_in_the_list_of_those_who_work_with_them(
    alpha: District,
) -> None:
    with alpha.work():
        plain = [label for _, label in views.plain_levels()]
    page = alpha.client("courtyard").get("/demands").text
    chips = re.findall(r'class="chip"[^>]*>([^<]+)<', page)
    assert [chip for chip in chips if chip in plain] == plain


@pytest.mark.parametrize(
    ("now", "due", "words"),
    [  # 2026-11-27 is a Friday
        ("2026-11-27T10:00", "2026-11-27T18:00", "剩 8 小时"),
        ("2026-11-27T17:30", "2026-11-30T14:00", "剩 1 个工作日"),
        ("2026-11-28T11:00", "2026-11-30T14:00", "剩 1 个工作日"),
        ("2026-11-27T10:00", "2026-12-01T18:00", "剩 2 个工作日"),
        ("2026-11-27T10:00", "2026-12-04T18:00", "剩 5 个工作日"),
        ("2026-11-30T14:30", "2026-11-30T14:00", "超期 30 分钟"),
        ("2026-11-30T13:20", "2026-11-30T14:00", "剩 40 分钟"),
    ],
)
def test_what_is_left_is_counted_in_hours_on_the_last_day_and_in_working_days_before(
    alpha: District, now: str, due: str, words: str
) -> None:
    zone = ZoneInfo("Asia/Shanghai")
    moment, limit = (datetime.fromisoformat(text).replace(tzinfo=zone) for text in (now, due))
    with alpha.work():
        demand = Demand(state="waiting", due_at=limit, warn_at=limit)
        assert views.light_of(demand, moment, working_time()).word == words


def test_columns_are_matched_to_fields_by_name() -> None:
    with pytest.raises(TypeError, match="words"):
        columns_of(cases.Row, id=None)


def test_another_one_is_found_by_words_to_go_on_with(alpha: District) -> None:
    here, other = _file(alpha, "楼道灯坏了"), _file(alpha, "三楼的灯不亮", category="street_lights")
    done = _file(alpha, "灯修好了")
    with alpha.work():
        act(alpha, queries.lock_demand(done), "courtyard", "accept")
        act(alpha, queries.lock_demand(done), "courtyard", "resolve")
    steward = alpha.client("courtyard")
    found = steward.get(f"/demands/{here}/others?q=灯").text
    assert re.findall(r'name="into"\s+value="(\w+)"', found) == [other]
    assert f'value="{other}"' in steward.get(f"/demands/{here}/others?q={other[:16]}").text
    assert 'data-sought="灯"' in found
    assert alpha.client("resident").get(f"/demands/{here}/others?q=灯").status_code == 403
    page = f"/demands/{here}"
    assert steward.post(page, form=page, verb="merge", into=other).status_code == 302
