"""rooms.yaml of a model package: support centre, platforms, function rooms."""
