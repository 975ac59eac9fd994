"""Answers that everybody may read, made of demands that came to a result."""
