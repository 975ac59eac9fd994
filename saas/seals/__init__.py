"""Seals: a craft that shows whether what may only grow was changed afterwards.

A domain declares its table as a `Book` in its ``domain.py``. Every hour the new rows of each book
are sealed: a digest of the rows, and a root over that and the seal before. Who changes, takes out
or slips in a row must make all later seals anew; then roots that were kept elsewhere do not fit.
"""
