"""The media ledger: what was reported where, each item once, reprints apart, with a copy.

Nothing is fetched: an editor pastes the address, adds the copy, and says by hand whether the link
still leads anywhere. A stated total stands beside the counted one (`saas.figures`); neither is ever
an aim. Tables: outlets, coverages.
"""
