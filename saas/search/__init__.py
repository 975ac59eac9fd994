"""One box over everything that somebody may see: each domain gives its `Finder` in domain.py."""
