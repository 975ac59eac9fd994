"""Posters of rooms for paper: what stands on a sheet, and the sheets as a PDF."""

from saas.rooms.printing.pdf import can_print, pdf_of, svg_of, typeset
from saas.rooms.printing.sheets import SIZES, Sheet, sheet_of
