"""Visits: who comes to see the place, with which letter, where they go, and what came of it.

No visit without an official letter, no guide with two groups at once, no room that others have:
the database refuses each (`models`). One stop of every visit is chosen by the guests on the day.
Tables: visit_terms (what the model says), visits, visit_acts, visit_stops, visit_guests,
visit_costs, visit_questions, visit_ratings, visit_lists (what was frozen when it was followed up).
"""
