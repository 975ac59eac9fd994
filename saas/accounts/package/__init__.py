"""accounts.yaml of a model package: the roles."""
