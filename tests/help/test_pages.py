"""Help as people read it: the list, a text, the link in the header, and what is not for them."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from tests.support import District, Visitor

_LINK = re.compile(r'<a class="help-link" href="([^"]+)"')


def _in_english(visitor: Visitor) -> Visitor:
    visitor.get("/language/en")
    return visitor


def _help_of(visitor: Visitor, path: str) -> str | None:
    hit = _LINK.search(visitor.get(path).text)
    return hit.group(1).replace("&amp;", "&").removeprefix(visitor.root) if hit else None


def test_residents_and_administrators_see_what_is_for_them(alpha: District) -> None:
    nobody, resident, admin = (alpha.client(who).get("/help").text
                               for who in (None, "resident", "admin"))  # fmt: skip
    for page in (nobody, resident, admin):
        assert "/help/file-demand" in page
    assert "/help/inbox" not in nobody
    assert "/help/inbox" in resident
    for code in ("wizard", "rooms-open", "accept-resolve", "records", "rooms-overview"):
        assert f"/help/{code}" not in resident
        assert f"/help/{code}" in admin
    assert "/help/operate-districts" not in admin


def test_a_text_that_is_not_for_the_reader_looks_like_one_that_does_not_exist(
    alpha: District,
) -> None:
    assert alpha.client("admin").get("/help/wizard").status_code == 200
    hidden = alpha.client("resident").get("/help/wizard")
    missing = alpha.client("resident").get("/help/nothing")
    assert (hidden.status_code, missing.status_code) == (404, 404)
    assert alpha.client("admin").get("/help/operate-districts").status_code == 404


def test_the_hub_has_the_operators_texts_and_no_others(app: Flask) -> None:
    anybody = app.test_client()
    assert anybody.get("/help").status_code == 200
    for code in ("operate-districts", "file-demand", "wizard"):
        assert anybody.get(f"/help/{code}").status_code == 404


def test_the_search_works_without_a_script_and_finds_what_is_for_the_reader(
    alpha: District,
) -> None:
    admin, resident = (_in_english(alpha.client(who)) for who in ("admin", "resident"))
    assert "/help/workbook" in admin.get("/help?q=marked+workbook").text
    assert "/help/workbook" not in resident.get("/help?q=marked+workbook").text
    assert "Nothing fits" in resident.get("/help?q=marked+workbook").text
    assert "/help/posters" in alpha.client("admin").get("/help?q=海报").text
    assert "<script>alert" not in admin.get("/help?q=<script>alert(1)</script>").text


@pytest.mark.parametrize(
    ("who", "path", "code"),
    [
        (None, "/track", "track"),
        ("resident", "/demands/new", "file-demand"),
        ("courtyard", "/demands", "lists-and-colours"),
        ("keeper", "/console/rooms", "rooms-open"),
        ("compound", "/console/rooms", "rooms-overview"),
        ("admin", "/units", "find-your-way"),
        ("auditor", "/audit", "records"),
    ],
)
def test_a_page_leads_to_the_help_of_its_task(
    alpha: District, who: str | None, path: str, code: str
) -> None:
    visitor = alpha.client(who)
    link = _help_of(visitor, path)
    assert link is not None
    assert link.startswith(f"/help/{code}?page=")
    assert visitor.get(link).status_code == 200


def test_a_form_that_is_refused_keeps_the_help_of_its_page(alpha: District) -> None:
    admin = alpha.client("admin")
    help_of = re.compile(r'href="/d/alpha(/help/[\w-]+\?page=[\w.]+)"')
    asked = help_of.search(admin.get("/setup/check").text or admin.get("/setup/health").text)
    refused = admin.post("/setup/check/accept", form="/setup/health", check="route")
    assert refused.status_code == 422
    found = help_of.search(refused.text)
    assert found
    assert asked is None or asked[1].split("?")[0] == found[1].split("?")[0]


def test_a_text_opened_from_a_page_offers_the_others_of_that_page(alpha: District) -> None:
    steward = alpha.client("community")
    page = steward.get("/help/accept-resolve?page=demands.show").text
    assert "/help/pass-up?page=demands.show" in page
    assert "/help/supervise?page=demands.show" not in page
    assert "/help/pass-up?page=" not in steward.get("/help/accept-resolve?page=nothing").text


def test_the_panel_gets_the_text_alone(alpha: District) -> None:
    visitor = alpha.client()
    alone = visitor.get("/help/track", headers={"HX-Request": "true"}).text
    assert "<html" not in alone
    assert alone.strip()
    assert alone.strip() in visitor.get("/help/track").text


def test_a_text_says_where_its_task_is_done_if_the_reader_may_go_there(alpha: District) -> None:
    def leads(who: str | None, code: str, path: str) -> bool:
        return (
            f'<a class="btn" href="{alpha.root}{path}"'
            in alpha.client(who).get(f"/help/{code}").text
        )

    assert leads(None, "track", "/track")
    assert leads("resident", "file-demand", "/demands/new")
    assert leads(None, "file-demand", "/demands/new")


def test_links_to_texts_for_others_are_words_to_a_reader(alpha: District) -> None:
    link = f'href="{alpha.root}/help/deadlines"'
    assert link in alpha.client("street").get("/help/figures").text
    auditor = alpha.client("auditor").get("/help/figures")
    assert auditor.status_code == 200
    assert link not in auditor.text
