"""Reading pages: what they say outside the catalogue, and where their links lead."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from gettext import NullTranslations
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from werkzeug.exceptions import HTTPException

from saas.demands import queries as demands
from saas.demands.menu import queries as menu
from saas.demands.menu.rules import TEMPLATE_BLANKS
from saas.kernel import i18n
from tests.support import District
from tests.thorough import is_thorough

#: Words that may stand on a Chinese page as they are.
OWN_NAMES = {
    "English",  # a language calls itself by its own name
    *("Ctrl", "Enter"),  # what stands on keys
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
    """What a reader sees or hears of a page, where its links lead, and which of its forms could
    not be posted, as they carry no token.

    Left out: what people type (inputs, their own words in boxes), codes, what programs are sent,
    and the text inside drawings, which is broken into lines and stands in the list beside them
    once more.
    """

    _SILENT = frozenset({"script", "style", "textarea", "svg", "code", "pre"})
    _SAID = ("aria-label", "alt", "placeholder", "title")

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.said: list[str] = []
        self.links: list[str] = []
        self.untokened: list[str] = []
        self._silent: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what is said besides the text, and links."""
        given = dict(attrs)
        self.said += [said for name in self._SAID if (said := given.get(name))]
        if tag == "a":
            self.links.append(given.get("href") or "")
        if tag == "form" and (given.get("method") or "").lower() == "post":
            self.untokened.append(given.get("action") or "")
        if tag == "input" and given.get("name") == "csrf_token":
            del self.untokened[-1:]
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
        return loose_words(" ".join(self.texts)) | set[str]().union(*map(loose_words, self.said))


def loose_words(text: str) -> set[str]:
    """Words in Latin letters that stand outside brackets."""
    before = ""
    while before != text:
        before, text = text, re.sub("⟦[^⟦⟧]*⟧", " ", text)
    words = re.findall(r"[\w-]+", text, re.ASCII)
    return {word for word in words if len(re.findall("[A-Za-z]", word)) > 1}


@contextmanager
def bracketed() -> Iterator[None]:
    """Meanwhile everything translated stands in brackets."""
    tongue = i18n.Tongue(i18n.DEFAULT_LOCALE, Bracketed())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(i18n, "_load", lambda code: tongue)
        i18n._marked.cache_clear()
        yield
    i18n._marked.cache_clear()


#: Links that change how pages are shown.
_ELSEWHERE = {"shell.language", "shell.letters"}


def follow(
    app: Flask, links_of: Callable[[str], list[str] | None], *starts: str
) -> Iterator[tuple[str, str]]:
    """Pages that links lead to: endpoint and address, twice for each page and once for each way to
    ask for it (twice, too, with ``--thorough``). ``links_of`` opens an address and gives the page's
    links, or nothing where it is no page.
    """
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
        if (
            times[endpoint, asked] > (1 if asked and not is_thorough() else 2)
            or endpoint in _ELSEWHERE
            or "print" in asked
        ):
            continue
        links = links_of(address)
        if links is not None:
            yield endpoint, address
            waiting.extend(links)


def own_names(district: District) -> set[str]:
    """Names that the test's district has in Latin letters: its people, units, codes."""
    made = {*district.people, *district.units.values(), "street_one"}
    with district.work():
        for unit in map(district.unit, district.units):
            made |= loose_words(unit.name["zh"])
        made |= {department.code for department in demands.departments()}
        made |= {row.code for row in (*menu.categories(), *menu.kinds())}
    return made | {district.tenant.code} | set(TEMPLATE_BLANKS)
