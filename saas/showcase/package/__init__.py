"""A demo district on disk: a sample place that shows a package at work."""
