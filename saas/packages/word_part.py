"""The words of a district as its package has them."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from saas.kernel.db import session
from saas.packages.models import Word
from saas.packages.parts import Part, both, drop, put
from saas.packages.queries.vocabulary import forget_words
from saas.packages.schemas import Package


def _bring(package: Package) -> None:
    """What the ideas of the product are called."""
    wanted = {
        word.term: {"term": word.term, "name": dict(word.name), "position": place}
        for place, word in enumerate(package.words)
    }
    drop(put(Word, {row.term: row for row in _rows()}, wanted))
    forget_words()


def _rows() -> list[Word]:
    return list(session.scalars(sa.select(Word).order_by(Word.position, Word.id)))


def _read() -> dict[str, Any]:
    """The words as they are."""
    return {"words": {"words": [{"term": w.term, "name": both(w.name)} for w in _rows()]}}


PART = Part(_bring, _read, tables=("words",))
