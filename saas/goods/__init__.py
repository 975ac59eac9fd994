"""Gifts of goods: what was brought, where it lies, what became of it; never money, never a name.

A gift is written down with its quantity, what its giver says it is worth and by which paper, and a
receipt whose code everybody can look up. Its stock is a chain that the database keeps: it came in,
was given out, written off (asked by one, confirmed by another), counted, or voided while nothing
of it was given out; less than nothing never lies there. Worth stands beside the fund's yuan and is
added to none of them. Who gave is sealed; to whom something went is a number of people.
Tables: goods_gifts, goods_givers, goods_asked, goods_moves.
"""
