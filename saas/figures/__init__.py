"""A craft: counting what domains have declared to be countable, and what was stated about it.

A domain declares its facts (a table whose rows are counted) and measures over them. Every number on
a page, in a workbook or in public is counted by such a measure, and its records are found by the
very condition that counted them. A claim is a total that somebody stated; it stands beside the
counted one and never replaces it. The one table, ``claims``, is a district's.
"""
