"""Support centre, platforms and function rooms of a street office.

Tables: centres, platforms, venues, rooms. A street has one centre, any number of platforms and
rooms; a room belongs to a platform, has a keeper, opening hours, services and a seal of one
character.
Status: planned, open, paused (with a reason), retired (with a reason; kept for its history).
"""
