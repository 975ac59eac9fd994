"""What demands announce. Senders are demand ids."""

from __future__ import annotations

from saas.kernel.events import fact

#: code, holder_id
demand_filed = fact("demands.demand_filed")
#: verb, from_unit_id, to_unit_id
demand_moved = fact("demands.demand_moved")
