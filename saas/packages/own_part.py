"""What packages themselves keep in a package: its head, and the words of a district."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from saas.kernel.db import session
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say
from saas.packages import words
from saas.packages.faults import places, repeated
from saas.packages.models import Word
from saas.packages.parts import File, Listed, Package, Part, Section, alone, both, drop, put
from saas.packages.schemas import Head, Words
from saas.packages.schemas.fields import plain
from saas.packages.vocabulary import forget_words


def _bring(package: Package) -> None:
    """What the ideas of the product are called."""
    wanted = {
        word.term: {"term": word.term, "name": dict(word.name), "position": place}
        for place, word in enumerate(package.of(Words).words)
    }
    drop(put(Word, {row.term: row for row in _rows()}, wanted))
    forget_words()


def _rows() -> list[Word]:
    return list(session.scalars(sa.select(Word).order_by(Word.position, Word.id)))


def _read() -> dict[str, Any]:
    """The words as they are."""
    return {"words": {"words": [{"term": w.term, "name": both(w.name)} for w in _rows()]}}


def _sections(package: Package) -> Iterator[Section]:
    head = package.head
    based = words.shown(plain(head.based_on)) if head.based_on else ""
    facts = (
        (_("Key"), head.key),
        (_("Version"), head.version),
        (_("Publisher"), say(head.publisher)),
        (_("Source"), say(head.source)),
        (_("Licence"), head.licence or ""),
        (_("Based on"), based),
        (_("Needs product version"), head.needs or ""),
    )
    notes = [say(note) for note in head.notes]
    about = {"facts": facts, "notes": notes}
    yield Section(0, "about", _("About this package"), "packages/_about.html", about)
    named = [(each.term, say(each.name)) for each in package.of(Words).words]
    yield Section(70, "words", _("Vocabulary"), "packages/_words.html", named)


PART = Part(
    files=(
        File("package", Head, _l("About this package"), place=0),
        File("words", Words, _l("Vocabulary"), place=60),
    ),
    lists=(
        alone("package", "head", _l("the package"), _l("About this package"), form="file"),
        Listed("words", "words", _l("word"), _l("Vocabulary"), key=("term",)),
    ),
    check=lambda parts: repeated("words", places(parts.get("words"), "words", "term")),
    words={
        "based_on": _l("the package it is based on"),
        "licence": _l("licence"),
        "needs": _l("product version it needs"),
        "notes": _l("notes"),
        "publisher": _l("publisher"),
        "source": _l("source"),
        "version": _l("version"),
    },
    explained={
        "Label": _l("A text on screen, in Chinese and in English."),
        "Head": _l("What this package is, whose it is, and which of its names are whose."),
        "Head.key": _l("The name of the package for ever; its folder is called the same."),
        "Head.version": _l("Three numbers. An edition that was given out is never changed."),
        "Head.needs": _l("The lowest version of the product that can install this package."),
        "Head.licence": _l("On which terms others may use it."),
        "Head.source": _l("Where what is written here was taken from."),
        "Head.notes": _l("What a reader should know, such as which names are official."),
        "BasedOn": _l("The edition of another package that this one was made from."),
        "Words": _l("What the product's ideas are called; terms stay, names change."),
        "Word": _l("One idea of the product and its name here."),
    },
    sections=_sections,
    bring=_bring,
    read=_read,
    tables=("words",),
)
