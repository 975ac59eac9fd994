"""Demos of guests' own: copied from one sample, kept for some weeks, counted on the way."""
