"""What the help pages and the layouts' link to them show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask import current_app, request, url_for
from markupsafe import Markup
from werkzeug.routing import Rule

from saas.help import queries
from saas.help.markdown import as_html
from saas.help.rules import Text
from saas.help.words import GROUPS
from saas.kernel.context import Actor
from saas.kernel.errors import NotFound
from saas.web.addresses import page_above
from saas.web.pages import PUBLIC, SIGNED_IN, Access


@dataclass(frozen=True, slots=True)
class Entry:
    """A text in a list, with its address."""

    title: str
    summary: str
    url: str


@dataclass(frozen=True, slots=True)
class Section:
    """One group of the list; ``code`` is its anchor."""

    code: str
    name: str
    entries: list[Entry]


def link(actor: Actor) -> Entry | None:
    """For the header of the page that is being shown: the help that this reader needs on it. An act
    that is refused shows its form again, so its help is that of the page with the form.
    """
    here = request.endpoint or ""
    if request.method == "POST" and not queries.of_page(here, actor):
        here = page_above()[1]
    return next((_entry(text, here) for text in queries.of_page(here, actor)), None)


def sections(texts: Iterable[Text]) -> list[Section]:
    """Texts under the names of their groups; groups without any are left out."""
    by_group: dict[str, list[Entry]] = {code: [] for code in GROUPS}
    for text in texts:
        by_group[text.group].append(_entry(text))
    return [Section(code, str(GROUPS[code]), kept) for code, kept in by_group.items() if kept]


def entries(texts: Iterable[Text]) -> list[Entry]:
    """Texts in the order given."""
    return [_entry(text) for text in texts]


def body(text: Text, actor: Actor) -> Markup:
    """The text as HTML, with links to the texts that this reader may read."""

    def address(code: str) -> str | None:
        try:
            return _entry(queries.access_text(code, actor)).url
        except NotFound:
            return None

    return as_html(text.body, address)


def others(text: Text, page: str, actor: Actor) -> list[Entry]:
    """What else there is to read about the page from which ``text`` was opened."""
    return [_entry(one, page) for one in queries.of_page(page, actor) if one.code != text.code]


def place(text: Text, actor: Actor) -> str | None:
    """The page where the task is done, if it can be gone to without choosing anything first."""
    first = text.where[0]
    view = current_app.view_functions.get(first)
    if view is None:
        return None
    rules: list[Rule] = list(current_app.url_map.iter_rules(first))
    access: Access = vars(view)["__saas_access__"]
    if any(rule.arguments or "GET" not in (rule.methods or ()) for rule in rules):
        return None
    return url_for(first) if _opens(access.needs, actor) else None


def _opens(needs: str, actor: Actor) -> bool:
    return needs == PUBLIC or (actor.signed_in and (needs == SIGNED_IN or actor.may(needs)))


def _entry(text: Text, page: str | None = None) -> Entry:
    return Entry(text.title, text.summary, url_for("help.show", code=text.code, page=page))
