"""What a help text is, which one a page opens, and how words are found in all of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from saas.help.permissions import PUBLIC, SIGNED_IN
from saas.kernel.folding import folded, parts_of


@dataclass(frozen=True, slots=True)
class Text:
    """One task in one language. ``where`` are endpoints, ``needs`` who may read it, ``body`` is
    Markdown.
    """

    code: str
    title: str
    summary: str
    group: str
    order: int
    where: tuple[str, ...]
    needs: str
    body: str


def closest_first(texts: Iterable[Text]) -> list[Text]:
    """Texts of one page: those for a task of the reader's own before what everybody may read."""
    width = {PUBLIC: 2, SIGNED_IN: 1}
    return sorted(texts, key=lambda text: (width.get(text.needs, 0), text.order))


def found(texts: Iterable[Text], asked: str) -> list[Text]:
    """The texts that hold every word asked for, those first that have them in title or summary.

    Words are parted by blanks, however they are written; nothing asked finds all.
    """
    words = parts_of(asked)
    hits = [text for text in texts if _holds(f"{_face(text)} {text.body}", words)]
    return sorted(hits, key=lambda text: not _holds(_face(text), words))


def _face(text: Text) -> str:
    return f"{text.title} {text.summary}"


def _holds(words: str, asked: list[str]) -> bool:
    plain = folded(words)
    return all(word in plain for word in asked)
