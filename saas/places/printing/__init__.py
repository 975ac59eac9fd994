"""The poster of a walk as a PDF."""

from saas.places.printing.pdf import can_print, pdf_of
