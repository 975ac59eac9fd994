"""What the accounts announce."""

from saas.kernel.events import fact

#: Sent with the id of a post when it is given, taken or retired: who acts for a unit has changed.
post_changed = fact("accounts.post_changed")
