"""Texts in comma-separated files, which spreadsheets open."""

from __future__ import annotations

from typing import Final

#: Full-width ones, too: a Chinese Excel reads them as the others.
_FORMULA: Final = tuple("=+-@＝＋－＠\t\r\n")


def harmless(text: str) -> str:
    """A field of a table that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
