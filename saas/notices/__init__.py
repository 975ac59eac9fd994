"""Telling people: an inbox that is the source of truth, and channels that carry its notices out."""
