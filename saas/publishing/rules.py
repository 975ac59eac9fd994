"""What may be done with a public page, from values alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from saas.casework import Cell

STATES: Final = ("draft", "review", "published", "withdrawn")
KINDS: Final = ("story", "figure", "activity", "room", "organisation", "coverage")
MOST_BLOCKS: Final = 24

TABLE: Final[Mapping[tuple[str, str], Cell]] = {
    ("draft", "submit"): Cell("review", by="editor", unless=("empty",)),
    ("review", "publish"): Cell("published", by="reviewer", unless=("gone",)),
    ("review", "send_back"): Cell("draft", by="reviewer", asks=("reason",)),
    ("review", "take_back"): Cell("draft", by="editor"),
    ("published", "revise"): Cell("draft", by="editor"),
    ("withdrawn", "revise"): Cell("draft", by="editor"),
    ("published", "withdraw"): Cell("withdrawn", by="editor", asks=("reason",)),
    ("draft", "withdraw"): Cell("withdrawn", by="editor", asks=("reason",), unless=("unseen",)),
}


def moved(blocks: list[dict[str, Any]], key: int, by: int) -> list[dict[str, Any]]:
    """The same blocks with one a place up (-1) or down (1); at the end it stays where it is."""
    at = next(i for i, block in enumerate(blocks) if block["key"] == key)
    to = min(max(at + by, 0), len(blocks) - 1)
    rest = [block for block in blocks if block["key"] != key]
    return [*rest[:to], blocks[at], *rest[to:]]
