"""Workbooks that are sent out to be filled in and come back: reading, writing, telling faults.

Nothing here knows what a workbook is about. What is read is text, numbers and dates; formulas and
macros are never run. What is written is text: nothing of it becomes a formula.
"""

from saas.kernel.workbooks.cells import (
    Cell,
    CellFault,
    cell_date,
    cell_text,
    column_letters,
    plain,
    tidy,
)
from saas.kernel.workbooks.reading import FILE_LIMIT, MOST_ROWS, Sheet, Unreadable, read_workbook
from saas.kernel.workbooks.words import FILE
from saas.kernel.workbooks.writing import Column, Marked, Page, write_book, write_marked
