"""demands.yaml of a model package: what can be asked for, and on which terms."""
