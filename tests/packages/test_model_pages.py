"""The pages of a district's model, through the door that administrators use."""

from __future__ import annotations

import html
import io
import json
import re
import zipfile
from typing import Any

import pytest
from flask import Flask

from saas.demands.menu import queries as demand_queries
from saas.demands.settings import commands as demands
from saas.kernel import i18n
from saas.packages.model import queries
from tests.factories.districts import bring_up_bare, bring_up_first_edition, give_administrator
from tests.support import District

PAGES = (
    "/model", "/model/upgrade/1519/2.0.0", "/model/upgrade/1519/2.0.0/apply", "/model/undo",
    "/model/export",
)  # fmt: skip
UP = "/model/upgrade/1519/2.0.0"
QUESTION = "demands/categories/pavements#name"


@pytest.fixture(scope="module")
def _paged(app: Flask) -> District:
    return bring_up_first_edition(app, "paged")


@pytest.fixture
def paged(_districts: Any, _paged: District) -> District:
    """A district made from the first edition of 1519, with one edit of its own."""
    with _paged.work():
        row = demand_queries.category("pavements")
        demands.CATEGORIES.change(
            row, name={"zh": "咱们的路", "en": "Our roads"}, hint=row.hint,
            open_to_neighbours=True, actor=_paged.actor("admin"),
        )  # fmt: skip
    return _paged


def seen_in(page: str) -> str:
    """What the page of the last question sends along."""
    found = re.search(r'name="seen" value="([^"]*)"', page)
    assert found is not None
    return html.unescape(found.group(1))


def test_an_administrator_walks_the_whole_way_there_and_back(paged: District) -> None:
    admin = paged.client("admin")
    front = admin.get("/model").text
    assert "Our roads" in front
    assert "2.0.0" in front
    page = admin.get(UP).text
    assert "Our roads" in page
    assert "Roads and getting about" in page
    assert admin.get(f"{UP}/apply").status_code == 302  # a decision is open
    kept = admin.post(f"{UP}?show=all", form=UP, **{QUESTION: "ours"})
    assert kept.location.endswith("show=all")
    last = admin.get(f"{UP}/apply").text
    done = admin.post(f"{UP}/apply", form=f"{UP}/apply", seen=seen_in(last))
    assert done.status_code == 302
    after = admin.get("/model").text
    assert "Our roads" in after
    assert "/model/undo" in after
    undo = admin.get("/model/undo").text
    change = re.search(r'name="change_id" value="(\d+)"', undo)
    assert change is not None
    back = admin.post("/model/undo", form="/model/undo", change_id=change.group(1))
    assert back.status_code == 302
    with paged.work():
        assert queries.installed_row().version == "1.0.0"
        assert demand_queries.category("pavements").name["zh"] == "咱们的路"


def test_what_changed_meanwhile_is_said_on_the_page(paged: District) -> None:
    admin = paged.client("admin")
    admin.post(UP, form=UP, **{QUESTION: "theirs"})
    seen = json.loads(seen_in(admin.get(f"{UP}/apply").text))
    path = "rooms/rooms/homework"
    assert path in seen
    answer = admin.post(f"{UP}/apply", form=f"{UP}/apply", seen=json.dumps({**seen, path: "x"}))
    assert answer.status_code == 422
    assert "Homework" in answer.text
    for odd in ("[1]", '{"a":' + "[" * 50_000):
        assert admin.post(f"{UP}/apply", form=f"{UP}/apply", seen=odd).status_code == 422


@pytest.mark.parametrize("who", ["officer", "street", "auditor", "resident", "keeper", None])
def test_nobody_else_sees_or_does_any_of_it(paged: District, who: str | None) -> None:
    visitor = paged.client(who)
    refused = 302 if who is None else 403
    for path in PAGES:
        assert visitor.get(path).status_code == refused, path
    for path in PAGES[1:]:
        form = "/rooms" if who else "/sign-in"
        assert visitor.post(path, form=form).status_code == refused, path
    assert paged.client("admin").get("/model").status_code == 200


def test_an_edition_that_cannot_be_taken_is_not_there(paged: District) -> None:
    admin = paged.client("admin")
    for path in ("/model/upgrade/139/1.0.0", "/model/upgrade/1519/1.0.0", "/model/upgrade/x/y"):
        assert admin.get(path).status_code == 404
        assert admin.post(path, form="/model").status_code == 404


def test_the_export_is_a_package_that_says_what_it_is_based_on(paged: District) -> None:
    admin = paged.client("admin")
    head = {"key": "ours", "version": "1.2.3", "title_zh": "咱们的模式", "publisher_zh": "一街道"}
    answer = admin.post("/model/export", form="/model/export", **head)
    assert answer.mimetype == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        text = archive.read("package.yaml").decode()
    assert "咱们的模式" in text
    assert "based_on:" in text
    for wrong in ({"key": "No Key"}, {"version": "one"}, {"title_zh": ""}):
        refused = admin.post("/model/export", form="/model/export", **{**head, **wrong})
        assert refused.status_code == 422


def test_the_pages_are_said_in_chinese_too(
    paged: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(i18n, "DEFAULT_LOCALE", "zh_Hans_CN")
    page = paged.client("admin").get(f"{UP}?show=all").text
    assert "道路与出行" in page
    assert "模式包" in page


def test_the_whole_model_is_readable_with_what_the_district_made_of_it(paged: District) -> None:
    page = paged.client("admin").get("/model/contents").text
    assert "Our roads" in page
    assert "Roads and manholes" not in page


def test_saving_goes_on_to_the_last_question_once_everything_is_decided(paged: District) -> None:
    admin = paged.client("admin")
    stays = admin.post(UP, form=UP, onward="1")
    assert stays.location.endswith(UP)
    onward = admin.post(UP, form=UP, onward="1", **{QUESTION: "ours"})
    assert onward.location.endswith(f"{UP}/apply")


def test_taking_back_speaks_of_what_was_here_not_of_a_package(paged: District) -> None:
    admin = paged.client("admin")
    admin.post(UP, form=UP, **{QUESTION: "theirs"})
    admin.post(f"{UP}/apply", form=f"{UP}/apply", seen=seen_in(admin.get(f"{UP}/apply").text))
    page = admin.get("/model/undo").text
    assert "Roads and getting about → Our roads" in page
    assert "It came with that change and goes out of use." in page
    assert "The package" not in page


@pytest.mark.usefixtures("_districts")
def test_an_empty_district_begins_with_another_model_in_the_wizard(app: Flask) -> None:
    empty = bring_up_bare(app, "chooser")
    give_administrator(empty)
    admin = empty.client("admin")
    assert 'value="139@1.1.0"' in admin.get("/setup/package").text
    nothing = admin.post("/setup/package", form="/setup/package")
    assert nothing.status_code == 422
    assert admin.post("/setup/package", form="/setup/package", model="moon").status_code == 422
    chosen = admin.post("/setup/package", form="/setup/package", model="139@1.1.0")
    assert chosen.status_code == 302
    with empty.work():
        assert queries.installed_row().key == "139"


def test_a_district_in_use_is_told_what_is_in_the_way_of_another_model(paged: District) -> None:
    admin = paged.client("admin")
    page = admin.get("/setup/package").text
    assert 'value="139@1.1.0"' not in page
    assert "because something stands on the present one" in page
    refused = admin.post("/setup/package", form="/setup/package", model="139@1.1.0")
    assert refused.status_code >= 400
    with paged.work():
        assert queries.installed_row().key == "1519"
