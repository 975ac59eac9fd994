"""Who came: marks of people and tallies of those without a name, which only grow; corrections that
leave both rows; three ways to be marked; closing a session by two people.
"""
