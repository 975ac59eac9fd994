"""What activities announce. Senders are the ids of sessions, or of sign-ups."""

from saas.kernel.events import fact

#: verb, state
session_moved = fact("activities.session_moved")
#: verb, state
signup_moved = fact("activities.signup_moved")
