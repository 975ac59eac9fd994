"""What the tree announces and asks. Senders are unit ids; a reaction may refuse by raising."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from saas.kernel.events import fact


@dataclass(frozen=True, slots=True)
class Section:
    """What a higher floor puts on a unit's page: its own template with its own values."""

    template: str
    values: Mapping[str, Any] = field(default_factory=dict)


#: unit_id, old_path, new_path
unit_moved = fact("territory.unit_moved")
#: unit_id, into_id
unit_merged = fact("territory.unit_merged")
#: unit_id: about to be retired
unit_retiring = fact("territory.unit_retiring")
#: unit_id: what hangs on this very unit? Answer with a list of sentences, each with its count.
unit_counting = fact("territory.unit_counting")
#: unit_id, path, actor: a unit is looked at. Answer with a `Section` for its page, or None.
unit_shown = fact("territory.unit_shown")
