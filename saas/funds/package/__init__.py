"""funds.yaml of a package: what gifts are for, and the rules of the fund with their sources."""
