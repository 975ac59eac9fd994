"""The Chinese catalogue says all that the sources say, and pages say nothing beside it."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator
from functools import cache
from gettext import NullTranslations
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po
from flask import Flask
from werkzeug.exceptions import HTTPException

from saas.demands import queries as demands
from saas.demands.package.shapes import TEMPLATE_BLANKS
from saas.demands.rules import grouped
from saas.kernel import i18n
from saas.kernel.context import entering
from saas.kernel.unit_of_work import unit_of_work
from saas.tenancy import commands
from saas.tenancy import queries as tenancy
from tests.support import PASSWORD, District, Visitor

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


# What is on a page and in no catalogue

#: Words that may stand on a Chinese page as they are.
OWN_NAMES = {
    "English",  # a language calls itself by its own name
}


class Bracketed(NullTranslations):
    """A language in which every translated text is put into brackets."""

    def gettext(self, message: str) -> str:
        """The text, recognisable."""
        return f"⟦{message}⟧"

    def ngettext(self, one: str, many: str, num: int) -> str:
        """The text for this number, recognisable."""
        return self.gettext(one if num == 1 else many)


class Seen(HTMLParser):
    """What a reader sees or hears of a page, and where its links lead.

    Left out: what people type (inputs, their own words in boxes), codes, and the text
    inside drawings, which is broken into lines and stands in the list beside them once more.
    """

    _SILENT = frozenset({"script", "style", "textarea", "svg", "code"})
    _SAID = ("aria-label", "alt", "placeholder", "title")

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.said: list[str] = []
        self.links: list[str] = []
        self._silent: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what is said besides the text, and links."""
        given = dict(attrs)
        self.said += [said for name in self._SAID if (said := given.get(name))]
        if tag == "a":
            self.links.append(given.get("href") or "")
        if tag in self._SILENT:
            self._silent.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Listen again after a silent part."""
        if self._silent and self._silent[-1] == tag:
            self._silent.pop()

    def handle_data(self, data: str) -> None:
        """Note the text."""
        if not self._silent:
            self.texts.append(data)

    def loose(self) -> set[str]:
        """Latin words outside the brackets; a translated sentence may reach over several tags."""
        return _loose(" ".join(self.texts)) | set[str]().union(*map(_loose, self.said))


def _loose(text: str) -> set[str]:
    """Words in Latin letters that stand outside brackets."""
    before = ""
    while before != text:
        before, text = text, re.sub("⟦[^⟦⟧]*⟧", " ", text)
    words = re.findall(r"[\w-]+", text, re.ASCII)
    return {word for word in words if len(re.findall("[A-Za-z]", word)) > 1}


def test_a_word_outside_the_brackets_is_found() -> None:
    page = '<h1>⟦%(a)s ⟦in⟧⟧ out</h1><p aria-label="say">⟦in <b>in</b>⟧ <i>Ab</i><svg>cd</svg></p>'
    assert Seen(page).loose() == {"out", "say", "Ab"}


@pytest.fixture
def bracketed(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on everything translated stands in brackets."""
    tongue = i18n.Tongue(i18n.DEFAULT_LOCALE, Bracketed())
    monkeypatch.setattr(i18n, "_load", lambda code: tongue)


def _walk(app: Flask, visitor: Visitor, *starts: str) -> Iterator[tuple[str, str, str]]:
    """Pages that links lead to: endpoint, address, text; twice for each kind of address."""
    routes, times = app.url_map.bind("localhost"), Counter[tuple[str, tuple[str, ...]]]()
    waiting = deque(starts)
    while waiting:
        address = waiting.popleft()
        path, asked = urlsplit(address).path, tuple(sorted(parse_qs(urlsplit(address).query)))
        try:
            endpoint = str(routes.match(path)[0])
        except HTTPException:
            continue
        times[endpoint, asked] += 1
        if times[endpoint, asked] > 2 or endpoint in _ELSEWHERE or "print" in asked:
            continue
        answer = visitor.get(address)
        if answer.status_code == 200 and answer.mimetype == "text/html":
            yield endpoint, address, answer.text
            links = [link for link in Seen(answer.text).links if link.startswith(visitor.root)]
            waiting.extend(link.removeprefix(visitor.root) for link in links)


#: Links that change how pages are shown.
_ELSEWHERE = {"shell.language", "shell.letters"}


def _names(district: District) -> set[str]:
    """Names that the test's district has in Latin letters: its people, units, codes."""
    made = {*district.people, *district.units.values(), "street_one"}
    with district.work():
        for unit in map(district.unit, district.units):
            made |= _loose(unit.name["zh"])
        made |= {department.code for department in demands.departments()}
        made |= {row.code for row in (*demands.categories(), *demands.kinds())}
    return made | {district.tenant.code} | set(TEMPLATE_BLANKS)


@pytest.mark.parametrize("who", [None, "resident", "admin", "street", "courtyard", "keeper"])
@pytest.mark.usefixtures("bracketed")
def test_pages_of_a_district_say_nothing_outside_the_catalogue(
    app: Flask, alpha: District, who: str | None
) -> None:
    code = _file(alpha)
    known = OWN_NAMES | _names(alpha) | {code, grouped(code)}
    seen = set()
    for endpoint, address, text in _walk(app, alpha.client(who), "/", "/demands", "/demands/mine"):
        seen.add(endpoint)
        assert not Seen(text).loose() - known, address
    assert MAIN[who] <= seen


#: What the walk has to have met, so that it cannot become empty unnoticed.
MAIN = {
    None: {"showcase.home", "rooms.listing", "rooms.show", "accounts.sign_in"},
    "resident": {"demands.choose_category", "demands.new", "demands.own", "demands.show"},
    "admin": {"territory.tree", "accounts.people", "accounts.audit", "accounts.roles"},
    "street": {"rooms.manage", "rooms.edit", "territory.show", "territory.move"},
    "courtyard": {"demands.listing", "demands.show", "showcase.front"},
    "keeper": {"rooms.manage", "rooms.listing"},
}


def _file(district: District) -> str:
    place = "/demands/new/rubbish/courtyard_one"
    values = {"category": "rubbish", "unit": "courtyard_one", "words": "院门口垃圾没有清运"}
    answer = district.client("resident").post(place, submission="catalogue-submission", **values)
    assert answer.status_code == 302, answer.text
    return answer.location.split("/demands/")[1].split("?")[0]


@pytest.mark.usefixtures("bracketed")
def test_pages_of_the_operator_say_nothing_outside_the_catalogue(
    app: Flask, alpha: District, hub: Flask
) -> None:
    with entering(app.extensions["saas"].hub), unit_of_work():
        commands.create_operator(login="operator", name="运营员", password=PASSWORD)
    visitor = Visitor(app.test_client(), "")
    for path in ("/hub/welcome", "/hub/sign-in"):
        assert not Seen(visitor.get(path).text).loose() - OWN_NAMES, path
    sent = visitor.post("/hub/sign-in", form="/hub/sign-in", login="operator", password=PASSWORD)
    assert sent.status_code == 302, sent.text
    with entering(app.extensions["saas"].hub):
        rows = tenancy.list_tenants(size=10_000)[0]
        codes = " ".join(f"{row.code} {row.package}" for row in rows)
    known = OWN_NAMES | {"plain", *codes.split(), *re.findall("[A-Za-z]+", codes), *TEMPLATE_BLANKS}
    seen = set()
    for endpoint, address, text in _walk(app, visitor, "/hub/"):
        seen.add(endpoint)
        assert Seen(text).loose() - known == set(), address
    assert {"tenancy.listing", "tenancy.show", "tenancy.suspend", "onboarding.create"} <= seen
