"""Who may shape a district's culture.

No name of its own: how the district looks and what it tells of itself is one of its settings.
"""

from __future__ import annotations

EDIT = "district:settings:edit"
