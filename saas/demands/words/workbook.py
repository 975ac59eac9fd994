"""What workbooks say and are told: headings, how to fill them in, every fault and its remedy."""

from __future__ import annotations

from typing import Final

from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.sheets import FILE as UNREADABLE

SHEETS: Final = {"title": _l("How to"), "rows": _l("Demands"), "lists": _l("Choices")}
#: Field → heading, width in characters, what to write.
COLUMNS: Final = {
    "reference": (_l("Your number"), 16, _l("The number in your own list, if it has one. A row"
        " whose number is here already is passed over, so the same file can come twice.")),
    "category": (_l("Category"), 20, _l("Needed. Choose from the list.")),
    "unit": (_l("Place"), 36, _l("Needed. Choose from the list, or write a name or code that only"
        " one place has.")),
    "words": (_l("What is the matter"), 60, _l("Needed. At most 2000 characters. No names or"
        " numbers of people.")),
    "spot": (_l("Exact spot"), 24, _l("Building, entrance, floor or a landmark.")),
    "received_on": (_l("Received on"), 14, _l("The day on which it was said, like 2026-11-22. Time"
        " is counted from the import.")),
    "name": (_l("Caller's name"), 14, _l("Who asked. Kept sealed.")),
    "phone": (_l("Phone"), 16, _l("Mobile or landline with area code. Kept sealed.")),
    "anonymous": (_l("Hide the name"), 14, _l("yes, if those who handle it must not see name and"
        " phone.")),
}  # fmt: skip
FLAGS: Final = {True: _l("yes"), False: _l("no")}
SENTENCES: Final = (
    _l("Fill in the second sheet, one demand a row. Keep its first row as it is; the order of the"
       " columns does not matter."),
    _l("Nothing is stored before every row is right. You will see what will be made and confirm."),
    _l("At most 5,000 rows a file."),
)  # fmt: skip

#: Why a file cannot be read, and what to do.
FILE: Final = {
    **UNREADABLE,
    "no_rows": _l(
        "There is no filled-in row. Fill in the sheet with the headings of the template."
    ),
    "no_heading": _l(
        "No sheet has the headings of the template. Needed are category, place and what is the"
        " matter."
    ),
}
_CELL: Final = {
    "empty": _l("is empty: fill it in"),
    "no_such_category": _l("is no category here: choose from the list"),
    "no_such_unit": _l(
        "is no place in your reach, or several have this name: choose from the list"
    ),
    "too_long": _l("is too long: shorten it"),
    "no_date": _l("is no date: write it like 2026-11-22"),
    "in_the_future": _l("lies in the future: write the day on which it was said"),
    "no_flag": _l("is neither yes nor no"),
    "no_phone": _l("is no phone number: 11 digits, or a landline with its area code"),
    "merged": _l("Merged cells: split them, and write into each row"),
    "heading_twice": _l("Two columns have the same heading: delete one"),
}


def cell_fault(key: str, column: str, other: int | None) -> str:
    """A fault as a sentence that says what to do."""
    if key == "repeated":
        return _("Says the same as row %(row)s: delete one of them", row=other)
    said = str(_CELL[key])
    return said if key in {"merged", "heading_twice"} else f"{column}{_(': ')}{said}"
