"""Bookings: who uses a room, and when; free times, series, closures that hit, door and no-show.

Two people never have one room at one time: the database refuses it (`models.ALONE`). What is
booked stands in ``bookings``, one row a date, also of a series: a date that could not be had is a
row, too, with its cause, and is tried again at a press. Tables: booking_terms (what the model says
of a kind of room), room_rules (what a street sets over it), booking_series, bookings, booking_acts.
"""
