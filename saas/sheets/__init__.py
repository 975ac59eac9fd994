"""Sheets: what people fill in as a workbook and send back, declared column by column."""

from saas.sheets.reading import FILE_LIMIT, Sheet, Unreadable, read_workbook
from saas.sheets.words import FILE
