"""Why a file cannot be read as a workbook, and what to do."""

from __future__ import annotations

from typing import Final

from saas.kernel.i18n import lazy_gettext as _l

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
        "This workbook takes too long to read. Copy the rows into a new template and send that."
    ),
    "too_many_rows": _l(
        "There are cells below row 6000. Split the list: at most 5,000 rows a file."
    ),
    "too_many_columns": _l(
        "There are cells far to the right. Keep to the columns of the template."
    ),
}
