"""The Chinese catalogue says all that the sources say, and pages say nothing beside it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po
from flask import Flask

from saas.demands.menu.rules import TEMPLATE_BLANKS
from saas.kernel.context import entering
from saas.kernel.unit_of_work import unit_of_work
from saas.tenancy import commands
from saas.tenancy import queries as tenancy
from tests.support import PASSWORD, Visitor
from tests.walk.reading import OWN_NAMES, Seen, bracketed, follow

SAAS = Path(__file__).resolve().parents[2] / "saas"
FOLDER = SAAS / "translations"
PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w+\}")
HAN = "[\u4e00-\u9fff]"
Msgid = tuple[str, ...]


@cache
def chinese() -> Catalog:
    """The catalogue as people edit it."""
    with (FOLDER / "zh_Hans_CN" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale="zh_Hans_CN")


@cache
def used() -> dict[Msgid, str]:
    """Every msgid of the sources, singular and plural, with a place where it stands."""
    with (FOLDER / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
    words = {**DEFAULT_KEYWORDS, "_l": None, "lazy_gettext": None}
    found = extract_from_dir(SAAS, methods, options, keywords=words)
    return {_ids(said): f"{file}:{line}" for file, line, said, _notes, _context in found}


def _ids(said: str | tuple[str, ...] | list[str] | None) -> Msgid:
    return (said or "",) if isinstance(said, str | None) else tuple(said)


def entries() -> dict[Msgid, Message]:
    """The catalogue's messages by msgid."""
    return {_ids(entry.id): entry for entry in chinese() if entry.id}


def test_every_sentence_of_the_sources_is_said_in_chinese() -> None:
    there = entries()
    missing = [f"{at} {ids[0]}" for ids, at in used().items() if ids not in there]
    assert not missing
    assert len(used()) > 800, "the extraction has lost its sources"
    empty = [ids for ids, entry in there.items() if entry.fuzzy or not all(_ids(entry.string))]
    assert not empty


def test_nothing_is_kept_that_no_source_says_any_more() -> None:
    assert set(entries()) <= set(used())
    assert not chinese().obsolete


def test_chinese_fills_in_what_english_fills_in() -> None:
    for ids, entry in entries().items():
        wanted = set(PLACEHOLDER.findall(ids[-1]))
        for text in _ids(entry.string):
            assert set(PLACEHOLDER.findall(text)) == wanted, ids
            assert PLACEHOLDER.sub("", text).count("%") == 0, ids


def test_chinese_is_set_as_chinese_is_set() -> None:
    """Chinese punctuation, a half-width space between Chinese and Latin, no sentence left open."""
    for ids, entry in entries().items():
        for text in _ids(entry.string):
            bare = PLACEHOLDER.sub("", text)
            assert not re.search(f"{HAN}[,;:?!.]", bare), text
            assert not re.search(f"{HAN}[A-Za-z0-9]|[A-Za-z0-9]{HAN}", bare), text
            assert not re.search(f"{HAN} {HAN}", text), text
            assert text == text.strip(), text
            if ids[0].endswith(("?", ".")) and len(ids[0]) > 1:
                assert text.endswith(("。", "？")), text


# What is on a page and in no catalogue: for districts' pages see tests/walk


def test_a_word_outside_the_brackets_is_found() -> None:
    page = '<h1>⟦%(a)s ⟦in⟧⟧ out</h1><p aria-label="say">⟦in <b>in</b>⟧ <i>Ab</i><svg>cd</svg></p>'
    assert Seen(page).loose() == {"out", "say", "Ab"}


def test_pages_of_the_operator_say_nothing_outside_the_catalogue(app: Flask, hub: Flask) -> None:
    with entering(app.extensions["saas"].hub), unit_of_work():
        commands.create_operator(login="operator", name="运营员", password=PASSWORD)
    visitor = Visitor(app.test_client(), "")
    for path in ("/hub/welcome", "/hub/sign-in"):
        with bracketed():
            assert Seen(visitor.get(path).text).loose() <= OWN_NAMES, path
    sent = visitor.post("/hub/sign-in", form="/hub/sign-in", login="operator", password=PASSWORD)
    assert sent.status_code == 302, sent.text
    with entering(app.extensions["saas"].hub):
        rows = tenancy.list_tenants(size=10_000)[0]
        codes = " ".join(f"{row.code} {row.package}" for row in rows)
        codes += " ".join(["", *(old for row in rows for old in tenancy.old_codes_of(row))])
    known = OWN_NAMES | {"plain", *codes.split(), *re.findall("[A-Za-z]+", codes), *TEMPLATE_BLANKS}

    def links_of(address: str) -> list[str] | None:
        answer = visitor.get(address)
        if answer.status_code != 200 or answer.mimetype != "text/html":
            return None
        page = Seen(answer.text)
        assert page.loose() <= known, address
        return [link for link in page.links if link.startswith("/")]

    with bracketed():
        seen = {endpoint for endpoint, _ in follow(app, links_of, "/hub/")}
    assert {"tenancy.listing", "tenancy.show", "tenancy.suspend", "onboarding.create"} <= seen
