"""The clerk's list: narrowed, sorted, taken along as a file, and accepted in one go."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta
from itertools import count

import pytest

from saas.demands import commands, queries
from saas.demands.case import queries as cases
from saas.kernel import clock
from saas.kernel.db import columns_of
from tests.demands.working import act
from tests.support import District

_count = count()
_LINKS = re.compile(r'<a class="row-link" href="[^"]*/demands/(\w+)">')


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
    assert f"{codes[1]}：未处理。" in page
    with alpha.work():
        states = [queries.lock_demand(code).state for code in codes]
    assert states == ["accepted", "waiting", "accepted"]


def test_nobody_accepts_what_is_not_theirs(alpha: District) -> None:
    code = _file(alpha)
    neighbour = alpha.client("auditor")
    assert 'name="row"' not in neighbour.get("/demands?list=area").text
    send = {"form": "/me", "act": "accept", "sure": "1", "row": f"{code}.1"}
    assert neighbour.post("/demands", **send).status_code == 404


def test_columns_are_matched_to_fields_by_name() -> None:
    with pytest.raises(TypeError, match="words"):
        columns_of(cases.Row, id=None)
