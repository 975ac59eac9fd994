"""What the calendar announces. Senders are codes of districts."""

from __future__ import annotations

from saas.kernel.events import fact

#: code of the district, first_day: from this local day on working time may count differently.
#: A change of the week counts from the day on which it was made.
workdays_changed = fact("workdays.changed")
