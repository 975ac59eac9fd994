"""Support centre, platforms and function rooms of a street office.

Tables: centres, platforms, venues, rooms. A street has one centre, any number of platforms and
rooms; a room belongs to a platform, has a keeper, opening hours, services and a seal of one
character.
Status: planned, open, paused (with a reason), retired (with a reason; kept for its history).

The district's library (centre_templates, platform_templates, room_templates) is what streets begin
with and follow, field by field: ``own`` names the fields that a street has set itself, and
`commands.follow` carries everything else to the streets. place_settings has what a street sets over
the district; bulk_changes what its last change of many rooms replaced, for a day.
"""
