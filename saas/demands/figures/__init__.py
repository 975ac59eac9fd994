"""Demands counted, and reports that put the figures together again and again."""
