"""Neighbours who help."""
