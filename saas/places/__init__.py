"""Merchants that are shown, and walks that lead past them.

A merchant is shown as long as it agreed to be, nothing is sold and nobody ranked: they stand in the
order in which one finds them on the street. A walk is a line of stops with minutes between them,
each a room, premises, a merchant or a place with a story; it is drawn as a schematic line, without
a map, and nobody's way is ever recorded. Tables: merchant_kinds, merchants, routes, route_stops.
"""
