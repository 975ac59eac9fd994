"""Culture looks: what a district's pages look like, read from data in tenants/cultures/.

A look is a palette, the frames of the seals and a few drawings. `schemas` says what its files
may hold, `rules` checks contrast and drawings and writes the style sheet, `queries` reads.
"""
