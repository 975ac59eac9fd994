"""A walk of ten minutes through the living product."""
