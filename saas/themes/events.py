"""What a district's culture announces. Senders are codes of districts."""

from __future__ import annotations

from saas.kernel.events import fact

#: code of the district, pack: the `Pack` shown from now on. Names of rooms may have changed:
#: ``themes.queries.room_name(code)`` already answers for the new pack.
pack_applied = fact("themes.pack_applied")
