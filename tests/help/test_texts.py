"""The texts themselves: equal in both languages, true to the pages, and one for every page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape
from marshmallow import ValidationError
from werkzeug.routing import Rule

from saas import domains
from saas.accounts.package.shapes import Roles
from saas.demands.permissions import FILE
from saas.help import queries
from saas.help.markdown import LINK, anchor, as_html, links, words_in_bold
from saas.help.permissions import OPERATOR, PUBLIC, SIGNED_IN
from saas.help.rules import Text, found
from saas.kernel.context import ANONYMOUS, Actor, Grant, entering
from saas.kernel.i18n import LOCALES
from saas.packages.library.queries import read_package
from saas.web.pages import Access
from tests.support import District
from tests.web.test_catalogue import chinese

#: Pages without help of their own, and why.
WITHOUT = {
    "culture.overview": "reading alone: nothing is done there",
    "culture.calendar": "reading alone: nothing is done there",
    "culture.route": "reading alone: nothing is done there",
    "demands.answers_like": "a part of the form for a demand",
    "demands.others": "a part of a demand's record",
    "demands.phone": "leads back to the record that it is pressed on",
    "demands.entry_places": "a part of the form at the desk",
    "demands.entry_questions": "a part of the form at the desk",
    "culture_editor.preview": "a part of the editor's page",
    "vouching.sign_in": "leads to the city's own door",
    "vouching.link": "leads to the city's own door",
    "leaving.progress": "a part of the page of archives, asked for again and again",
    "hosting.enter": "one button, with a ticket from the hub",
    "showcase.anew": "a question that says what it means",
    "tenancy.progress": "a part of the district's page, asked for again and again",
    "help.listing": "help itself",
    "help.show": "help itself",
    "window.landing": "one button, before signing in",
    "tenancy.sign_in": "name and password",
    "shell.language": "leads back to where one was",
    "shell.letters": "leads back to where one was",
    **dict.fromkeys(
        (
            "static",
            "themes.css",
            "themes.css_of",
            "culture_editor.download",
            "demands.report_workbook",
            "offline.manifest",
            "offline.sign",
            "offline.worker",
            "healthz",
            "readyz",
            "metrics",
            "leaving.fetch",
            "demands.photo",
            "demands.numbered_photo",
            "rooms.photo",
            "rooms.posters_pdf",
            "demands.import_template",
            "demands.record_table",
            "demands.workbook",
            "organisations.paper",
            "organisations.picture",
            "feedback.picture",
            "rooms.venue_picture",
            "organisations.workbook_file",
            "packages.download",
            "packages.schema",
            "setup_import.marked",
            "setup_import.sample",
            "setup_import.template",
        ),
        "a file, no page",
    ),
}
#: How long a text is: enough to do it, short enough to be read while doing it.
WORDS = {"en": range(100, 261), "zh_Hans_CN": range(150, 421)}
_COUNTED = {"en": r"[\w'’-]+", "zh_Hans_CN": r"[\u4e00-\u9fff]|[A-Za-z0-9]+"}

every_text = pytest.mark.parametrize(
    ("locale", "text"),
    [(locale, text) for locale in LOCALES for text in queries.texts(locale).values()],
    ids=lambda value: value if isinstance(value, str) else value.code,
)


@cache
def _sayings(locale: str) -> frozenset[str]:
    """Everything that the catalogue says in a language."""
    said: set[str] = set()
    for message in chinese():
        if not message.id:  # the head of the catalogue
            continue
        words = message.id if locale == "en" else message.string
        said.update(words if isinstance(words, tuple | list) else (words,))
    return frozenset(said)


def _pages(app: Flask) -> Iterator[tuple[str, Access]]:
    """Every page that can be looked at, and what it needs; JSON has its own description."""
    rules: list[Rule] = list(app.url_map.iter_rules())
    for rule in rules:
        json = rule.rule.startswith(("/api/", "/open311"))
        if "GET" in (rule.methods or ()) and not json:
            yield rule.endpoint, vars(app.view_functions[rule.endpoint])["__saas_access__"]


def test_both_languages_have_the_same_texts_for_the_same_pages_and_people() -> None:
    heads = [
        {t.code: (t.where, t.needs, t.group, t.order) for t in queries.texts(locale).values()}
        for locale in LOCALES
    ]
    assert heads[0]
    assert all(head == heads[0] for head in heads)


def test_every_page_that_a_text_names_exists(app: Flask) -> None:
    named = {name for text in queries.texts("en").values() for name in text.where}
    assert named <= set(app.view_functions)


def test_no_text_is_for_a_permission_that_nobody_can_hold() -> None:
    known = {PUBLIC, SIGNED_IN, OPERATOR, *domains.DOMAINS.permissions}
    assert {text.needs for text in queries.texts("en").values()} <= known


def test_every_page_that_is_not_plain_by_itself_has_help(app: Flask) -> None:
    named = {name for text in queries.texts("en").values() for name in text.where}
    pages = {endpoint for endpoint, _ in _pages(app)}
    assert pages - named - set(WITHOUT) == set()
    assert set(WITHOUT) <= pages - named, "a page without help that has some, or is no more"


def test_whoever_may_open_a_page_may_read_its_help(app: Flask, alpha: District) -> None:
    silent = []
    with alpha.work():
        for role in read_package("1519").of(Roles).roles:
            grant = Grant(1, "1.", frozenset(role.permissions), role.code, own_only=role.resident)
            actor = Actor("person", 1, grants=(grant,))
            silent += [
                (role.code, endpoint)
                for endpoint, access in _pages(app)
                if access.plane == "tenant" and endpoint not in WITHOUT
                if _meant_for(access.needs, actor) and not queries.of_page(endpoint, actor)
            ]
    assert silent == []


def _meant_for(needs: str, actor: Actor) -> bool:
    """Residents come to pages of the console only by typing an address; filing is theirs."""
    return needs in {PUBLIC, SIGNED_IN, FILE} or bool(actor.reach(needs))


def test_an_operator_may_read_the_help_of_every_page_of_the_hub(app: Flask) -> None:
    operator = Actor("operator", 1)
    with app.test_request_context(), entering(app.extensions["saas"].hub):
        for endpoint, access in _pages(app):
            if access.plane == "hub" and endpoint not in WITHOUT:
                assert queries.of_page(endpoint, operator), endpoint
                assert not queries.of_page(endpoint, ANONYMOUS), endpoint
        assert not queries.of_page("demands.listing", operator)


@every_text
def test_every_word_in_bold_is_said_by_a_page(locale: str, text: Text) -> None:
    assert [w for w in words_in_bold(text.body) if w not in _sayings(locale)] == []


@every_text
def test_every_link_leads_to_a_text_and_to_a_heading_in_it(locale: str, text: Text) -> None:
    texts = queries.texts(locale)
    for link in links(text.body):
        named = LINK.fullmatch(link)
        assert named, link
        assert named["code"] in texts, link
        assert named["code"] != text.code, "a text leads to itself"
        headings = re.findall(r"^## (.+)$", texts[named["code"]].body, re.MULTILINE)
        assert not named["anchor"] or named["anchor"][1:] in map(anchor, headings), link


@every_text
def test_a_text_is_short_and_says_steps_what_can_go_wrong_and_what_comes_next(
    locale: str, text: Text
) -> None:
    assert len(re.findall(r"^## ", text.body, re.MULTILINE)) == 3
    assert re.search(r"^1\. ", text.body, re.MULTILINE)
    assert not text.body.startswith("#"), "it begins with what it is for"
    assert len(re.findall(_COUNTED[locale], text.body)) in WORDS[locale]


@every_text
def test_nothing_of_the_markup_is_left_over(locale: str, text: Text) -> None:
    """Bold that touches Chinese punctuation on the wrong side is no bold, but two stars."""
    shown = as_html(text.body, lambda code: f"/help/{code}")
    assert re.findall(r"\*\*|\]\(|&lt;|&amp;lt;", shown) == []


@given(st.text(alphabet="<>&\"'/=:ab script\n*#[]()`!", max_size=80))
def test_no_html_of_a_text_passes(words: str) -> None:
    tags = set(re.findall(r"</?([a-z0-9]*)[^>]*>", as_html(words, lambda code: None)))
    allowed = {"p", "em", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "code", "pre", "br", "hr",
               "ul", "ol", "li", "blockquote"}  # fmt: skip
    assert tags <= allowed


def test_html_images_and_addresses_elsewhere_are_words() -> None:
    hostile = "<script>x</script> ![a](/a.png) [out](https://example.org) [b](javascript:x)"
    shown = as_html(hostile, lambda code: f"/help/{code}")
    assert str(escape("<script>")) in shown
    assert "<img" not in shown
    assert "<a " not in shown


def test_a_link_to_what_the_reader_may_not_read_becomes_words() -> None:
    body = "See [this](one) and [that](two)."
    shown = as_html(body, lambda code: "/help/one" if code == "one" else None)
    assert shown == '<p>See <a href="/help/one">this</a> and that.</p>\n'


def test_headings_have_anchors_in_both_languages() -> None:
    assert 'id="help-what-can-go-wrong"' in as_html("## What can go wrong", lambda code: None)
    assert 'id="help-步骤"' in as_html("## 步骤", lambda code: None)


@given(st.sampled_from(sorted(queries.texts("en"))), st.data())
def test_a_text_is_found_by_any_of_its_words_whatever_their_case(
    code: str, data: st.DataObject
) -> None:
    texts = queries.texts("en")
    word = data.draw(st.sampled_from(texts[code].body.split()))
    assert texts[code] in found(texts.values(), word.upper())
    assert texts[code] not in found(texts.values(), f"{word} no-such-word-anywhere")


def test_what_is_in_the_title_comes_first() -> None:
    hits = found(queries.texts("en").values(), "posters")
    assert hits[0].code == "posters"
    assert len(hits) > 1


def test_a_text_without_a_head_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "bare.md"
    for source in ("Words.", "---\ntitle: A\n---\nWords.", "---\ntitle: A\n"):
        file.write_text(source)
        with pytest.raises((ValueError, ValidationError)):
            queries.read(file)
