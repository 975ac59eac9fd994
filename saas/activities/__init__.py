"""Activities: what happens in rooms and elsewhere, on which dates, and who signed up for it.

A place at a session is a row of ``seats``: whoever signs up takes rows, so no count can be wrong.
Who finds too few waits in order, and is offered places that come free for a while. Tables:
activity_terms (kinds and tags of the district), activities, sessions, session_acts, seats,
signups, signup_acts. Who signed up for a course did so with its first date, which has the seats of
all.
"""
