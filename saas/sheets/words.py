"""What is wrong with a file or a cell, and what to do: what a table adds, it says itself."""

from __future__ import annotations

from typing import Final

from saas.kernel import i18n
from saas.kernel.i18n import LOCALES
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.workbooks import plain

#: The key of `Unreadable` → a sentence.
FILE: Final = {
    "nothing": _l("The file is empty. Choose the filled-in template."),
    "too_large": _l("The file is larger than 5 MB. Take pictures out of it, or split it."),
    "old_format": _l(
        "This is an old .xls file or one with a password. Save it as .xlsx without a password."
    ),
    "not_a_workbook": _l(
        "This is not a workbook, whatever its name says. Save the table as .xlsx and send that."
    ),
    "damaged": _l("This workbook is damaged. Open it, save it again as .xlsx and send that."),
    "too_much_inside": _l(
        "This workbook unpacks to far more than it should. Copy the rows into a new template."
    ),
    "too_long": _l(
        "This workbook takes too long to read. Send it again in a minute, or copy the rows into a"
        " new template."
    ),
    "too_many_rows": _l(
        "There are cells below row 6000. Split the list: at most 5,000 rows a file."
    ),
    "too_many_columns": _l(
        "There are cells far to the right. Keep to the columns of the template."
    ),
}

#: The key of a fault of a cell → a sentence, said after the column's heading.
CELL: Final = {
    "empty": _l("is empty: fill it in"),
    "too_long": _l("is too long: shorten it"),
    "retyped": _l(
        "was made a date or cut short by the spreadsheet: format the column as text, type it again"
    ),
    "no_date": _l("is no date: write it like 2026-11-22"),
    "in_the_future": _l("lies in the future: write a day up to today"),
    "no_flag": _l("is neither yes nor no"),
    "no_phone": _l("is no phone number: 11 digits, or a landline with its area code"),
    "repeated": _l("says the same as row %(row)s: delete one of them"),
    "merged": _l("Merged cells: split them, and write into each row"),
    "heading_twice": _l("Two columns have the same heading: delete one"),
}
FLAGS: Final = {True: _l("yes"), False: _l("no")}


def flags_in_words() -> tuple[str, ...]:
    """What can be chosen where it is yes or no."""
    return tuple(str(word) for word in FLAGS.values())


def flag(text: str) -> bool | None:
    """Yes or no in any language; None for what is neither."""
    known = {"1": True, "0": False, "y": True, "n": False, "true": True, "false": False}
    for locale in LOCALES:
        with i18n.speaking(locale):
            known |= {plain(str(word)): meant for meant, word in FLAGS.items()}
    return known.get(plain(text))
