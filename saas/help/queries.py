"""Reading help texts: all of a language, those of one page, one by its code."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import yaml

from saas.help.permissions import can_read
from saas.help.rules import Text, closest_first, found
from saas.help.schemas import HeadSchema
from saas.kernel.context import Actor, Hub, current_scope
from saas.kernel.errors import NotFound
from saas.kernel.i18n import locale_code

TEXTS = Path(__file__).parent / "texts"
_HEAD, _EDGE = "---\n", "\n---\n"


def read(file: Path) -> Text:
    """A text from its file. Raises ValueError without a head, ValidationError for a bad one."""
    source = file.read_text(encoding="utf-8")
    head, edge, body = source.removeprefix(_HEAD).partition(_EDGE)
    if not (source.startswith(_HEAD) and edge):
        raise ValueError(f"{file}: the head stands between two lines of ---")
    given = HeadSchema().load(yaml.safe_load(head))
    return Text(code=file.stem, body=body.strip(), **{**given, "where": tuple(given["where"])})


@lru_cache(maxsize=8)
def texts(locale: str) -> dict[str, Text]:
    """Every text of a language by its code, in the order of the list; read once a process."""
    every = [read(file) for file in (TEXTS / locale).glob("*.md")]
    return {text.code: text for text in sorted(every, key=lambda text: (text.order, text.code))}


@lru_cache(maxsize=8)
def _of_pages(locale: str) -> dict[str, list[Text]]:
    pages: dict[str, list[Text]] = {}
    for text in closest_first(texts(locale).values()):
        for endpoint in text.where:
            pages.setdefault(endpoint, []).append(text)
    return pages


def of_page(endpoint: str, actor: Actor) -> list[Text]:
    """What ``actor`` may read about a page, the closest to the task first."""
    return [text for text in _of_pages(locale_code()).get(endpoint, []) if _readable(text, actor)]


def search(asked: str, actor: Actor) -> list[Text]:
    """What ``actor`` may read and holds the words asked for; nothing asked gives all."""
    readable = [text for text in texts(locale_code()).values() if _readable(text, actor)]
    return found(readable, asked)


def access_text(code: str, actor: Actor) -> Text:
    """The text ``actor`` may read. Raises NotFound for one that is missing or not for them."""
    text = texts(locale_code()).get(code)
    if text is None or not _readable(text, actor):
        raise NotFound
    return text


def _readable(text: Text, actor: Actor) -> bool:
    return can_read(actor, text.needs, hub=isinstance(current_scope(), Hub))
