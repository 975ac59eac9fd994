"""visits.yaml of a package: how many delegations a week, who sits with them, at which table."""
