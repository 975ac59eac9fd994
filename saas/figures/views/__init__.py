"""Figures ready for a template or a workbook: every number said, every number with its records."""
