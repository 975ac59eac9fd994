"""Lists from one declaration: search, filters, sort, pages, acts on many, files and JSON.

A domain declares a `Listing` and answers with `page`. Whatever a list has of its own, it writes
itself: its query, its way of reading, its rows in a template.
"""
