"""A list as a file: exactly what is asked for, in the reader's words."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.separated import harmless
from saas.kernel.workbooks import Column as SheetColumn
from saas.kernel.workbooks import Page, write_book
from saas.listing.declared import Cell, Content, Listing

#: More rows than this are narrowed first: a file of so many is read by nobody.
MOST_ROWS = 20_000
#: The kinds of files, by how the address asks for them, in words.
KINDS = {"xlsx": _l("Excel workbook"), "csv": _l("CSV text")}
_NARROW, _WIDE = 18, 36


def text_of(content: Content) -> str:
    """What stands in a field, in one line."""
    if isinstance(content, str):
        return content
    if isinstance(content, Cell):
        return f"{content.text} ({content.note})" if content.note else content.text
    return _("; ").join(text_of(each) for each in content)


def texts_of(listing: Listing[Any], row: Any) -> list[str]:
    """A row as texts, column by column."""
    return [text_of(column.content(row)) for column in listing.columns]


def workbook(listing: Listing[Any], rows: Iterable[Any], about: Sequence[tuple[str, str]]) -> bytes:
    """As a workbook; ``about`` says on a sheet of its own what is in it."""
    columns = [SheetColumn(str(c.words), _NARROW if c.narrow else _WIDE) for c in listing.columns]
    page = Page(str(listing.words), columns, [texts_of(listing, row) for row in rows])
    return write_book((_("About this file"), about), [page], _("Choices"))


def comma_separated(listing: Listing[Any], rows: Iterable[Any]) -> str:
    """As text that spreadsheets read as UTF-8; no field of it is taken for a formula."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out)
    writer.writerow([str(column.words) for column in listing.columns])
    for row in rows:
        writer.writerow([harmless(text) for text in texts_of(listing, row)])
    return out.getvalue()
