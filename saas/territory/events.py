"""What the tree announces. Senders are unit ids; a reaction may refuse by raising."""

from saas.kernel.events import fact

#: unit_id, old_path, new_path
unit_moved = fact("territory.unit_moved")
#: unit_id, into_id
unit_merged = fact("territory.unit_merged")
#: unit_id: about to be retired
unit_retiring = fact("territory.unit_retiring")
