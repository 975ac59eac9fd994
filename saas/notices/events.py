"""Facts of the notices, in the past tense."""

from __future__ import annotations

from saas.kernel.events import fact

#: Somebody was reached about a thing: read it, was sent it, or was called. The sender is what it is
#: about (``demand:123``), ``kind`` the name of what was said.
person_reached = fact("notices.person_reached")
