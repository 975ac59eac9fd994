"""What activities announce. Senders are the ids of sessions, or of sign-ups."""

from saas.kernel.events import fact

#: verb, state
session_moved = fact("activities.session_moved")
#: by: how much later it begins now (a `timedelta`); nothing where only the place is another
session_shifted = fact("activities.session_shifted")
#: since: who has come onto the list before this moment is reminded that it begins soon
session_near = fact("activities.session_near")
#: verb, state
signup_moved = fact("activities.signup_moved")
