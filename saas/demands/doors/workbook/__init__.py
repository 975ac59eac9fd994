"""Demands that come as a workbook."""
