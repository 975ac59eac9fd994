"""Points: thanks for coming and for helping, never for money. They are earned by what another wrote
down, spent on rewards of which there is a stock, given to a neighbour, and end by the lot in which
they were earned. Nobody is ranked: no list of people is ordered by them.
"""
