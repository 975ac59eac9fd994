"""Sheets: what people fill in as a workbook and send back, declared column by column.

A `Table` of `Column`s gives the template (`page_of`, `book_of`), reads what comes back (`receive`,
then `Row.values`), says every fault at its cell (`faults_of`, `marked_of`), holds a row against
what is there (`compared`, `changed`) and gives what is there out in the same shape, so that one
round trip changes nothing. What a domain makes of its rows it decides itself.
"""

from saas.sheets.changes import Change, changed, compared, state_of
from saas.sheets.child import marked
from saas.sheets.columns import (
    Column,
    Given,
    Table,
    Text,
    found,
    past_day,
    shaped,
    text,
    whole,
)
from saas.sheets.reading import FILE_LIMIT, Sheet, Unreadable, read_workbook, unmarked
from saas.sheets.rows import MOST_FILLED, Draft, Place, Row, headed, read_sheets, receive
from saas.sheets.views import (
    Choices,
    Faults,
    Filled,
    Planned,
    Preview,
    book_of,
    faults_of,
    guide_of,
    marked_of,
    page_of,
    preview_of,
)
from saas.sheets.words import CELL, FILE, flag, flags_in_words
