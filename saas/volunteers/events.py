"""What volunteers announce. Senders are the ids of services."""

from saas.kernel.events import fact

#: person (None without an account), minutes. Hours that another verified can earn something.
verified = fact("volunteers.verified")
#: Of the service that was taken back.
voided = fact("volunteers.voided")
