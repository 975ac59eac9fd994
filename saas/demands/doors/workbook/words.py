"""What workbooks of demands say: columns and how to fill them in, every fault and its remedy."""

from __future__ import annotations

import unicodedata
from typing import Final

from saas import sheets
from saas.kernel.i18n import lazy_gettext as _l
from saas.sheets import Column, Table


def _as_it_is(text: str) -> str:
    return text


def _half(text: str) -> str:
    """Full-width letters and digits as half-width."""
    return unicodedata.normalize("NFKC", text)


SHEETS: Final = {"title": _l("How to"), "lists": _l("Choices")}
ROWS: Final = Table("rows", _l("Demands"), (
    Column("reference", _l("Your number"), 16, _l("The number in your own list, if it has one. A"
        " row whose number is here already is passed over, so the same file can come twice."),
        sheets.text(60), clean=_half),
    Column("category", _l("Category"), 20, _l("Needed. Choose from the list."),
        sheets.found("category", "no_such_category"), needed=True),
    Column("unit", _l("Place"), 36, _l("Needed. Choose from the list, or write a name or code that"
        " only one place has."), sheets.found("unit", "no_such_unit"), needed=True),
    Column("words", _l("What is the matter"), 60, _l("Needed. At most 2000 characters. No names or"
        " numbers of people."), sheets.text(2000), needed=True, clean=_as_it_is),
    Column("spot", _l("Exact spot"), 24, _l("Building, entrance, floor or a landmark."),
        sheets.text(100), clean=_as_it_is),
    Column("received_on", _l("Received on"), 14, _l("The day on which it was said, like 2026-11-22."
        " Time is counted from the import."), sheets.past_day),
    Column("name", _l("Caller's name"), 14, _l("Who asked. Kept sealed."), sheets.text(60),
        clean=_as_it_is),
    Column("phone", _l("Phone"), 16, _l("Mobile or landline with area code. Kept sealed."),
        sheets.found("phone", "no_phone", 30), clean=_half),
    Column("anonymous", _l("Hide the name"), 14, _l("yes, if those who handle it must not see name"
        " and phone."), sheets.found("flag", "no_flag")),
))  # fmt: skip
SENTENCES: Final = (
    _l("Fill in the second sheet, one demand a row. Keep its first row as it is; the order of the"
       " columns does not matter."),
    _l("Nothing is stored before every row is right. You will see what will be made and confirm."),
    _l("At most 5,000 rows a file."),
)  # fmt: skip

#: Why a file cannot be read, and what to do.
FILE: Final = {
    **sheets.FILE,
    "rows": sheets.FILE["too_many_rows"],
    "no_rows": _l(
        "There is no filled-in row. Fill in the sheet with the headings of the template."
    ),
    "no_heading": _l(
        "No sheet has the headings of the template. Needed are category, place and what is the"
        " matter."
    ),
}
FAULTS: Final = {
    **sheets.CELL,
    "no_such_category": _l("is no category here: choose from the list"),
    "no_such_unit": _l(
        "is no place in your reach, or several have this name: choose from the list"
    ),
    "in_the_future": _l("lies in the future: write the day on which it was said"),
    "number_twice": _l("stands in row %(row)s too, at another matter: correct one of them"),
    "number_used": _l("stands at another demand here already: correct it, or leave it empty"),
    "repeated": _l("Says the same as row %(row)s: delete one of them"),
}
