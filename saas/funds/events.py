"""What the fund announces. Senders are the ids of gifts."""

from saas.kernel.events import fact

#: A gift was given back whole, before or after the host confirmed it.
given_back = fact("funds.given_back")
