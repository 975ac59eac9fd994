"""What attendance announces. Senders are the ids of marks."""

from saas.kernel.events import fact

#: session, person (None without an account), what: mark or void. Marks of an account can earn
#: something once their session is closed.
marked = fact("attendance.marked")
