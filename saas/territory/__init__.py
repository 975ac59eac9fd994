"""The tree of units (district, street, community, compound, courtyard …) and ladders over it.

Tables: unit_kinds, units, ladders, ladder_levels. A unit's ``code`` is for ever, its name changes;
``path`` is the codes from the root down, so a prefix is a subtree. Depth and kinds are data of the
model package. Nothing that has history is deleted: units are retired or merged.
"""
