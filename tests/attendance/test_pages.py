"""The keeper's page, the wall, and saying that one is here."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
from flask import Flask

from saas.attendance import commands, queries
from saas.attendance.words import REFUSED
from saas.kernel import clock
from tests.activities.making import act, guest, scene, signed
from tests.attendance.making import begun, soon
from tests.support import District, Visitor


def _posted(visitor: Visitor, path: str, page: str, **given: object) -> int:
    return visitor.post(path, form=page, **given).status_code


def total(session_id: int) -> int:
    return queries.counts_of([session_id])[session_id].total


def test_a_keeper_counts_closes_the_day_and_another_closes_it(alpha: District) -> None:
    with alpha.work():
        one = soon(alpha, places=9)
        family = guest(alpha, one, 1, party=3)
        act(alpha, one, "begin", "street")
        code, slip, number = one.code, family.code, one.id
    street, admin = alpha.client("street"), alpha.client("admin")
    at = f"/console/activities/s/{code}/count"
    page = street.get(f"{at}?q=客人1").text
    assert "客人1" in page
    assert "客人1" not in street.get(at).text, "there is no list to leaf through"
    key = re.findall(r'name="submission" value="([^"]+)"', page)[0]
    for _ in range(2):  # pressed twice
        assert _posted(street, at, at, slip=slip, n=2, found=1, submission=key) == 302
    assert (
        _posted(
            street, f"{at}/tally", at, child=4, adult=0, listed="", elder="", submission=key + "x"
        )
        == 302
    )
    page = street.get(at).text
    assert re.search(r'tally--all"><dt>.*?</dt><dd>6</dd>', page)
    wrong = street.post(f"{at}/tally", form=at, adult="x", submission=key + "y")
    assert wrong.status_code == 422
    assert 'value="x"' in wrong.text
    assert street.post(f"{at}/tally", form=at, submission=key + "z").status_code == 422
    assert _posted(street, f"{at}/hold", at) == 302
    mine = street.post(f"{at}/close", form=at, total=6)
    assert mine.status_code == 422, "two pairs of eyes"
    assert _posted(admin, f"{at}/close", at, total=6) == 302
    with alpha.work():
        assert total(number) == 6
    rows = admin.get(f"{at}/rows").text
    mark = re.findall(r'name="mark" value="(\d+)"', rows)[-1]
    assert _posted(admin, f"{at}/back", f"{at}/rows", mark=mark, submission=key + "w",
                   cause="数重了") == 302  # fmt: skip
    rows = admin.get(f"{at}/rows").text
    assert "<s>" in rows, "both rows stay"
    assert "数重了" in rows
    with alpha.work():
        assert total(number) == 2


@pytest.mark.parametrize("who", ["resident", "auditor", None])
def test_nobody_else_counts(alpha: District, who: str | None) -> None:
    with alpha.work():
        code = begun(alpha).code
    visitor = alpha.client(who)
    for path in ("count", "count/tally", "count/rows", "screen"):
        answer = visitor.get(f"/console/activities/s/{code}/{path}")
        assert answer.status_code in ((302, 404) if who is None else (404,)), path


def test_a_neighbouring_districts_keeper_finds_nothing(alpha: District, beta: District) -> None:
    with alpha.work():
        code = begun(alpha).code
    assert beta.client("street").get(f"/console/activities/s/{code}/count").status_code == 404
    assert beta.client("resident").get(f"/here/{code}").status_code == 404


def test_who_is_here_says_so_with_the_digits_of_the_minute(
    app: Flask, alpha: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    with alpha.work():
        one = soon(alpha, places=4)
        signed(alpha, one, party=2)
        act(alpha, one, "begin", "street")
        digits = queries.code_now(one.code, clock.now())
        code, number = one.code, one.id
    wall = alpha.client("street").get(f"/console/activities/s/{code}/screen").text
    assert f"{digits[:3]} {digits[3:]}" in wall
    resident, path = alpha.client("resident"), f"/here/{code}"
    wrong = f"{(int(digits) + 1) % 10**6:06}"
    assert resident.post(path, form=path, digits=wrong).status_code == 422
    assert resident.post(path, form=path, digits=digits).status_code == 302
    assert 'name="digits"' not in resident.get(path).text
    other = alpha.client("neighbour").post(path, form=path, digits=digits)
    assert str(REFUSED["unlisted"]) in html.unescape(other.text), "to the keeper"
    later = clock.now().replace(second=0) + timedelta(minutes=4)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert alpha.client("neighbour").post(path, form=path, digits=digits).status_code == 422
    with alpha.work():
        assert total(number) == 1


def test_signed_out_one_is_led_to_the_door_and_back(alpha: District) -> None:
    with alpha.work():
        code = begun(alpha, places=None).code
    page = alpha.client().get(f"/here/{code}?m=123456")
    assert "sign-in" in page.text
    assert "m%3D123456" in page.text


def test_who_guesses_the_digits_is_soon_told_to_wait(alpha: District) -> None:
    with alpha.work():
        one = begun(alpha, places=None)
        code, digits = one.code, queries.code_now(one.code, clock.now())
    resident, path = alpha.client("resident"), f"/here/{code}"
    wrong = f"{(int(digits) + 7) % 10**6:06}"
    for _ in range(10):
        assert resident.post(path, form=path, digits=wrong).status_code == 422
    assert resident.post(path, form=path, digits=digits).status_code == 429
    neighbour = alpha.client("neighbour")
    assert neighbour.post(path, form=path, digits=digits).status_code == 302, (
        "others are not held up"
    )


def test_the_start_page_leads_to_what_goes_on_and_to_what_waits_to_be_closed(
    alpha: District,
) -> None:
    with alpha.work():
        on, over = begun(alpha), begun(alpha)
        commands.hold(scene(over), nobody=True, actor=alpha.actor("street"))
        codes = {"running": on.code, "held": over.code}
    street = alpha.client("street")
    page = street.get("/work").text
    for state, code in codes.items():
        assert f"/console/activities/s/{code}/count" in page
        link = f"/console/activities?state={state}"
        assert link in page
        listed = street.get(link).text
        assert [one for one in codes.values() if f"/s/{one}" in listed] == [code]
