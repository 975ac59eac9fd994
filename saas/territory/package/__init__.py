"""territory.yaml of a model package: kinds of units, ladders, departments."""
