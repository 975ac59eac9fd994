"""points.yaml of a package: the rules of the points with their sources, and the badges."""
