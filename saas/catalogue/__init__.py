"""Lists that a district keeps of its own words: ordered, labelled, taken out of use but never
deleted, since what was decided with a row keeps it.

A domain declares a `Catalogue` (the rows: how they are added, changed, ordered, retired and
brought back, each noted in the audit) and, where its pages are like all others, `CataloguePages`.
What must be true of its rows (the last one stays, a group goes after what is beneath it) it gives
as guards. A page that needs something of its own is an ordinary page, which calls the catalogue.
"""
