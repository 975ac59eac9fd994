"""A toolkit with which a district replicates the 1519 model of community governance."""
