"""What organisations announce. Senders are their ids."""

from saas.kernel.events import fact

#: verb, state
organisation_moved = fact("organisations.organisation_moved")
