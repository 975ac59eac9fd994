"""Workbooks that are sent out, and cells as people fill them in.

Nothing here knows what a workbook is about. What is written is text: nothing of it becomes a
formula. What comes back is read in `saas.sheets`.
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
from saas.kernel.workbooks.writing import (
    MOST_ROWS,
    Column,
    Marked,
    Page,
    write_book,
    write_marked,
)
